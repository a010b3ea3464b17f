"""The search for the edits that mend a line: in rounds, all variants at once, alone or in pairs."""

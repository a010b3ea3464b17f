"""The report for a terminal: the run, a step explained, a kind of slip."""

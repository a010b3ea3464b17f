"""The kinds of slips, one family a file: each proposes the edits that would undo it."""

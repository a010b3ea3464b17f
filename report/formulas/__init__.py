"""LaTeX mathematics, read into a tree and written again: as LaTeX from known macros only, or as a line of Unicode."""

"""A line of LaTeX as a tree of mathematics, every node with its place in the text."""

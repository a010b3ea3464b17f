"""The canonical form as text: for a reader, for SymPy, and the same whatever the order of generators."""

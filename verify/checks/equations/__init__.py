"""Equations: by structure, by the canonical form, by cases, prime by prime, by SymPy."""

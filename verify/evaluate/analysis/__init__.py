"""Integrals, infinite sums, limits and derivatives of high order in balls, with a proved bound of every error."""

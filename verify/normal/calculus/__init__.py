"""Differentiation and integration inside the canonical form."""

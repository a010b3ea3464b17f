"""Implications and equivalences: by substitution, one rule at a time, or solved for a symbol."""

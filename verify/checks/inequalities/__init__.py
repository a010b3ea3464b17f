"""Inequalities: by signs and monotonicity, by bounds that calculus gives, by z3."""

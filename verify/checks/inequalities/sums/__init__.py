"""Inequalities between sums of symbolic length: Jensen, Cauchy and Schwarz, term by term."""

"""Exact arithmetic over independent kernels: polynomials modulo relations, quotients in lowest terms, constants."""

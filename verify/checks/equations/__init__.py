"""Equations: by structure, by the canonical form, by cases, by something else that is equal, by SymPy.

Something else that is equal: the derivatives and one value (:mod:`~verify.checks.equations.slopes`), an antiderivative
or an entry of a table of integrals (:mod:`~verify.checks.equations.antiderivatives`), hypergeometric functions in place
of polynomials (:mod:`~verify.checks.equations.degrees`), the generating functions of sequences
(:mod:`~verify.checks.equations.generating`), valuations at every prime (:mod:`~verify.checks.equations.valuations`).
"""

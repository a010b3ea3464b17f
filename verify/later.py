"""The checks that are asked only where nothing else has decided: a room apart, which most runs never import."""

from __future__ import annotations

from verify.checks.common import Check
from verify.checks.equations import (
    antiderivatives,
    cases,
    degrees,
    even_and_odd_degrees,
    generating,
    polar,
    rewriting,
    slopes,
    valuations,
    where_defined,
)
from verify.checks.implications import eliminated, thin
from verify.checks.inequalities import derivatives, majorants, mean_value, moduli, simplex, sizes, smt, tangents
from verify.checks.inequalities.sums import over_sums
from verify.checks.numbers import deep, edges, far, jumps, runs, wide

EQUATIONS: tuple[Check, ...] = (
    # by the canonical form once more: under other givens, in other variables, case by case
    where_defined.check,
    polar.check,
    cases.check,
    # by something else that is equal
    slopes.check,
    degrees.check,
    even_and_odd_degrees.check,
    generating.check,
    antiderivatives.check,
)
"""Proofs of equations that take longer, but compute no values."""

SLOW: tuple[Check, ...] = (
    *EQUATIONS,
    # inequalities by one idea, which leaves an easier one
    sizes.check,
    majorants.check,
    moduli.check,
    derivatives.check,
    mean_value.check,
    # what may take long whether it finds anything or not
    valuations.check,
    eliminated.check,
    smt.check,
    tangents.check,
    over_sums.check,
    simplex.check,
    # SymPy's own rewriting, which leaves no record to check again
    rewriting.check,
)
"""Proofs that take longer: the first that decides is the last that is asked."""

FARTHER: tuple[Check, ...] = (
    runs.elusive,
    deep.check,
    far.check,
    jumps.check,
    wide.check,
    runs.check,
    edges.check,
    thin.check,
)
"""Counterexamples where points of the usual kind have none: after all proofs have failed."""

"""Special functions in balls, one family a file; conventions are those of SymPy and the DLMF.

Everything rests on Arb (Johansson, *Computing hypergeometric functions rigorously*, 2019).
"""

from __future__ import annotations

from sympy import Expr

from verify.evaluate.special import bessel, counting, elementary, elliptic, gamma, integrals, orthogonal, zeta
from verify.evaluate.special.entry import Entry

ENTRIES: dict[type[Expr], Entry] = {
    **elementary.TABLE,
    **gamma.TABLE,
    **integrals.TABLE,
    **bessel.TABLE,
    **counting.TABLE,
    **zeta.TABLE,
    **orthogonal.TABLE,
    **elliptic.TABLE,
}

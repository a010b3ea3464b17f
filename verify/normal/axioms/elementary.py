"""Elementary functions by simpler ones."""

from __future__ import annotations

from sympy import Integer, Symbol, sin, sinc

from verify.normal.axioms.table import Axiom, Family

z = Symbol("z")

FAMILY = Family(
    axioms=[
        Axiom(sinc, (Integer(0),), Integer(1), "DLMF 4.17.1"),
        Axiom(sinc, (z,), sin(z) / z, "DLMF 3.3.43", removable=(z,)),
    ]
)

"""Elementary functions by simpler ones."""

from __future__ import annotations

from verify.normal.axioms.formula import Variable
from verify.normal.axioms.table import Axiom, Family
from verify.normal.axioms.words import ONE, ZERO, sin, sinc

z = Variable("z")

FAMILY = Family(
    axioms=[
        Axiom(sinc, (ZERO,), ONE, "DLMF 4.17.1"),
        Axiom(sinc, (z,), sin(z) / z, "DLMF 3.3.43", removable=(z,)),
    ]
)

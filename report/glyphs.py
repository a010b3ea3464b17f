"""Plain mathematics with its minus signs and Greek letters as such."""

from __future__ import annotations

import re

_GREEK = dict(
    pair.split("=")
    for pair in (
        "alpha=α beta=β gamma=γ delta=δ epsilon=ε zeta=ζ eta=η theta=θ iota=ι kappa=κ lambda=λ mu=μ nu=ν xi=ξ pi=π "
        "rho=ρ sigma=σ tau=τ upsilon=υ phi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Phi=Φ Psi=Ψ "
        "Omega=Ω"
    ).split()
)
_GREEK_NAME = re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(_GREEK)})(?![A-Za-z(])")


def typeset(text: str) -> str:
    """Plain mathematics with its minus signs and Greek letters as such."""
    return letters(minus(text))


def letters(text: str) -> str:
    """Plain mathematics with its Greek letters as such: ``lambda ≠ 0`` reads ``λ ≠ 0``, ``gamma(x)`` is a function."""
    return _GREEK_NAME.sub(lambda name: _GREEK[name[0]], text)


def minus(value: str) -> str:
    """Typographic minus signs before numbers: ``-1/2`` reads ``−1/2``."""
    return re.sub(r"(?<![\w)\]])-(?=\d)", "−", value)

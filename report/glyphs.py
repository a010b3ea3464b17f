"""Plain mathematics with its minus signs and Greek letters as such."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GREEK = dict(
    pair.split("=")
    for pair in (
        "alpha=α beta=β gamma=γ delta=δ epsilon=ε zeta=ζ eta=η theta=θ iota=ι kappa=κ lambda=λ mu=μ nu=ν xi=ξ pi=π "
        "rho=ρ sigma=σ tau=τ upsilon=υ phi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Phi=Φ Psi=Ψ "
        "Omega=Ω"
    ).split()
)
# One letter with what is lowered beside it (V_c, but not a_long_name), and whatever is raised: ℝ^(n×d), x^2.
_SCRIPT = re.compile(
    r"\^(?:\((?P<up>[^()]*)\)|(?P<raised>-?\w+))|"
    r"(?<![^\Wᵀ])(?<![\u0300-\u036f])(?P<base>[^\W\d_][\u0300-\u036f\u20d7]?)_(?:\{(?P<low>[^{}]*)\}|(?P<lowered>[^\W_ᵀ]++))(?!_)"
)
_GREEK_NAME = re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(_GREEK)})(?![A-Za-z(])")


def letters(text: str) -> str:
    """Plain mathematics with its Greek letters as such: ``lambda ≠ 0`` reads ``λ ≠ 0``, ``gamma(x)`` is a function."""
    return _GREEK_NAME.sub(lambda name: _GREEK[name[0]], text)


def minus(value: str) -> str:
    """Typographic minus signs: ``-1/2`` reads ``−1/2``, ``1 - 2i`` reads ``1 − 2i``."""
    return re.sub(r"(?<![\w)\]])-(?=\d)|(?<= )-(?= )", "−", value)


def value(text: str) -> str:
    """A value as one would write it: ``-3*pi/4`` is ``−3π/4``, ``2*sqrt(2)`` is ``2√2``, ``E - I`` is ``e − i``."""
    written = re.sub(r"\b[EI]\b", lambda name: name[0].lower(), letters(minus(text)).replace("+ −", "− "))
    written = re.sub(r"(?<=\d)\*(?=[A-Za-zΑ-ω√(])", "", re.sub(r"sqrt\((\d+|[^\W\d_])\)", r"√\1", written))
    return re.sub(r"(?<!\*)\*(?!\*)", "·", written).replace("·√", "√").replace("**", "^")


def condition(text: str) -> str:
    """A condition as one would write it: ``1 - x**2 > 0`` is ``1 − x^2 > 0``."""
    return re.sub(r"(?<!\*)\*(?!\*)", "·", letters(minus(text)).replace("**", "^"))


def scripts(text: str) -> Iterator[tuple[str, str]]:
    """Plain mathematics in parts, each with its place: ``""`` on the line, ``"sup"`` above it, ``"sub"`` beneath.

    ``V_c ∈ ℝ^d`` is V, c beneath, ∈ ℝ, d above. A name with an underscore (``my_name``) is left as it is.
    """
    at = 0
    for found in _SCRIPT.finditer(text):
        base = found["base"] or ""
        yield "", text[at : found.start()] + base
        yield ("sub", found["low"] or found["lowered"]) if base else ("sup", found["up"] or found["raised"] or "")
        at = found.end()
    yield "", text[at:]

"""Mathematics as one line of text, and as LaTeX where an author gave none; the givens as sentences."""

from __future__ import annotations

from verify.show.given import givens, typeset_givens
from verify.show.plain import show
from verify.show.typeset import Latex, latex

__all__ = ["Latex", "givens", "latex", "show", "typeset_givens"]

"""From what the author writes to what the checks read: shapes are checked, vectors become generic components.

Two vectors are equal when their generic components are, so ``lower`` turns a vector into one scalar expression with
free indices. On the way every bound index gets a name of its own (a bound ``w`` beside a free ``w`` would otherwise be
captured) and carries its range with it.
"""

from __future__ import annotations

from verify.lower import vectors  # noqa: F401  # says what their nodes become
from verify.lower.claims import claim, lower_content
from verify.lower.definitions import unfold
from verify.lower.expressions import lower
from verify.lower.names import components

__all__ = ["claim", "components", "lower", "lower_content", "unfold"]

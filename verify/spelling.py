"""Names that look like one that nothing has."""

from __future__ import annotations

from collections.abc import Iterable

NEAR = 5
"""So many names are suggested."""


def near(name: str, names: Iterable[str], *, cutoff: float = 0.4) -> list[str]:
    """The names that look like one; of a derivation and its steps, ``ID`` and ``ID:TAG``, the derivation only."""
    from difflib import get_close_matches

    by_lower = {found.lower(): found for found in names}
    alike = [by_lower[found] for found in get_close_matches(name.lower(), by_lower, n=4 * NEAR, cutoff=cutoff)]
    chosen = [found for found in alike if found.partition(":")[0] == found or found.partition(":")[0] not in alike]
    return chosen[:NEAR]

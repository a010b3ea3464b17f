"""The option ``-k``: which derivations are meant by parts of names, and by globs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase

from verify.commands.options import UsageError
from verify.model import Derivation
from verify.spelling import near


def select(derivations: Sequence[Derivation], patterns: Sequence[str]) -> set[str]:
    """The ids of the selected derivations: a step selects its whole chain, which its story needs.

    Raises:
        UsageError: a pattern matches nothing.
    """
    if not patterns:
        return {derivation.id for derivation in derivations}
    steps = {d.id: [f"{d.id}:{step.tag}" for step in d.steps] for d in derivations}
    names = [*steps, *(name for named in steps.values() for name in named)]
    matchers = [_matcher(pattern, names) for pattern in patterns]
    return {id for id, named in steps.items() if any(matches(name) for matches in matchers for name in (id, *named))}


def _matcher(pattern: str, names: Iterable[str]) -> Callable[[str], bool]:
    lower = {name.lower(): name for name in names}
    wanted = pattern.lower()
    if any(character in wanted for character in "*?["):
        matching = {name for name in lower if fnmatchcase(name, wanted)}
    elif ":" in wanted and wanted in lower:  # ID:6.1 is not ID:6.10
        matching = {wanted}
    else:
        matching = {name for name in lower if wanted in name}
    if not matching:
        alike = near(wanted, lower.values())
        hint = f"near it: {', '.join(alike)}" if alike else "--list shows the ids"
        raise UsageError(f"-k {pattern!r} matches no derivation and no step; {hint}")
    return lambda name: name.lower() in matching

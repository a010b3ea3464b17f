"""Names for the places in a document, to which its parts refer."""

from __future__ import annotations

import re

from verify.model import DerivationResult, StepResult


def place(derivation: DerivationResult, step: StepResult | None = None) -> str:
    """The name of the place of a derivation, or of one of its steps; two never share one."""
    return _anchor("step", derivation.id, step.tag) if step else _anchor("at", derivation.id)


def _anchor(*names: str) -> str:
    """A name of ASCII letters, from ids and tags of any spelling."""
    return "-".join(re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}", name) for name in names)

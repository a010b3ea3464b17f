"""The steps of a small derivation, judged: for tests of the ladder and the chain."""

from __future__ import annotations

from verify import engine
from verify.config import Settings
from verify.model import Derivation, StepResult
from verify.notation import derivation


def judge(*steps: object, **more: object) -> tuple[StepResult, ...]:
    """What is found of each step; ``more`` as :func:`verify.notation.derivation` takes it."""
    made = derivation("test", "A test", steps=steps, **more)  # type: ignore[arg-type]  # test input
    assert isinstance(made, Derivation)
    return engine.judge(made, Settings()).steps

"""z3 on polynomial arithmetic with case distinctions: claims over real numbers with + − · / max, |·|, relu.

The negation of the claim is handed over together with the givens and "every denominator is nonzero"; if nothing
satisfies it the claim is proved (de Moura & Bjørner 2008; nonlinear arithmetic by Jovanović & de Moura 2012). A model
becomes a witness only after it has been evaluated exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from sympy import Symbol

from verify.checks.common import doubtful, space_of
from verify.checks.evidence.witness import certified, describe
from verify.checks.inequalities.arithmetic import NotArithmetic, Translation, scalar
from verify.config import Settings
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.points import Point, Value
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import AtPoint
from verify.model import Claim, Doubt, Evidence, Verdict, Witness
from verify.terms import Proposition, Rel


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED, REFUTED with a certified witness, VACUOUS, or nothing."""
    space = space_of(claim)
    if not scalar(space):
        return None
    try:
        translation = Translation()
        premises = [translation.proposition(c) for c in (*claim.givens.constraints, *claim.premises)]
        given = [*premises, *translation.domains(space.scalars, space.integers)]
        assumed = len(translation.nonzero)
        goal = translation.claim(claim)
    except NotArithmetic:
        return None
    if translation.solve(given, assumed) == "unsat":
        return Evidence("z3", Verdict.VACUOUS, "the assumptions contradict each other")
    if len(translation.nonzero) > assumed and translation.solve(given) == "unsat":
        return doubtful("z3", Doubt.NO_POINT)
    answer = translation.solve([*given, translation.z3.Not(goal)])
    if answer == "unsat":
        return Evidence("z3", Verdict.PROVED, "nothing within the givens satisfies the negation")
    if answer == "unknown":
        return None
    return _from_model(claim, space, answer)


def contradictory(claim: Claim, premise: Proposition) -> bool:
    """Whether the assumptions, with a further premise, are known to admit no point."""
    space = space_of(claim)
    if space.arrays or space.indices or not space.real:
        return False
    try:
        translation = Translation()
        premises = [translation.proposition(c) for c in (*claim.givens.constraints, *claim.premises, premise)]
        given = [*premises, *translation.domains(space.scalars, space.integers)]
    except NotArithmetic:
        return False
    return bool(translation.solve(given) == "unsat")


def expressible(relations: Iterable[Rel]) -> tuple[Rel, ...]:
    """Those of the relations that z3's real arithmetic has words for."""
    found = []
    for rel in relations:
        try:
            Translation().proposition(rel)
        except NotArithmetic:
            continue
        found.append(rel)
    return tuple(found)


def _from_model(claim: Claim, space: Space, model: Any) -> Evidence | None:
    scalars: dict[Symbol, Value] = {}
    integers: dict[Symbol, int] = {}
    for symbol in (*space.scalars, *space.integers):
        value = model.get(symbol, Fraction(0))
        if value is None:
            return doubtful("z3", Doubt.IRRATIONAL)
        if symbol.is_integer:
            integers[symbol] = int(value)
        else:
            scalars[symbol] = value
    point = Point(integers, scalars)
    judge = AtPoint(point, True)
    try:
        if any(judge.holds(c) is not True for c in claim.givens.constraints):
            return None
        sides = certified(claim, judge)
    except (Undefined, Unsupported):
        return None
    if sides is None:
        return None
    return Evidence("z3", Verdict.REFUTED, "a model of the negation", witness=Witness(describe(point, space), *sides))

"""A refuted equation: the edit that mends it, the label that fits it, or the plain word that no slip explains it."""

from __future__ import annotations

from dataclasses import replace

from sympy import Derivative, Expr, Function, Integral, Limit, Product, Sum

from verify import normal, show
from verify.diagnose import labels, relations
from verify.diagnose.context import Case
from verify.diagnose.mended import mended
from verify.diagnose.search.raised import surface
from verify.diagnose.search.repair import Repair, cheaper
from verify.diagnose.search.single import Search
from verify.diagnose.search.tree import size
from verify.diagnose.search.values import FAILS
from verify.diagnose.telling import told
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import latex, quoted
from verify.model import Diagnosis, Relation, Verdict
from verify.shapes import shape
from verify.terms import Each, Grad, Index, free

LONGEST = 60  # of a computed left side
LIKELIER = 3.0  # what two slips cost that are likelier than an equation for an inequality
USUAL = 2.6  # … if they leave nothing but the left side
EMPTY = ("function", "lost-function", "not-linear")
"""Kinds of which an edit says little that makes of the line the left side."""
FAR_FETCHED = 3.2  # what a repair costs that explains little
PLAIN = 1.75  # what a slip costs at most that is likelier than a wrong label: one letter, one factor
COMPOUND = 2.3  # what a repair costs that may be two in one


def diagnose(case: Case) -> tuple[Diagnosis, ...]:
    """What is wrong with ``lhs = rhs``."""
    lhs, rhs = case.lhs, case.rhs
    assert isinstance(lhs, Expr) and isinstance(rhs, Expr)
    try:
        search = Search(case, lhs, rhs)
    except FAILS:
        return ()
    search.screen.renew()
    if search.single(rounds=1) is None:
        label = labels.exactly(case, search)
        if label is not None:
            slip = search.single(rounds=3)
            plain = slip is not None and slip.judgement.verdict is Verdict.PROVED and slip.cost <= PLAIN
            return told(slip, case) if slip is not None and plain else (label,)
    repair = search.primed(rounds=1) if search.single(rounds=2) is None else None
    repair = search.single() if repair is None else repair
    exchanged = isinstance(lhs, Function) and isinstance(rhs, Function) and lhs.args == rhs.args
    alike = isinstance(lhs, Function) and isinstance(rhs, type(lhs))
    likely = repair is not None and (repair.edits[0].code in EMPTY or rhs.is_number or alike)
    empty = repair is not None and likely and not repair.edits[0].places
    if repair is not None and (exchanged or (search.ranking.restated(repair.line) and empty)):
        weaker = relations.equation_as_inequality(case, search, sharp=not alike)
        if weaker is not None:
            return (weaker,)
    if repair is None:
        repair = search.throughout()
        weaker = relations.equation_as_inequality(case, search) if repair is None else None
        if weaker is not None:
            pair = search.double(deep=False)
            return told(pair, case) if pair is not None and pair.price <= LIKELIER else (weaker,)
        if repair is None and (found := labels.nearly(case, search)):
            return found
    if repair is None or repair.price > COMPOUND:
        repair = cheaper(repair, search.double(deep=repair is None or repair.price > FAR_FETCHED))
    signed = repair is not None and any(edit.code == "sign" for edit in repair.edits)  # what is negative is less anyway
    bare = repair is not None and search.ranking.restated(repair.line)
    if repair is not None and bare and len(repair.edits) > 1 and not signed and not _usual(repair):
        weaker = relations.equation_as_inequality(case, search, sharp=False)
        if weaker is not None:
            return (weaker,)
    if repair is not None:
        return told(repair, case)
    if case.alone:
        mirrored = replace(case, lhs=rhs, rhs=lhs, alone=False)
        repair = Search(mirrored, rhs, lhs).single()
        if repair is not None and repair.judgement.verdict is Verdict.PROVED:
            return told(repair, replace(mirrored, alone=True))
    if not _to_be_computed(lhs):  # a bound may be strict, or reached where nobody looks
        weaker = relations.equation_as_inequality(case, search, sharp=False)
        if weaker is not None:
            return (weaker,)
    return ()


def _to_be_computed(lhs: Expr) -> bool:
    """Whether a line says what a derivative, an integral or the like is: a bound would be no answer."""
    return lhs.has(Derivative, Grad, Integral, Sum, Product, Limit)


def _usual(repair: Repair) -> bool:
    """Whether two slips that make the line the left side are usual ones, or have only put in what does not belong."""
    less = all(edit.drops or size(edit.new) < size(edit.old) for edit in repair.edits)
    return repair.price <= (LIKELIER if less else USUAL)


def unexplained(case: Case) -> Diagnosis:
    """The plain word, beside the witness that the step has anyway; and the left side computed, where it can be."""
    words = "No single slip explains this line."
    try:
        value = _computed(case) if case.relation is Relation.EQ else None
        if value is not None and value != case.lhs:
            judgement = case.settle(case.claim(case.lhs, Relation.EQ, value))
            if judgement.verdict is Verdict.PROVED:
                words = f"{words} The left side is {quoted(value)}."
                return mended("unexplained", words, show.show(value), latex(value), judgement)
    except (*FAILS, normal.NormalError):
        return Diagnosis("unexplained", words)
    return Diagnosis("unexplained", words)


def _computed(case: Case) -> Expr | None:
    """The left side with its derivatives worked out; a vector by its generic component."""
    lhs = case.lhs
    if not isinstance(lhs, Expr) or not lhs.has(Derivative, Grad):
        return None
    core = case.claim(lhs, Relation.EQ, lhs)
    assert isinstance(core.lhs, Expr)
    value = normal.expand_derivatives(core.lhs)
    if value.has(Derivative) or size(value) > LONGEST:
        return None
    components = [s for s in core.givens.symbols if isinstance(s, Index) and s in free(value)][-len(shape(lhs)) :]
    named = surface(value, None, Vocabulary((lhs, case.rhs)).ranges) or value
    return Each(named, *components) if shape(lhs) else named

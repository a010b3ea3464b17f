"""A wrong exponent, or upside down: ``∂/∂x x³ = 3x³`` for ``3x²``; ``∂/∂x log x = x`` for ``1/x``."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Function, Mul, Number, Pow, Product, Rational, S, Sum, Symbol

from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted
from verify.terms import Dot, Frac

ANOTHER = 0.9  # what another exponent is dearer by beside pairs for each term besides one in which it differs


def overturned(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """A fraction upside down with nothing below, or in a function: of a logarithm as likely as a wrong sign."""
    node = part.node
    if isinstance(node, Frac) and (_early(part) or _hollow(node)) and not part.shape:
        yield _turned(part, node)


def _early(part: Part) -> bool:
    """Whether a fraction stands in a function, or below an exponent that is no number."""
    parent = part.parent
    return isinstance(parent, Function) or (isinstance(parent, Pow) and not parent.exp.is_number)


def _hollow(node: Frac) -> bool:
    """Whether it is divided by one, which nobody does."""
    return node.denominator == 1


def _turned(part: Part, node: Frac) -> Edit:
    cost = 0.85 if _hollow(node) else 1.35
    return Edit("reciprocal", part, Op.REPLACE, Frac(node.denominator, node.numerator), cost, say_upside_down)


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """Another exponent, or the reciprocal."""
    node = part.node
    if part.shape or isinstance(node, Number):
        return
    if isinstance(node, Frac):
        if not _early(part) and not _hollow(node):
            yield _turned(part, node)
        yield Edit("reciprocal", part, Op.REPLACE, node.numerator * node.denominator, 1.45, say_upside_down)
    elif isinstance(node, Pow):
        yield from _exponents(part, node, words)
    elif not isinstance(node, Mul):
        atom = isinstance(node, Symbol | Add | Function | Dot) or hasattr(node, "indices")
        raised = isinstance(part.parent, Pow) and part.parent.exp.is_Rational  # then that exponent is another one
        for exponent in (S(2), S(3), S.Half) if not raised else ():
            cost = 1.4 if atom and exponent == 2 else 1.6
            once_more = exponent == 2 and isinstance(part.parent, Mul) and not isinstance(node, Symbol)
            code, words_ = ("missing-factor", _once_more) if once_more else ("exponent", say)
            yield Edit(code, part, Op.REPLACE, _raised(node, exponent), cost, words_)
        for symbol in words.exponents:
            if atom and symbol not in node.free_symbols:
                yield Edit("exponent", part, Op.REPLACE, _raised(node, symbol), 1.6, say)
        for exponent, cost in _seen(node, S.One, words):
            yield Edit("exponent", part, Op.REPLACE, _raised(node, exponent), cost, say)
        cost = 1.47 if isinstance(node, Symbol) else 1.75 if isinstance(node, Sum | Product) else 1.45
        yield Edit("reciprocal", part, Op.REPLACE, _raised(node, S.NegativeOne), cost, say_upside_down)
    elif not isinstance(part.parent, Mul):
        yield Edit("reciprocal", part, Op.REPLACE, _raised(node, S.NegativeOne), 1.5, say_upside_down)
        yield Edit("exponent", part, Op.REPLACE, _raised(node, S(2)), 1.65, say)
        yield Edit("exponent", part, Op.REPLACE, _raised(node, S.Half), 1.7, say)


def squared(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """A product for its square: ``x/2`` for ``x²/4``."""
    node = part.node
    if isinstance(node, Mul) and not part.shape:
        roots = [base ** (exponent / 2) for base, exponent in (a.as_base_exp() for a in node.args)]
        plain = all(r.is_Rational or not (isinstance(r, Pow) and r.exp.is_Rational and r.exp.q == 2) for r in roots)
        if plain and all(r.is_Rational for a, r in zip(node.args, roots, strict=True) if a.is_Rational):
            yield Edit("exponent", part, Op.REPLACE, Mul(*roots), 1.4, say)


def _exponents(part: Part, node: Pow, words: Vocabulary) -> Iterator[Edit]:
    base, old = node.base, node.exp
    near = [old + 1, old - 1, -old, 2 * old, old / 2, S.One]
    if isinstance(old, Rational):
        near += [old + 2, old - 2]
        near += [sign * s + old for s in (*words.exponents, *words.wholes) for sign in (1, -1)]
    for new in dict.fromkeys(near):
        if new in (old, 0):
            continue
        if old == 2 and new == 1:
            yield Edit(
                "extra-factor", part, Op.REPLACE, base, 1.2, lambda _: f"The factor {quoted(base)} is one too many."
            )
            continue
        code = "reciprocal" if new == -old and (old in (1, -1) or abs(old) == Rational(1, 2)) else "exponent"
        cost = 1.2 + (0 if abs(new - old) == 1 else 0.1 if (new - old).is_number or new == -old else 0.25)
        cost += 0.1 if base.is_number or (new == -old and isinstance(base, Function)) else 0.0  # 2**n; cot for tan
        yield Edit(code, part, Op.REPLACE, _raised(base, new), cost, say_upside_down if code == "reciprocal" else say)
    for new, cost in _seen(base, old, words):
        if new not in near and not (isinstance(old, Symbol) and isinstance(new, Symbol)):  # that is a letter
            compound = ANOTHER * (len(Add.make_args(new - old)) - 1)
            yield Edit("exponent", part, Op.REPLACE, _raised(base, new), cost, say, compound=compound)


def _seen(base: Expr, old: Expr, words: Vocabulary) -> Iterator[tuple[Expr, float]]:
    """Powers to which the base is raised elsewhere, and those beside them: a derivative has one less."""
    for exponent in words.raised.get(base, ()):
        for new in (exponent, *((exponent + 1, exponent - 1) if not exponent.is_number else ())):
            if new not in (old, 0, 1):
                yield new, 1.4 if new == exponent else 1.5


def _raised(base: Expr, exponent: Expr) -> Deferred:
    return Deferred(
        lambda: base**exponent,
        lambda at, env, _: at.power(at.value(base, env), exponent, lambda: at.value(exponent, env)),
    )


def say(edit: Edit) -> str:
    """Which exponent is meant."""
    old, new = _exponent(edit.old), _exponent(edit.new)
    powers = isinstance(edit.old, Pow) and isinstance(edit.new, Pow)
    if powers and isinstance(old, Rational) and isinstance(new, Rational):
        return f"The exponent of {quoted(edit.old.base)} is {new}, not {old}."
    return f"The power is wrong: {quoted(edit.new)}, not {quoted(edit.old)}."


def _once_more(edit: Edit) -> str:
    return f"The factor {quoted(edit.old)} is one too few: {quoted(edit.new)}."


def _exponent(e: Expr) -> Expr:
    return e.exp if isinstance(e, Pow) else S.One


def say_upside_down(edit: Edit) -> str:
    """Which way up it is meant."""
    return f"This is upside down: {quoted(edit.new)}, not {quoted(edit.old)}."

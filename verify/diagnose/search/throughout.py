"""The same slip all through a line: ``σ′`` for ``σ`` at every place, one letter for another everywhere."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator

from sympy import Derivative, Expr, Function, Subs, preorder_traversal

from verify.diagnose.kinds.alike import ALIKE
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part, parts
from verify.diagnose.search.values import FAILS
from verify.diagnose.vocabulary import Vocabulary
from verify.terms import Array, Index


def propose(line: Expr, words: Vocabulary) -> Iterator[Edit]:
    """The line with one thing changed wherever it occurs, if that is more than once."""
    whole = Part((), line, None)
    yield from primes(line)
    often = Counter(preorder_traversal(line))
    for old in words.symbols:
        if often[old] > 1 and not isinstance(old, Array):
            for new in words.symbols:
                alike = isinstance(new, Index) == isinstance(old, Index) and new.is_integer == old.is_integer
                if new is not old and alike and not isinstance(new, Array) and (new.is_positive == old.is_positive):
                    code, what = ("index", "index") if isinstance(old, Index) else ("variable", "letter")
                    words_ = f"The {what} is {new} throughout, not {old}."
                    with contextlib.suppress(*FAILS):  # a letter that is replaced already: (k − m at k = m)
                        everywhere = line.xreplace({old: new})
                        yield Edit(code, whole, Op.REPLACE, everywhere, 1.55, lambda _, w=words_: w)  # type: ignore[misc]
    for f in words.functions:
        places = [node for node in preorder_traversal(line) if type(node) is f]
        if len(places) > 1:
            for g in dict.fromkeys(g for alike in ALIKE if f in alike for g in alike):
                if g is not f:
                    words_ = f"The function is {g.__name__} throughout, not {f.__name__}."
                    new = line.replace(f, g)
                    yield Edit("function", whole, Op.REPLACE, new, 1.5, lambda _, w=words_: w)  # type: ignore[misc]


def primes(line: Expr) -> Iterator[Edit]:
    """Every derivative of a function at a point replaced by the function itself."""
    places = {
        node: node.expr.expr.xreplace(dict(zip(node.variables, node.point, strict=True)))
        for node in preorder_traversal(line)
        if isinstance(node, Subs) and isinstance(node.expr, Derivative) and isinstance(node.expr.expr, Function)
    }
    if len(places) > 1:
        name = "σ" if "sigmoid" in str(next(iter(places))) else "the function"
        words = (
            f"The derivative stands where {name} itself is meant, at {len(places)} places: {name} without the prime."
        )
        where = tuple((part.path, places[part.node]) for part in parts(line) if part.node in places)
        yield Edit("function", Part((), line, None), Op.REPLACE, line.xreplace(places), 1.4, lambda _: words, where)

"""An expression laid over the LaTeX it is printed in: which part stands where.

Both trees are walked together. Factors and terms come in any order, signs and numbers may be distributed otherwise,
and what the author only names (``\\hat y_o``, ``P(k|c)``) stands for whatever is left over. All ways in which the two
fit are followed; what they do not agree upon is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from sympy import Add, Expr, Mul, Rational, S, Sum, UnevaluatedExpr

from verify.diagnose.latex.heads import Alignment, Heads
from verify.diagnose.latex.node import Node, Sign, Unread
from verify.diagnose.latex.tree import parse
from verify.diagnose.search import apart
from verify.diagnose.search.apart import Path
from verify.occurs import names_in

MOST = 24  # alignments that are compared
EFFORT = 4000  # pairs that are looked at


class _TooMuch(Exception):
    """The search is given up."""


@lru_cache(maxsize=256)
def parsed(latex: str, line: Expr) -> Node | None:
    """The LaTeX of a line as a tree, if it is understood: the last side of a chain of relations."""
    try:
        root = parse(latex, names_in((line,)))
    except (Unread, RecursionError):
        return None
    return root.children[-1] if root.kind == "relation" else root


@lru_cache(maxsize=256)
def alignments(latex: str, line: Expr) -> tuple[Alignment, ...]:
    """The ways in which a line fits its LaTeX; none where the LaTeX is not understood or says something else."""
    root = parsed(latex, line)
    if root is None:
        return ()
    try:
        found = list(islice(_Aligner(latex, line, root).all(), MOST))
    except (_TooMuch, RecursionError):
        return ()
    least = min((alignment.bent for alignment in found), default=0)
    return tuple(alignment for alignment in found if alignment.bent == least)


class _Aligner(Heads):
    """Walks both trees; every method yields the alignments that go on from a given one."""

    def __init__(self, latex: str, line: Expr, root: Node) -> None:
        super().__init__(latex, line, root)
        self.line = line
        self.root = root
        self.effort = 0

    def all(self) -> Iterator[Alignment]:
        yield from self.match(self.line, (), self.root, Alignment())

    # -- one part ------------------------------------------------------------------------------------------------

    def match(self, e: Expr, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        self.effort += 1
        if self.effort > EFFORT:
            raise _TooMuch
        if isinstance(e, UnevaluatedExpr):
            for found in self.match(e.args[0], (*path, 0), node, known):
                yield found.at(path, node.span)
            return
        if node.kind == "group" and len(node.children) == 1 and not node.subs:
            for found in self.match(e, path, node.children[0], known):
                yield found.at(path, node.span)
            return
        if isinstance(e, Add):
            matches = self.sum(e, path, node, known)
        else:
            matches = self.product(
                [*apart.factors(e, path)], apart.number(e, path), node, Sign(1, node.start, node.start), known
            )
        for found in matches:
            yield found.at(path, node.span)

    def sum(self, e: Add, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        terms = list(apart.terms(e, path))
        unsigned = apart.Term(Sign(1, node.start, node.start), node)
        lengths = set()
        for distributed in (False, True):
            written = list(apart.written_terms(node, unsigned, distributed))
            if len(written) in lengths:
                continue
            lengths.add(len(written))
            if len(written) != len(terms):
                written = [term for term in written if not apart.nothing(term.node)]
                terms = [(at, term) for at, term in terms if not (isinstance(term, Sum) and term.function.is_zero)]
            if len(written) == 1 and self.unknown(written[0].node):
                yield from self.stands_for(e, path, written[0].node, known)
            if len(written) == len(terms):
                yield from self.terms(terms, written, known)

    def terms(
        self, terms: Sequence[tuple[Path, Expr]], written: Sequence[apart.Term], known: Alignment
    ) -> Iterator[Alignment]:
        if not terms:
            yield known
            return
        (path, term), *others = terms
        for i, (sign, node, scale) in enumerate(written):
            number = apart.number(term, path)
            for found in self.product([*apart.factors(term, path)], number, node, sign, known, scale):
                start = sign.start if sign.end > sign.start and sign.value < 0 else node.start
                rest = [*written[:i], *written[i + 1 :]]
                yield from self.terms(others, rest, found.at(path, (start, node.end)))

    # -- products ------------------------------------------------------------------------------------------------

    def product(
        self,
        factors: Sequence[apart.Factor],
        number: tuple[Path | None, Rational],
        node: Node,
        sign: Sign,
        known: Alignment,
        scale: Rational = S.One,
    ) -> Iterator[Alignment]:
        pieces: list[apart.Piece] = []
        value, numbers = apart.pieces(node, False, pieces)
        value *= sign.value * scale
        place, wanted = number
        free = [piece for piece in pieces if self.unknown(piece.node)]
        fits = value == wanted
        if fits or (len(free) == 1 and abs(value) == 1):  # J may be −log
            known = known if fits else replace(known, bent=known.bent + 1)
            if place is not None and len(numbers) == 1 and Rational(numbers[0].name) == wanted:
                known = known.at(place, numbers[0].span)
            fixed = [piece for piece in pieces if piece not in free]
            rest = S.One if fits else wanted / value
            for written in (fixed, apart.rooted(fixed)):
                for found, left in self.factors(factors, written, known) if written is not None else ():
                    yield from self.named(left, free, rest, found)

    def factors(
        self, factors: Sequence[apart.Factor], pieces: Sequence[apart.Piece], known: Alignment
    ) -> Iterator[tuple[Alignment, list[apart.Factor]]]:
        """Every piece is some factor; the factors that are left over."""
        if not pieces:
            yield known, list(factors)
            return
        piece, *others = pieces
        seen = set()
        for i, factor in enumerate(factors):
            if factor in seen:
                continue
            seen.add(factor)
            rest = [*factors[:i], *factors[i + 1 :]]
            for found in self.factor(factor, piece, known):
                yield from self.factors(rest, others, found)

    def factor(self, factor: apart.Factor, piece: apart.Piece, known: Alignment) -> Iterator[Alignment]:
        if factor.below == piece.below:
            for found in self.single(factor.whole, factor.path, piece.node, known):
                yield found.at(factor.path, piece.node.span)
        if factor.base is not None and factor.below != piece.below:
            power = -factor.whole.exp
            if power is S.One:
                for found in self.match(factor.base, (*factor.path, 0), piece.node, known):
                    yield found.at((*factor.path, 0), piece.node.span)
            elif piece.node.kind == "power":
                yield from self.power(factor.base, power, factor.path, piece.node, known)

    def named(
        self, left: Sequence[apart.Factor], names: Sequence[apart.Piece], number: Expr, known: Alignment
    ) -> Iterator[Alignment]:
        """What is left over is what the names stand for."""
        if not names:
            if not left and number is S.One:
                yield known
        elif len(names) == 1:
            if left or number is not S.One:
                whole = number * Mul(*(1 / f.whole if f.below != names[0].below else f.whole for f in left))
                path = left[0].path if len(left) == 1 and number is S.One else None
                yield from self.stands_for(whole, path, names[0].node, known)
        elif len(names) == len(left):
            first, *others = names
            for i, factor in enumerate(left):
                if factor.below == first.below:
                    for found in self.stands_for(factor.whole, factor.path, first.node, known):
                        yield from self.named([*left[:i], *left[i + 1 :]], others, number, found)

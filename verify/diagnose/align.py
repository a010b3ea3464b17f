"""An expression laid over the LaTeX it is printed in: which part stands where.

Both trees are walked together. Factors and terms come in any order, signs and numbers may be distributed otherwise,
and what the author only names (``\\hat y_o``, ``P(k|c)``) stands for whatever is left over. All ways in which the two
fit are followed; what they do not agree upon is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias

from sympy import (
    Abs,
    Add,
    Derivative,
    Expr,
    Function,
    Indexed,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Pow,
    Product,
    Rational,
    S,
    Subs,
    Sum,
    Symbol,
    UnevaluatedExpr,
    acos,
    asin,
    atan,
    binomial,
    exp,
    factorial,
    gamma,
    log,
    pi,
)  # fmt: skip

from verify.diagnose import apart
from verify.diagnose.apart import Path
from verify.diagnose.latex_node import Node, Sign, Unread, walk
from verify.diagnose.latex_tree import FUNCTIONS, parse, plain
from verify.occurs import names_in
from verify.terms import (
    FREE,
    Array,
    Component,
    Dot,
    Grad,
    Opaque,
    Slice,
    Softmax,
    relu,
    sigmoid,
    softplus,
)

Span: TypeAlias = tuple[int, int]
MOST = 24  # alignments that are compared
EFFORT = 4000  # pairs that are looked at
_FUNCTIONS: dict[str, tuple[Any, ...]] = {
    "sigma": (sigmoid,), "sigmoid": (sigmoid,), "softmax": (Softmax,), "relu": (relu,), "ReLU": (relu,),
    "softplus": (softplus,), "ln": (log,), "log": (log,), "exp": (exp,), "max": (Max, relu), "min": (Min,),
    "arcsin": (asin,), "arccos": (acos,), "arctan": (atan,), "delta": (KroneckerDelta,),
    "abs": (Abs,), "binom": (binomial,), "factorial": (factorial,), "Gamma": (gamma,),
}  # fmt: skip


@dataclass(frozen=True)
class Alignment:
    """``spans`` say where the part at a path stands; ``names`` what symbol a name of the LaTeX is.

    ``meant`` are the names that stand for something larger, with it and with where they stand.
    """

    spans: Mapping[Path, Span] = field(default_factory=dict)
    names: Mapping[str, Any] = field(default_factory=dict)
    meant: Mapping[str, tuple[Expr, Span]] = field(default_factory=dict)
    bent: int = 0  # how often a name had to take a sign with it

    def at(self, path: Path, span: Span) -> Alignment:
        """With one part more."""
        return replace(self, spans={**self.spans, path: span})


class _TooMuch(Exception):
    """The search is given up."""


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


class _Aligner:
    """Walks both trees; every method yields the alignments that go on from a given one."""

    def __init__(self, latex: str, line: Expr, root: Node) -> None:
        self.latex = latex
        self.line = line
        self.root = root
        self.variables = names_in((line,))
        self.written = {node.name for node in walk(root) if node.kind == "name"}
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

    # -- names ---------------------------------------------------------------------------------------------------

    def unknown(self, node: Node) -> bool:
        """Whether it is a name that is no variable of the line and no function that is known."""
        if node.kind not in ("name", "call"):
            return False
        if node.kind == "call" and (node.name in _FUNCTIONS or node.name in FUNCTIONS):
            return False
        head = node.name.partition("_")[0]
        if node.kind == "name" and node.name in ("e", "pi", "i", "infty") and node.name not in self.variables:
            return False
        return not {node.name, head} & self.variables

    def stands_for(self, e: Expr, path: Path | None, node: Node, known: Alignment) -> Iterator[Alignment]:
        """A name means one thing throughout; a bare letter may be that of an index or a symbol."""
        if isinstance(e, Symbol) and not (isinstance(e, Array) and e.axes):
            if node.kind == "name" and not node.subs and (found := self.bind(node.name, e, known)):
                yield found if path is None else found.at(path, node.span)
            return
        text = plain(self.latex[node.start : node.end])
        if text in known.meant and known.meant[text][0] != e:
            return
        found = replace(known, meant={**known.meant, text: (e, node.span)})
        yield found if path is None else found.at(path, node.span)

    def bind(self, name: str, symbol: Any, known: Alignment) -> Alignment | None:
        """The name for the symbol, if it is its own or both are free."""
        if name in known.names:
            return known if known.names[name] == symbol else None
        if symbol in known.names.values():
            return None
        own = plain(symbol.name)
        if name != own and (name in self.variables or own in self.written):
            return None
        return replace(known, names={**known.names, name: symbol})

    # -- everything that is no sum or product --------------------------------------------------------------------

    def single(self, e: Expr, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        """One factor against one piece."""
        if node.kind == "group" and len(node.children) == 1 and not node.subs:
            yield from self.match(e, path, node.children[0], known)
        elif isinstance(e, UnevaluatedExpr | Add):
            yield from self.match(e, path, node, known)
        elif isinstance(e, Symbol) and not (isinstance(e, Array) and e.axes and node.subs and node.name != e.name):
            if node.kind == "name" and not node.primes and (found := self.bind(node.name, e, known)):
                yield found
        elif isinstance(e, Slice | Indexed | Component):
            yield from self.entry(e, path, node, known)
        elif isinstance(e, Dot):
            yield from self.dot(e, path, node, known)
        elif isinstance(e, exp):
            if node.kind == "power" and node.children[0].kind == "name" and node.children[0].name == "e":
                yield from self.match(e.args[0], (*path, 0), node.children[1], known)
            elif node.kind == "call" and node.name == "exp" and len(node.children) == 1:
                yield from self.match(e.args[0], (*path, 0), node.children[0], known)
        elif isinstance(e, Pow):
            if node.kind == "power":
                yield from self.power(e.base, e.exp, path, node, known)
            elif node.kind == "root":
                degree = node.children[1].name if len(node.children) > 1 else "2"
                if degree.isdigit() and int(degree) and e.exp == Rational(1, int(degree)):
                    yield from self.match(e.base, (*path, 0), node.children[0], known)
        elif isinstance(e, Sum | Product):
            yield from self.series(e, path, node, known)
        elif isinstance(e, Derivative | Grad):
            yield from self.derivative(e, path, node, known)
        elif isinstance(e, Subs):
            yield from self.prime(e, path, node, known)
        elif isinstance(e, Opaque):
            if node.kind == "call" and node.name == e.name and not node.primes:
                yield from self.together([((*path, 1 + i), a) for i, a in enumerate(e.arguments)], node.children, known)
        elif isinstance(e, KroneckerDelta):
            if node.kind == "name" and node.name.startswith("delta"):
                yield from self.together([((*path, i), a) for i, a in enumerate(e.args)], node.subs, known)
                yield from self.together([((*path, i), a) for i, a in enumerate(e.args)], node.subs[::-1], known)
        elif isinstance(e, Function | Softmax | Abs):
            yield from self.function(e, path, node, known)
        elif e is pi and node.kind == "name" and node.name == "pi":
            yield known

    def together(
        self, parts: Sequence[tuple[Path, Any]], nodes: Sequence[Node], known: Alignment
    ) -> Iterator[Alignment]:
        """One by one, in order."""
        if len(parts) != len(nodes):
            return
        if not parts:
            yield known
            return
        (path, e), *others = parts
        for found in self.match(e, path, nodes[0], known):
            yield from self.together(others, nodes[1:], found)

    def entry(self, e: Any, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        """``U_\\omega``, ``x_i``, ``p_\\theta(o|c)``, ``\\text{softmax}(x)_i``."""
        if isinstance(e, Component):
            if not node.subs:
                return
            for found in self.match(e.args[1], (*path, 1), node.subs[-1], known):
                end = self.latex.rfind("_", 0, node.subs[-1].start)
                inner = replace(node, subs=node.subs[:-1], name=node.name.rpartition("_")[0] or node.name, end=end)
                yield from self.match(e.args[0], (*path, 0), inner, found)
            return
        array = e.array if isinstance(e, Slice) else e.base.label
        indices = e.pattern if isinstance(e, Slice) else e.indices
        if node.kind == "power" and node.children[1].kind == "group":  # x^{(i)}
            node = replace(node.children[0], subs=(*node.children[0].subs, *node.children[1].children))
        shown = [((*path, 1 + i), index) for i, index in enumerate(indices) if index != FREE]
        head = node.name.partition("_")[0]
        if node.kind not in ("name", "call") or node.primes or head != plain(array.name):
            return
        yield from self.together(shown, node.children if node.kind == "call" else node.subs, known)

    def dot(self, e: Dot, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        squared = node.kind == "power" and node.children[1].name == "2" and node.children[0].name == "norm"
        if squared and e.args[0] == e.args[1]:
            yield from self.match(e.args[0], (*path, 0), node.children[0].children[0], known)
        elif node.kind == "dot":
            for left, right in ((0, 1), (1, 0)):
                parts = [((*path, left), e.args[left]), ((*path, right), e.args[right])]
                yield from self.together(parts, node.children, known)

    def power(self, base: Expr, exponent: Expr, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        """``base**exponent``, whose parts stand below ``path``."""
        below, above = node.children
        for found in self.match(base, (*path, 0), below, known):
            yield from self.match(exponent, (*path, 1), above, found)

    def series(self, e: Any, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        if node.kind != "series" or node.name != ("sum" if isinstance(e, Sum) else "prod"):
            return
        bound = [limit[0] for limit in e.limits]
        if len(node.subs) != len(bound):
            return
        names = [sub.name for sub in node.subs]
        outside = {n: s for n, s in known.names.items() if s not in bound and n not in names}
        inside = replace(known, names={**outside, **dict(zip(names, bound, strict=True))})
        for found in self.match(e.function, (*path, 0), node.children[0], inside):
            within = {n: s for n, s in found.names.items() if s not in bound and n not in names}
            hidden = {n: s for n, s in known.names.items() if n not in within}
            yield replace(found, names={**within, **hidden})

    def derivative(self, e: Any, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        variable, at = (e.args[1], (*path, 1)) if isinstance(e, Grad) else (e.variables[0], (*path, 1, 0))
        if node.kind == "derivative":
            for found in self.match(variable, at, node.subs[0], known):
                yield from self.match(e.args[0], (*path, 0), node.children[0], found)
        elif node.kind == "call" and node.primes == 1 and isinstance(e.args[0], Function) and len(node.children) == 1:
            unprimed = replace(node, primes=0)
            yield from self.function(e.args[0], (*path, 0), unprimed, known)

    def prime(self, e: Subs, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        """``\\sigma'(t)``."""
        inner = e.args[0]
        if node.kind != "call" or node.primes != 1 or len(node.children) != 1 or not isinstance(inner, Derivative):
            return
        if isinstance(inner.expr, _FUNCTIONS.get(node.name, ())) and len(e.point) == 1:
            yield from self.match(e.point[0], (*path, 2, 0), node.children[0], known)

    def function(self, e: Expr, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        if node.kind != "call" or node.primes or node.subs:
            return
        kinds = _FUNCTIONS.get(node.name, ())
        if not (isinstance(e, kinds) if kinds else type(e).__name__ == node.name):
            return
        children = list(node.children)
        if isinstance(e, relu) and node.name == "max":
            children = [child for child in children if not (child.kind == "number" and float(child.name) == 0)]
        for order in (children, children[::-1]) if isinstance(e, Max | Min) and len(children) == 2 else (children,):
            yield from self.together([((*path, i), a) for i, a in enumerate(e.args)], order, known)

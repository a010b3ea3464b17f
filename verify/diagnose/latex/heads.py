"""Names, functions, powers, sums and derivatives laid over their LaTeX: everything that is no sum or product."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
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
    Pow,
    Product,
    Rational,
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
)

from verify.diagnose.latex.node import Node, walk
from verify.diagnose.latex.tokens import FUNCTIONS, plain
from verify.diagnose.search.apart import Path
from verify.frozen import dataclass
from verify.occurs import names_in
from verify.terms import FREE, Array, Component, Dot, Grad, Opaque, Slice, Softmax, relu, sigmoid, softplus

Span: TypeAlias = tuple[int, int]
KNOWN: dict[str, tuple[Any, ...]] = {
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


class Heads(ABC):
    """Every method yields the alignments that go on from a given one."""

    def __init__(self, latex: str, line: Expr, root: Node) -> None:
        self.latex = latex
        self.variables = names_in((line,))
        self.written = {node.name for node in walk(root) if node.kind == "name"}

    @abstractmethod
    def match(self, e: Expr, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        """One part, whatever it is."""

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
        r"""``u \cdot v``, ``u^T v``, and ``\|u\|^2``."""
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
        r"""``\sum`` and ``\prod``, index by index."""
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
        """A quotient of differentials, a gradient, or a function with a prime."""
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
        if isinstance(inner.expr, KNOWN.get(node.name, ())) and len(e.point) == 1:
            yield from self.match(e.point[0], (*path, 2, 0), node.children[0], known)

    def function(self, e: Expr, path: Path, node: Node, known: Alignment) -> Iterator[Alignment]:
        """A function of a known name, or of the name that SymPy has for it."""
        if node.kind != "call" or node.primes or node.subs:
            return
        kinds = KNOWN.get(node.name, ())
        if not (isinstance(e, kinds) if kinds else type(e).__name__ == node.name):
            return
        children = list(node.children)
        if isinstance(e, relu) and node.name == "max":
            children = [child for child in children if not (child.kind == "number" and float(child.name) == 0)]
        for order in (children, children[::-1]) if isinstance(e, Max | Min) and len(children) == 2 else (children,):
            yield from self.together([((*path, i), a) for i, a in enumerate(e.args)], order, known)

    # -- names ---------------------------------------------------------------------------------------------------

    def unknown(self, node: Node) -> bool:
        """Whether it is a name that is no variable of the line and no function that is known."""
        if node.kind not in ("name", "call"):
            return False
        if node.kind == "call" and (node.name in KNOWN or node.name in FUNCTIONS):
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

"""One kernel as a reader likes to see it: ``Σ[k=1..n](…)``, ``sqrt(…)``, ``∂J(V[c], U)/∂U[w, i]``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sympy import Add, Expr, Max, Min, Symbol

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.ratio import Ratio
from verify.normal.functions.atoms import Bound
from verify.show import show
from verify.terms import free

LETTERS = "i j k l m p q r s t u v a b c".split()
SUM, PRODUCT, POWER, ATOM = range(4)  # what binds how strongly
Piece = tuple[str, int]  # text, and how strongly its outermost operation binds
Term = tuple[bool, str]  # whether it is subtracted, and its text
RANK = {"constant": 0, "imaginary": 0, "symbol": 1, "entry": 2, "sum": 5, "product": 5}


def wrapped(piece: Piece, level: int) -> str:
    """The text, in parentheses if it binds less strongly than ``level``."""
    return piece[0] if piece[1] >= level else f"({piece[0]})"


def joined(terms: Iterable[Term]) -> Piece:
    """A sum: a term that is added comes first, if there is one."""
    ordered = list(terms)
    first = next((i for i, (minus, _) in enumerate(ordered) if not minus), 0)
    ordered = [ordered[first], *ordered[:first], *ordered[first + 1 :]]
    minus, text = ordered[0]
    found = ("−" if minus else "") + text + "".join(f" {'−' if m else '+'} {t}" for m, t in ordered[1:])
    return found, SUM if len(ordered) > 1 or minus else PRODUCT


class KernelDisplay:
    """Writes kernels; bound indices are named after what occurs free in those that are given."""

    def __init__(self, field: Field, kernels: Iterable[Kernel], limit: int = 0) -> None:
        self.field = field
        self.limit = limit
        kernels = list(kernels)
        taken = {str(getattr(a, "name", a)) for k in kernels for a in k.atoms}
        taken |= {str(field.at(g).data) for k in kernels for g in k.deep if field.at(g).kind == "opaque"}
        self.letters = [letter for letter in LETTERS if letter not in taken]
        self._memo: dict[int, Piece] = {}

    def ratio(self, a: Ratio) -> Piece:
        """An argument."""
        raise NotImplementedError

    def kernel(self, kernel: Kernel) -> Piece:
        """One kernel."""
        if kernel.index not in self._memo:
            self._memo[kernel.index] = self._kernel(kernel)
        return self._memo[kernel.index]

    def _kernel(self, kernel: Kernel) -> Piece:
        match kernel.kind:
            case "symbol":
                return self.name(kernel.data), ATOM
            case "constant" | "imaginary":
                return str(kernel.data), ATOM
            case "exp" | "root" | "scaled root" | "power":
                return self.power(kernel, 1)
            case "entry":
                return f"{kernel.data}[{self._list(kernel.args)}]", ATOM
            case "sum" | "product":
                sign = "Σ" if kernel.kind == "sum" else "Π"
                return f"{sign}[{self.ranges(kernel)}]({self.ratio(kernel.args[0])[0]})", ATOM
            case "delta":
                return f"δ({', '.join(self._indices(kernel.args[0]))})", ATOM
            case "abs":
                return f"|{self.ratio(kernel.args[0])[0]}|", ATOM
            case "log":
                inner = self.ratio(kernel.args[0])[0]
                return (f"log|{inner}|" if kernel.data == "abs" else f"log({inner})"), ATOM
            case "sin" | "cos":
                return f"{kernel.kind}({self.ratio(kernel.args[0] / self.field.number(kernel.data))[0]})", ATOM
            case "alternating":
                return f"(−1)**{wrapped(self.ratio(kernel.args[0]), ATOM)}", POWER
            case "quarter turns":
                return f"I**{wrapped(self.ratio(kernel.args[0]), ATOM)}", POWER
            case "hyper":
                p, q = kernel.data
                upper, lower = self._list(kernel.args[:p]), self._list(kernel.args[p : p + q])
                return f"hyper(({upper}), ({lower}), {self._list(kernel.args[-1:])})", ATOM
            case "integral":
                variable, low, high = kernel.data
                own = self.field.table["symbol", variable]
                letter = variable.name.replace("∫", "t").strip("‹›")
                self._memo[own.index] = letter, ATOM
                return f"∫[{letter}={low}..{high}]({self.ratio(kernel.args[0])[0]})", ATOM
            case "function":
                return f"{kernel.data.__name__}({self._list(kernel.args)})", ATOM
            case "opaque":
                return f"{kernel.data}({self._list(kernel.args)})", ATOM
            case "partial":
                return self._partial(kernel), ATOM
            case "tabulate":
                return self._table(kernel), ATOM
        return f"{kernel.kind}({self._list(kernel.args)})", ATOM

    def _list(self, args: Iterable[Ratio]) -> str:
        return ", ".join(self.ratio(a)[0] for a in args)

    def _indices(self, difference: Ratio) -> list[str]:
        """The two sides of a difference that is zero."""
        scale = difference.den
        plus = self.field.context.from_dict({m: c for m, c in difference.num.terms() if c > 0})
        sides = (self.field.ratio(p, scale) for p in (plus, plus - difference.num))
        return sorted((self.ratio(side)[0] for side in sides), key=lambda text: (text.lstrip("−").isdigit(), text))

    def _partial(self, kernel: Kernel) -> str:
        """``∂J(V[c], U)/∂U[w, i]``; an argument that is not an array is named by its position."""
        name, count, shape = kernel.data
        args, rest = kernel.args[:count], kernel.args[count:]
        below = []
        for position, size in shape:
            at, rest = rest[:size], rest[size:]
            table = self.field.only(args[position])
            below.append(self._entry(table, at) if table is not None and at else f"(argument {position + 1})")
        order = f"**{len(shape)}" if len(shape) > 1 else ""
        divisor = "·".join(f"∂{item}" for item in below)
        return f"∂{order}{name}({self._list(args)})/{f'({divisor})' if order else divisor}"

    def _entry(self, table: Kernel, at: Sequence[Ratio]) -> str:
        """One entry of an array that is an argument."""
        body = self.field.only(table.args[0])
        given = dict(zip((v for v, _, _ in table.data), at, strict=True))
        if body is None or body.kind != "entry":
            return f"{self._table(table)}[{self._list(at)}]"
        own = [self.field.only(a) for a in body.args]
        filled = (a if k is None else given.get(k.data, a) for a, k in zip(body.args, own, strict=True))
        return f"{body.data}[{self._list(filled)}]"

    def _table(self, kernel: Kernel) -> str:
        """A whole array by its name, a row as ``V[c]``."""
        body = self.field.only(kernel.args[0])
        bound = [v for v, _, _ in kernel.data]
        if body is not None and body.kind == "entry":
            own = [self.field.only(a) for a in body.args]
            running = [k.data for k in own if k is not None and k.kind == "symbol" and k.data in bound]
            if running == bound:
                kept = [a for a, k in zip(body.args, own, strict=True) if k is None or k.data not in bound]
                return f"{body.data}" + (f"[{self._list(kept)}]" if kept else "")
        return f"[{self.ratio(kernel.args[0])[0]} for each {', '.join(map(self.name, bound))}]"

    def power(self, kernel: Kernel, e: int) -> Piece:
        """A power of one kernel."""
        field = self.field
        if kernel.kind == "exp":
            return f"exp({self.ratio(kernel.args[0] * field.number(e, kernel.data))[0]})", ATOM
        if kernel.kind in ("root", "scaled root"):
            base, n = kernel.args[0], int(kernel.data)
            if (e, n) == (1, 2):
                piece: Piece = (f"sqrt({self.ratio(base)[0]})", ATOM)
            else:
                piece = (f"{wrapped(self.ratio(base), ATOM)}**({self.ratio(field.number(e, n))[0]})", POWER)
            if kernel.kind == "root":
                return piece
            lift = wrapped(self.ratio(field.polynomial(base.den) ** e), POWER)
            return f"{lift}·{wrapped(piece, POWER)}", PRODUCT
        if kernel.kind == "power":
            base, exponent = kernel.args[0], kernel.args[1] * field.number(e, kernel.data)
            return f"{wrapped(self.ratio(base), ATOM)}**{wrapped(self.ratio(exponent), ATOM)}", POWER
        piece = self.kernel(kernel)
        return piece if e == 1 else (f"{wrapped(piece, ATOM)}**{e}", POWER)

    # -- bound indices -----------------------------------------------------------------------------------------

    def name(self, symbol: Symbol) -> str:
        """A symbol's name; a letter for a bound index, by how deep it is nested."""
        if not isinstance(symbol, Bound):
            return str(symbol.name)
        level = symbol.name.strip("‹›").lstrip(".")
        position = int(level) - 1
        return self.letters[position] if position < len(self.letters) else f"i_{level}"

    def ranges(self, kernel: Kernel) -> str:
        """``k=1..n, j=1..d``."""
        return ", ".join(f"{self.name(v)}={self.end(lo)}..{self.end(hi)}" for v, lo, hi in kernel.data)

    def end(self, e: Expr) -> str:
        """The end of a range."""
        if isinstance(e, Max | Min):
            return f"{type(e).__name__}({', '.join(sorted(map(self.end, e.args), key=lambda text: (len(text), text)))})"
        if isinstance(e, Symbol):
            return self.name(e)
        if isinstance(e, Add):
            ordered = sorted(e.args, key=lambda term: (term.is_Number, str(term)))
            minus = [term.could_extract_minus_sign() for term in ordered]
            return joined((m, self.end(-t if m else t)) for m, t in zip(minus, ordered, strict=True))[0]
        bound = {s: Symbol(self.name(s)) for s in free(e) if isinstance(s, Bound)}
        return show(e.xreplace(bound) if bound else e).replace("-", "−")

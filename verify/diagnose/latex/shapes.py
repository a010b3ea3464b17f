"""The shapes of a formula: fractions, derivatives, roots, series, moduli, functions."""

from __future__ import annotations

from verify.diagnose.latex.names import Names
from verify.diagnose.latex.node import Node, Unread
from verify.diagnose.latex.tokens import (
    BARS,
    DIVIDED,
    OPEN,
    STOPS,
    TIMES,
)


class Shapes(Names):
    """What is written with a shape of its own."""

    def bars(self) -> Node:
        """A modulus or a norm."""
        opening = self.take()
        inner = self.sum()
        end = self.expect(BARS[opening.text]).end
        name = "abs" if opening.text in ("|", r"\lvert") else "norm"
        return Node("call", opening.start, end, name, (inner,))

    def fraction(self) -> Node:
        r"""``\frac``, or a derivative that is written as one."""
        start = self.take().start
        if self._partial():
            return self.derivative(start)
        above, below = self.argument(), self.argument()
        return self.scripts(Node("fraction", start, self.peek(-1).end, children=(above, below)))

    def _partial(self) -> bool:
        """Whether a fraction is a derivative: ``\\frac{\\partial …}{\\partial x}`` or ``\\frac{d}{dx}``."""
        if self.peek().text != "{":
            return False
        if self.peek(1).text == r"\partial":
            return True
        return self.peek(1).text == "d" and "d" not in self.variables and self._second_is_d()

    def _second_is_d(self) -> bool:
        depth = 0
        for ahead, token in enumerate(self.tokens[self.at :]):
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if not depth:
                return self.peek(ahead + 1).text == "{" and self.peek(ahead + 2).text == "d"
        return False

    def derivative(self, start: int) -> Node:
        r"""The rest of ``\frac{\partial f}{\partial x}``, which began at ``start``."""
        self.take()
        self.take()
        body: tuple[Node, ...] = () if self.peek().text == "}" else (self.sum(),)
        self.expect("}")
        self.expect("{")
        self.take()
        variable = self.factor()
        end = self.expect("}").end
        if not body:
            if self.peek().text in OPEN:
                body = (self.brackets(),)
            elif self.peek().text and self.peek().text not in STOPS:
                body = (self.term(),)
            else:
                raise Unread("a derivative of nothing")
            end = body[0].end
        return Node("derivative", start, end, children=body, subs=(variable,))

    def root(self) -> Node:
        r"""``\sqrt``, with its degree if there is one."""
        start = self.take().start
        degree: tuple[Node, ...] = ()
        if self.peek().text == "[":
            self.take()
            degree = (self.sum(),)
            self.expect("]")
        inner = self.argument()
        return self.scripts(Node("root", start, self.peek(-1).end, children=(inner, *degree)))

    def series(self) -> Node:
        r"""``\sum`` or ``\prod`` with its index and its body."""
        token = self.take()
        index: tuple[Node, ...] = ()
        while self.peek().text in ("_", "^"):
            if self.take().text == "_":
                index = self.index()
            else:
                self.skip()
        body = self.term()
        return Node("series", token.start, body.end, token.text[1:], (body,), index)

    def index(self) -> tuple[Node, ...]:
        """The running indices: ``k`` of ``{k=1}``, ``\\omega`` of ``{\\omega\\in\\Omega}``."""
        at = self.at
        self.skip()
        end = self.at
        self.at = at
        found: list[Node] = []
        while self.at < end and not found:
            if self.peek().text in ("{", "("):
                self.take()
                continue
            found.append(self.atom())
            while self.peek().text == "," and self.at < end:
                self.take()
                found.append(self.atom())
        self.at = end
        return tuple(found)

    def function(self) -> Node:
        """``\\log x``, ``\\log(x)``, ``\\sin^2 x``."""
        token = self.take()
        power: Node | None = None
        if self.peek().text == "^":
            self.take()
            power = self.argument()
        if self.peek().text in OPEN:
            group = self.brackets()
            call = Node("call", token.start, group.end, token.text[1:], group.children)
        else:
            inner = self.factor()
            if inner.kind == "number" and self.peek().text and self.peek().text not in STOPS | TIMES | DIVIDED:
                more = self.factor()
                inner = Node("product", inner.start, more.end, children=(inner, more), below=(False, False))
            call = Node("call", token.start, inner.end, token.text[1:], (inner,))
        if power is None:
            return self.scripts(call)
        return Node("power", token.start, call.end, children=(call, power))

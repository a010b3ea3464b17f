"""A line of LaTeX as a tree of mathematics, every node with its place in the text.

It reads what people write by hand (sums, products by juxtaposition, fractions, powers, ``\\sum``, ``\\frac{\\partial}
{\\partial x}``, ``\\log x``, ``\\sigma(x)``, ``U_o^T V_c``) and gives up on everything else. Whether ``a(b)`` is a
product or an application depends on what ``a`` is, so the names of the variables are asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from verify.diagnose.latex_node import Node, Sign, Unread
from verify.diagnose.latex_tokens import (
    ACCENTS,
    BARS,
    DIVIDED,
    DOTS,
    FUNCTIONS,
    OPEN,
    PLAIN,
    RELATIONS,
    STOPS,
    TIMES,
    WORDS,
    Cursor,
    Token,
    plain,
)


def parse(text: str, variables: Collection[str]) -> Node:
    """The tree of a line; ``variables`` are the plain names that stand for quantities, not functions.

    Raises:
        Unread: something is not understood.
    """
    reader = _Reader(text, frozenset(variables))
    node = reader.relation()
    if reader.peek().text:
        raise Unread(reader.peek().text)
    return node


class _Reader(Cursor):
    """Recursive descent over the tokens."""

    # -- sums and products ---------------------------------------------------------------------------------------

    def relation(self) -> Node:
        sides = [self.sum()]
        while self.peek().text in RELATIONS:
            self.take()
            sides.append(self.sum())
        if len(sides) == 1:
            return sides[0]
        return Node("relation", sides[0].start, sides[-1].end, children=tuple(sides))

    def sum(self) -> Node:
        self.depth += 1
        if self.depth > 60:
            raise Unread("nested too deep")
        signs, terms = [self.sign()], [self.term()]
        while self.peek().text in ("+", "-", "−"):
            signs.append(self.sign())
            terms.append(self.term())
        self.depth -= 1
        if len(terms) == 1 and signs[0].start == signs[0].end:
            return terms[0]
        start = min(signs[0].start, terms[0].start)
        return Node("sum", start, terms[-1].end, children=tuple(terms), signs=tuple(signs))

    def sign(self) -> Sign:
        token = self.peek()
        if token.text not in ("+", "-", "−"):
            return Sign(1, token.start, token.start)
        self.take()
        return Sign(1 if token.text == "+" else -1, token.start, token.end)

    def term(self) -> Node:
        factors, below = [self.factor()], [False]
        while True:
            token = self.peek().text
            if token in TIMES or token in DIVIDED:
                self.take()
                factors.append(self.factor())
                below.append(token in DIVIDED)
            elif token and token not in STOPS:
                factors.append(self.factor())
                below.append(False)
            else:
                break
        merged: list[Node] = []
        lower: list[bool] = []
        for factor, divided in zip(factors, below, strict=True):
            if merged and merged[-1].transposed and not divided:
                left = merged.pop()
                merged.append(Node("dot", left.start, factor.end, children=(replace(left, transposed=False), factor)))
            else:
                merged.append(factor)
                lower.append(divided)
        if len(merged) == 1:
            return merged[0]
        return Node("product", merged[0].start, merged[-1].end, children=tuple(merged), below=tuple(lower))

    # -- factors -------------------------------------------------------------------------------------------------

    def factor(self) -> Node:
        token = self.peek()
        text = token.text
        if not text or (text in STOPS and text not in BARS):
            raise Unread(f"a factor is missing before {text!r}")
        if text[0].isdigit():
            self.take()
            return self.scripts(Node("number", token.start, token.end, text))
        if text in OPEN:
            return self.scripts(self.brackets())
        if text in BARS:
            return self.scripts(self.bars())
        if text == "{":
            self.take()
            inner = self.sum()
            end = self.expect("}").end
            return self.scripts(replace(inner, start=token.start, end=end) if inner.kind != "sum" else inner)
        if text in (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"):
            return self.fraction()
        if text == r"\sqrt":
            return self.root()
        if text in (r"\binom", r"\dbinom", r"\tbinom"):
            self.take()
            pair = (self.argument(), self.argument())
            return self.scripts(Node("call", token.start, self.peek(-1).end, "binom", pair))
        if text in (r"\sum", r"\prod"):
            return self.series()
        if text in DOTS:
            self.take()
            return Node("dots", token.start, token.end)
        if text[1:] in FUNCTIONS and text[0] == "\\":
            return self.function()
        return self.named()

    def brackets(self) -> Node:
        opening = self.take()
        inner = self.items(OPEN[opening.text])
        end = self.take().end
        return Node("group", opening.start, end, children=inner)

    def bars(self) -> Node:
        """A modulus or a norm."""
        opening = self.take()
        inner = self.sum()
        end = self.expect(BARS[opening.text]).end
        name = "abs" if opening.text in ("|", r"\lvert") else "norm"
        return Node("call", opening.start, end, name, (inner,))

    def items(self, closing: str) -> tuple[Node, ...]:
        """What is listed within brackets, up to the closing one."""
        found = [self.relation()]
        while self.peek().text in (",", "|", r"\mid", ";"):
            self.take()
            found.append(self.relation())
        if self.peek().text != closing:
            raise Unread(f"{closing} is missing")
        return tuple(found)

    def argument(self) -> Node:
        """A braced argument, or a single token."""
        if self.peek().text == "{":
            opening = self.take()
            inner = self.items("}")
            end = self.take().end
            return inner[0] if len(inner) == 1 else Node("group", opening.start, end, children=inner)
        token = self.peek()
        if token.text[:1].isdigit() and len(token.text) > 1:  # \frac12
            self.tokens[self.at : self.at + 1] = [
                Token(c, token.start + i, token.start + i + 1) for i, c in enumerate(token.text)
            ]
            token = self.peek()
        if token.text[:1].isdigit():
            self.take()
            return Node("number", token.start, token.end, token.text)
        return self.atom()

    def fraction(self) -> Node:
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
        start = self.take().start
        degree: tuple[Node, ...] = ()
        if self.peek().text == "[":
            self.take()
            degree = (self.sum(),)
            self.expect("]")
        inner = self.argument()
        return self.scripts(Node("root", start, self.peek(-1).end, children=(inner, *degree)))

    def series(self) -> Node:
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

    def atom(self) -> Node:
        """A bare name, its accents included."""
        token = self.take()
        text = token.text
        if text in WORDS:
            start = self.expect("{").end
            while self.peek().text not in ("}", ""):
                self.take()
            end = self.expect("}")
            return Node("name", token.start, end.end, self.text[start : end.start].strip())
        if text in PLAIN or text in ACCENTS:
            inner = self.argument()
            name = inner.name if text in PLAIN else f"{text[1:]}{inner.name}"
            if inner.kind != "name":
                raise Unread(text)
            return Node("name", token.start, self.peek(-1).end, name, subs=inner.subs)
        if text == r"\#" or text == "#":
            return Node("name", token.start, token.end, "#")
        if not (text.isalpha() or (text[:1] == "\\" and text[1:].isalpha())):
            raise Unread(text)
        return Node("name", token.start, token.end, text.lstrip("\\"))

    def named(self) -> Node:
        """A name with subscripts, primes and, if it is a function's, arguments."""
        node = self.atom()
        subs: tuple[Node, ...] = node.subs
        name, primes, end = node.name, 0, node.end
        while self.peek().text in ("_", "'"):
            if self.take().text == "'":
                primes += 1
                end = self.peek(-1).end
                continue
            begin = self.peek().start
            subs = (*subs, *self.subscript())
            end = self.peek(-1).end
            name = f"{name}_{plain(self.text[begin:end])}"
        node = Node("name", node.start, end, name, subs=subs, primes=primes)
        opening = self.peek()
        variable = name in self.variables or name.partition("_")[0] in self.variables
        if opening.text == "(":
            at = self.at
            group = self.brackets()
            if len(group.children) > 1 or not variable:
                return self.scripts(replace(node, kind="call", end=group.end, children=group.children))
            self.at = at
        return self.scripts(node)

    def subscript(self) -> tuple[Node, ...]:
        """Indices one by one, or nothing where it is a label."""
        at = self.at
        try:
            inner = self.argument()
        except Unread:
            self.at = at
            self.skip()
            return ()
        if inner.kind == "group":
            return inner.children
        if inner.kind == "product" and all(child.kind in ("name", "number") for child in inner.children):
            return inner.children
        return (inner,)

    def scripts(self, node: Node) -> Node:
        """Exponents, transposition, subscripts of what is in brackets."""
        raised = False
        while self.peek().text in ("^", "_", "'", "!"):
            token = self.take().text
            if token == "!":
                node = Node("call", node.start, self.peek(-1).end, "factorial", (node,))
            elif token == "'":
                node = replace(node, primes=node.primes + 1, end=self.peek(-1).end)
            elif token == "_":
                inner = self.subscript()
                node = replace(node, subs=(*node.subs, *inner), end=self.peek(-1).end)
            else:
                exponent = self.argument()
                end = self.peek(-1).end
                if raised:
                    raise Unread("two superscripts in a row")
                raised = True
                if exponent.kind == "name" and exponent.name in ("T", "top", "intercal"):
                    node = replace(node, transposed=True)  # the sign of transposition is no part of the vector
                else:
                    node = Node("power", node.start, end, children=(node, exponent))
        return node

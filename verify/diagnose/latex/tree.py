"""A line of LaTeX as a tree of mathematics, every node with its place in the text.

It reads what people write by hand (sums, products by juxtaposition, fractions, powers, ``\\sum``, ``\\frac{\\partial}
{\\partial x}``, ``\\log x``, ``\\sigma(x)``, ``U_o^T V_c``) and gives up on everything else. Whether ``a(b)`` is a
product or an application depends on what ``a`` is, so the names of the variables are asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from verify.diagnose.latex.node import Node, Sign, Unread
from verify.diagnose.latex.shapes import Shapes
from verify.diagnose.latex.tokens import (
    BARS,
    DIVIDED,
    DOTS,
    FUNCTIONS,
    OPEN,
    RELATIONS,
    STOPS,
    TIMES,
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


class _Reader(Shapes):
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

"""Names with their scripts, and whatever stands in brackets or braces."""

from __future__ import annotations

from dataclasses import replace

from verify.diagnose.latex.node import Node, Unread
from verify.diagnose.latex.tokens import (
    ACCENTS,
    OPEN,
    PLAIN,
    WORDS,
    Cursor,
    Token,
    plain,
)


class Names(Cursor):
    """The smallest parts of a formula; what is in brackets is read by the grammar that builds on this."""

    def relation(self) -> Node:
        """Sums, and what stands between them."""
        raise NotImplementedError

    def sum(self) -> Node:
        """Terms with their signs."""
        raise NotImplementedError

    def term(self) -> Node:
        """A product."""
        raise NotImplementedError

    def factor(self) -> Node:
        """What is multiplied."""
        raise NotImplementedError

    # -- names -----------------------------------------------------------------------------------------------

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

    # -- brackets and scripts ------------------------------------------------------------------------------

    def brackets(self) -> Node:
        """A bracket and what is in it."""
        opening = self.take()
        inner = self.items(OPEN[opening.text])
        end = self.take().end
        return Node("group", opening.start, end, children=inner)

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

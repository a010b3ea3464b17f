"""LaTeX mathematics read into a small tree, forgivingly: every input gives a tree *and* a list of problems.

The one-line text (:mod:`report.formulas.unicode`) is made from the tree however broken the input is; the typeset
formats (:mod:`report.formulas.emit`) use it only when there is no problem at all. Nothing is ever expanded or run.
"""

from __future__ import annotations

import re
from functools import lru_cache

from report.formulas.symbols import COMMANDS, DELIMITERS, ENVIRONMENTS, MACROS, SILENT, SIZES, SYMBOLS
from report.formulas.tree import Formula, Node, Row
from report.text import REPLACEMENT, clean

_DEPTH = 40  # no honest line nests deeper; it keeps Python's and TeX's stacks out of reach
_LENGTH = 20_000
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\\$|\s+|.", re.DOTALL)
_WRAPPERS = (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]"))
_SCRIPTS = frozenset("^_'’′")
_WORDS = re.compile(r"(?:[A-Za-z0-9 .,:;!?()\[\]/+=*<>'’-]|\\[%&#_ ]|\$[^$]*\$)*")  # what \text may hold
_STARRED = frozenset({r"\operatorname*", r"\tag*", r"\hspace*", r"\vspace*"})


@lru_cache(maxsize=1 << 10)
def parse(latex: str) -> Formula:
    """The tree of a line of LaTeX mathematics; never raises."""
    source = clean(latex)
    for opening, closing in _WRAPPERS:
        if source.startswith(opening) and source.endswith(closing) and len(source) >= len(opening) + len(closing):
            source = source[len(opening) : len(source) - len(closing)]
            break
    if len(source) > _LENGTH:
        return Formula((Node("raw", source[:_LENGTH] + "…"),), ["it is too long"])
    reader = _Reader(source)
    row = reader.row(frozenset(), 0)
    if REPLACEMENT in source:
        reader.problem("it holds control characters")
    return Formula(row, reader.problems)


class _Reader:
    """A recursive reader over tokens; problems are noted and stepped over."""

    def __init__(self, source: str) -> None:
        # A star belongs to a macro's name only where such a macro exists: ``\alpha*`` is a product.
        self.tokens: list[str] = []
        for token in _TOKEN.findall(source):
            if token.endswith("*") and len(token) > 2 and token not in _STARRED:
                self.tokens += [token[:-1], "*"]
            else:
                self.tokens.append(token)
        self.at = 0
        self.problems: list[str] = []

    def problem(self, message: str) -> None:
        if message not in self.problems:
            self.problems.append(message)

    def peek(self) -> str:
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def row(self, stops: frozenset[str], depth: int) -> Row:
        """Items up to one of ``stops`` (left in place) or the end."""
        items: list[Node] = []
        while (token := self.peek()) and token not in stops:
            if token in _SCRIPTS and depth <= _DEPTH:
                base = items.pop() if items and items[-1].kind != "space" else Node("group", parts=((),))
                items.append(self.scripts(base, depth))
            elif (item := self.item(depth)) is not None:
                items.append(item)
        return tuple(items)

    def item(self, depth: int) -> Node | None:
        token = self.take()
        if depth > _DEPTH:
            self.problem("it is nested too deeply")
            return Node("raw", token)
        if token == "{":
            return Node("group", parts=(self.until("}", depth),))
        if token.startswith("\\") and len(token) > 1:
            return self.macro(token[1:], depth)
        if token == "~":
            return Node("symbol", " ")
        if token in ("}", "&", "#", "$", "%", "\\"):
            self.problem(f"a stray {token}")
            return None if token in "}&$" else Node("raw", token)
        if token > "~" and token not in MACROS:
            self.problem(f"the character {token} is not LaTeX")
        return Node("char", token)

    def until(self, closing: str, depth: int) -> Row:
        content = self.row(frozenset({closing}), depth + 1)
        if self.take() != closing:
            self.problem(f"a {closing} is missing")
        return content

    def scripts(self, base: Node, depth: int) -> Node:
        below: Row | None = None
        above: Row | None = None
        primes = 0
        while (token := self.peek()) in _SCRIPTS:
            self.take()
            if token in "'’′":
                primes += 1
                if above is not None:
                    self.problem("a prime after a superscript")
                continue
            content = self.argument(depth)
            if token == "_":
                if below is not None:
                    self.problem("two subscripts in a row")
                below = (below or ()) + content
            else:
                if above is not None:
                    self.problem("two superscripts in a row")
                above = (above or ()) + content
        return Node("scripts", "'" * primes, ((base,), below or (), above or ()))

    def argument(self, depth: int) -> Row:
        token = self.peek()
        if token == "{":
            self.take()
            return self.until("}", depth)
        if not token or token in _SCRIPTS or token in ("}", "&", r"\\", r"\right", r"\end"):
            self.problem("an argument is missing")
            return ()
        item = self.item(depth + 1)
        return (item,) if item else ()

    def plain(self) -> str:
        """A braced argument as it is written, up to the matching brace."""
        if self.take() != "{":
            self.problem("an argument is missing")
            return ""
        start, depth = self.at, 1
        while self.at < len(self.tokens):
            depth += {"{": 1, "}": -1}.get(self.tokens[self.at], 0)
            self.at += 1
            if not depth:
                return "".join(self.tokens[start : self.at - 1])
        self.problem("a } is missing")
        return "".join(self.tokens[start:])

    def macro(self, name: str, depth: int) -> Node | None:
        if name == "left":
            return self.fence(depth)
        if name == "begin":
            return self.environment(depth)
        if name == "middle" or name in SIZES:
            return Node("size", name, right=self.delimiter())
        if name.rstrip("*") in COMMANDS:
            return self.command(name, depth)
        if name in SYMBOLS:
            return Node("symbol", name)
        if name in SILENT:
            return None
        self.problem(f"\\{name} is not typeset here")
        return Node("raw", "; " if name == "\\" else f"\\{name} ")

    def command(self, name: str, depth: int) -> Node | None:
        parts: list[Row] = []
        for kind in COMMANDS[name.rstrip("*")]:
            if kind == "t":
                words = self.plain()
                parts.append((Node("text", words),))
                if name not in SILENT and name != "textcolor" and not _WORDS.fullmatch(words):
                    self.problem(f"\\{name} holds more than plain words")
            elif kind == "m":
                parts.append(self.lines(depth) if name == "substack" else self.argument(depth))
            elif self.peek() == "[":
                self.take()
                parts.append(self.until("]", depth))
            else:
                parts.append(())
        return None if name.rstrip("*") in SILENT else Node("command", name, tuple(parts))

    def lines(self, depth: int) -> Row:
        """The argument of ``\\substack``: rows divided by ``\\\\``, kept as one environment."""
        if self.take() != "{":
            self.problem("an argument is missing")
            return ()
        rows = self.table("}", depth)
        return (Node("env", "substack", rows=rows),)

    def delimiter(self) -> str:
        token = self.take()
        if token not in DELIMITERS:
            self.problem(f"{token or 'nothing'} is no delimiter")
        return token

    def fence(self, depth: int) -> Node:
        left = self.delimiter()
        content = self.row(frozenset({r"\right"}), depth + 1)
        if self.take() != r"\right":
            self.problem(r"a \right is missing")
            return Node("fence", left, (content,), "")
        return Node("fence", left, (content,), self.delimiter())

    def environment(self, depth: int) -> Node:
        name = self.plain()
        if name not in ENVIRONMENTS:
            self.problem(f"the environment {name} is not typeset here")
        columns = self.plain() if name == "array" else ""
        if not re.fullmatch(r"[clr| ]*", columns):
            self.problem("the columns of an array are not among c, l, r")
        rows = self.table(r"\end", depth)
        if self.plain() != name:
            self.problem(f"\\begin{{{name}}} without its \\end")
        allowed = ENVIRONMENTS.get(name) or len(re.sub(r"[| ]", "", columns))
        if any(len(row) > allowed for row in rows):
            self.problem(f"too many columns in {name}")
        return Node("env", name, right=columns, rows=rows)

    def table(self, closing: str, depth: int) -> tuple[tuple[Row, ...], ...]:
        rows: list[list[Row]] = [[]]
        while True:
            rows[-1].append(self.row(frozenset({"&", r"\\", closing}), depth + 1))
            token = self.take()
            if token == r"\\":
                rows.append([])
            elif token != "&":
                if token != closing:
                    self.problem(f"a {closing} is missing")
                return tuple(tuple(row) for row in rows)

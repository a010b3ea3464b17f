"""A parsed line written out as LaTeX again, from known macros only and with every argument braced.

What comes out compiles, whatever went in: a line with any problem gives ``None`` and is shown verbatim. Two
dialects differ in a few macros (GitHub refuses ``\\operatorname``, for one), so the dialect is a parameter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from report.formulas.parse import parse
from report.formulas.symbols import BIN, MACROS, ORD, REL, SPACE, SYMBOLS, WRONG
from report.formulas.tree import Node, Row, bracketed, tall

_NEEDLESS_SPACE = re.compile(r"(\\[A-Za-z]+) (?=[_^{}(),])")
_SPACES = {"!": r"\!", "/": "", "quad": r"\quad ", "qquad": r"\qquad ", " ": r"\ ", ",": r"\,", ":": r"\:", ">": r"\:"}
_RENAMED = {
    "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "dbinom": "binom", "tbinom": "binom", "bm": "boldsymbol",
    "mathscr": "mathcal", "textrm": "text", "textnormal": "text", "mbox": "text", "textsf": "text", "texttt": "text",
}  # fmt: skip
_ROUND = frozenset("()[]")
_RELATIONAL = {"lt": "<", "gt": ">"}  # known to browsers, not to LaTeX
_BREAK_AFTER = 12  # items without an operator
_WIDE = 60  # characters of LaTeX


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a target differs: ``operatorname`` as a template; ``pipes``: whether ``|`` (which divides a Markdown
    table) may stand for itself; ``piece``: a macro put around what TeX cannot break, with the fences opened;
    ``wrong``: how the wrong part of a line is shown."""

    operatorname: str = r"\operatorname{%s}"
    operatorname_limits: str = r"\operatorname*{%s}"
    pipes: bool = True
    piece: str = ""
    wrong: str = r"\wrong{%s}"


LATEX = Dialect()
BREAKABLE = Dialect(piece=r"\fitpiece")
GITHUB = Dialect(
    r"\mathop{\mathrm{%s}}", r"\mathop{\mathrm{%s}}\limits", pipes=False, wrong=r"{\color{red}{\underline{%s}}}"
)


class _CannotTypeset(Exception):
    pass


def emit(latex: str, dialect: Dialect = LATEX) -> str | None:
    """The line in clean LaTeX for math mode, or ``None`` if it must be shown verbatim."""
    formula = parse(latex)
    if formula.problems:
        return None
    try:
        written = _Emitter(dialect).row(formula.row, top=True)
    except _CannotTypeset:
        return None
    written = _NEEDLESS_SPACE.sub(r"\1", written).strip()
    while (len(written) - len(written.rstrip("\\"))) % 2:
        written = written[:-1].rstrip()  # what is left of a space at the end
    return written or None


def problem(latex: str) -> str:
    """Why a line cannot be typeset (empty: it can), for a note beside the verbatim line."""
    if not latex.strip():
        return "it is empty"
    problems = parse(latex).problems
    if problems:
        return problems[0]
    return "" if all(emit(latex, dialect) for dialect in (LATEX, BREAKABLE, GITHUB)) else "it is not known here"


def _class(node: Node) -> str:
    if node.kind == "symbol":
        return SYMBOLS[node.name][1]
    return REL if node.name in "=<>" else BIN if node.name in "+-" else ORD


@dataclass(frozen=True, slots=True)
class _Emitter:
    dialect: Dialect

    def row(self, row: Row, top: bool = False) -> str:
        if not (top and self.dialect.piece):
            return "".join(self.node(node, at == 0) for at, node in enumerate(row))
        written, since = "", 0
        for at, node in enumerate(row):
            operator = node.kind in ("char", "symbol") and _class(node) in (BIN, REL)
            since = 0 if operator else since + 1
            written += self.piece(node, at == 0)
            if since == _BREAK_AFTER:  # so long a product has no place to break by itself
                written, since = written + r"\allowbreak ", 0
        return written

    def piece(self, node: Node, first: bool = False) -> str:
        """A top-level item: a fence is opened so that it may break; what is wide by itself is shrunk to fit."""
        if node.kind == "group":
            return self.row(node.parts[0], top=True)
        if node.kind == "scripts" and len(node.parts[0]) == 1 and node.parts[0][0].kind == "fence":
            return self.piece(node.parts[0][0]) + "{}" + self.indices(node)
        if node.kind == "fence":
            left, right = (self.delimiter(side) if side != "." else "" for side in (node.name, node.right))
            return f"{left}{self.row(node.parts[0], top=True)}{right}"
        written = self.node(node, first)
        if node.kind == "command" and node.parts[0] and node.parts[0][0].kind == "text":
            return written.replace(" ", rf" }}\allowbreak {written.partition('{')[0]}{{")  # words break between words
        wide = node.kind == "env" or (node.kind == "command" and len(node.parts) > 1) or len(written) > _WIDE
        return f"{self.dialect.piece}{{{written}}}" if wide else written

    def node(self, node: Node, first: bool = False) -> str:
        match node.kind:
            case "char":
                return self.char(node.name)
            case "symbol":
                return self.symbol(node.name)
            case "group":
                fence = bracketed(node.parts[0])  # in braces it would stand apart from a function's name
                return self.node(fence) if fence else f"{{{self.row(node.parts[0])}}}"
            case "scripts":
                return self.scripts(node)
            case "fence":
                left, right = self.delimiter(node.name), self.delimiter(node.right)
                if {node.name, node.right} <= _ROUND and not tall(node.parts[0]):
                    return f"{left}{self.row(node.parts[0])}{right}"
                return f"\\left{left}{self.row(node.parts[0])}\\right{right}"
            case "size":
                # \middle may only stand directly inside \left…\right; a plain delimiter is always right.
                delimiter = self.delimiter(node.right)
                return delimiter.replace(".", "") if node.name == "middle" else f"\\{node.name}{delimiter}"
            case "env":
                return self.environment(node)
            case "command":
                return self.command(node, first)
        raise _CannotTypeset(node.kind)

    def char(self, char: str) -> str:
        if not self.dialect.pipes and char in "|`":
            if char == "`":  # it would end the code span that holds the mathematics
                raise _CannotTypeset(char)
            return r"\vert "
        macro = MACROS.get(char, char)
        return f"{macro} " if macro.startswith("\\") and macro[-1].isalpha() else macro

    def symbol(self, name: str) -> str:
        if name in _RELATIONAL:
            return _RELATIONAL[name]
        cls = SYMBOLS[name][1]
        if cls == SPACE:
            return _SPACES.get(name, r"\;")
        if name == "|" and not self.dialect.pipes:
            return r"\Vert "
        return f"\\{name} " if name.isalpha() else f"\\{name}"

    def delimiter(self, token: str) -> str:
        if token in ("|", r"\|") and not self.dialect.pipes:
            return r"\vert " if token == "|" else r"\Vert "
        return f"{token} " if token[-1:].isalpha() else token

    def scripts(self, node: Node) -> str:
        body = self.row(node.parts[0]) or "{}"
        return body + self.indices(node)

    def indices(self, node: Node) -> str:
        _, below, above = node.parts
        high = r"\prime " * len(node.name) + self.row(above)
        return (f"_{{{self.row(below)}}}" if below else "") + (f"^{{{high}}}" if high else "")

    def environment(self, node: Node) -> str:
        rows = [" & ".join(self.row(cell) for cell in row) for row in node.rows]
        # A row that begins with [ would be read as the length of the line break before it.
        body = r" \\ ".join("{}" + row if row[:1] in ("[", "*") else row for row in rows)
        if node.name == "substack":
            return f"\\substack{{{body}}}"
        name = "aligned" if node.name == "split" else node.name  # split is for displays only
        columns = node.right if self.dialect.pipes else node.right.replace("|", "")
        if name == "array" and not columns.strip("| "):
            raise _CannotTypeset("array without columns")
        return f"\\begin{{{name}}}{f'{{{columns}}}' if name == 'array' else ''}{body}\\end{{{name}}}"

    def command(self, node: Node, first: bool = False) -> str:
        name, parts = node.name, node.parts
        if name.rstrip("*") == "operatorname":
            template = self.dialect.operatorname_limits if name.endswith("*") else self.dialect.operatorname
            return template.replace("%s", self.row(parts[0]))
        if name == "substack":
            return self.row(parts[0])
        if name == WRONG:
            return self.wrong(parts[0], first)
        if name == "textcolor":
            return f"{{{self.row(parts[1])}}}"
        if name == "not":
            if len(parts[0]) != 1 or parts[0][0].kind not in ("char", "symbol"):
                raise _CannotTypeset(name)
            return f"\\not {self.node(parts[0][0])}"
        written = _RENAMED.get(name, name)
        if written.startswith("text"):
            return self.words(written, parts[0][0].name)
        arguments = [self.row(part) for part in parts]
        if name in ("sqrt", "xrightarrow", "xleftarrow"):
            index = f"[{{{arguments[0]}}}]" if arguments[0] else ""
            return f"\\{written}{index}{{{arguments[1]}}}"
        return f"\\{written}" + "".join(f"{{{argument}}}" for argument in arguments)

    def wrong(self, row: Row, first: bool) -> str:
        """The wrong part of a line; an operator at its start keeps its spaces, unless it is a sign."""
        cls = _class(row[0]) if row and row[0].kind in ("char", "symbol") else ORD
        if cls not in (BIN, REL) or (first and (cls == BIN or len(row) > 1)):
            return self.dialect.wrong.replace("%s", self.row(row))
        if len(row) == 1:
            return f"\\math{cls}{{{self.dialect.wrong.replace('%s', self.row(row))}}}"
        return self.dialect.wrong.replace("%s", "{}" + self.row(row))

    def words(self, name: str, words: str) -> str:
        """Words of prose; mathematics among them leaves them: ``\\text{if $x$}`` becomes ``\\text{if }x``."""
        written = ""
        for at, part in enumerate(words.split("$")):
            formula = parse(part) if at % 2 else None
            if formula and formula.problems:
                raise _CannotTypeset(part)
            written += self.row(formula.row) if formula else f"\\{name}{{{part}}}" if part else ""
        return written

"""Text → Python's syntax tree, inside limits. Nothing is evaluated here, and nothing but expressions gets through.

Python's parser is used as a parser only. It can be brought down by deep nesting and long chains, so the text is
measured before it is parsed, and the tree is searched for anything that is not plain mathematics before it is read.
"""

from __future__ import annotations

import ast
import keyword
import re
import warnings
from collections.abc import Iterable

MAX_TEXT = 200_000  # characters
MAX_NODES = 50_000
MAX_NESTING = 100  # of parentheses
MAX_DEPTH = 150  # of operations, a long sum or product counting as one
MAX_DIGITS = 1_000  # of a number as written

ALLOWED = (
    ast.Expression, ast.Name, ast.Constant, ast.Tuple, ast.List, ast.Load,
    ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.BitAnd, ast.BitOr,
    ast.UnaryOp, ast.UAdd, ast.USub, ast.Invert,
    ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE,
    ast.Call, ast.keyword,
)  # fmt: skip
REFUSED = {
    ast.Attribute: "an attribute (a dot after a name)",
    ast.Subscript: "square brackets after a name",
    ast.Lambda: "lambda",
    ast.JoinedStr: "a formatted string",
    ast.NamedExpr: ":=",
    ast.BitXor: "^ (a power is written **)",
    ast.FloorDiv: "//",
    ast.Mod: "% (a remainder is written Mod(a, b))",
    ast.MatMult: "@",
    ast.BoolOp: "and, or (conditions are joined by & and |)",
    ast.Not: "not (a condition is negated by ~)",
    ast.IfExp: "if … else (cases are written Piecewise)",
    ast.Starred: "*",
}
_DIGITS = re.compile(rf"[\d_]{{{MAX_DIGITS + 1},}}")
_STAND_IN = "\N{LATIN SMALL LETTER TURNED ALPHA}"  # takes the last letter of a symbol named like a Python keyword


class ReadError(ValueError):
    """A text that cannot be read: why, and at which column (from 1; 0 where it is no particular one)."""

    def __init__(self, reason: str, column: int = 0) -> None:
        super().__init__(reason, column)
        self.reason = reason
        self.column = column

    def __str__(self) -> str:
        return f"{self.reason} (column {self.column})" if self.column else self.reason


class Source:
    """A text with its syntax tree.

    Args:
        text: what is to be read.
        names: the declared symbols; they may be named like a Python keyword (``lambda``).

    Raises:
        ReadError: the text is too long or too deep, is no expression, or holds more than mathematics.
    """

    def __init__(self, text: str, names: Iterable[str] = ()) -> None:
        _measure(text)
        self.text = re.sub(r"\s", " ", text)
        self._stand_ins = {}
        for name in names:
            if keyword.iskeyword(name):
                self._stand_ins[name[:-1] + _STAND_IN] = name
                self.text = re.sub(rf"\b{name}\b", name[:-1] + _STAND_IN, self.text)
        self._lead = len(self.text) - len(self.text.lstrip())  # Python would take it for indentation
        self._encoded = self.text.lstrip().encode()
        self.root = self._parse()
        self._search()

    def column(self, node: ast.AST) -> int:
        """Where a node begins, in characters from 1."""
        before = self._encoded[: getattr(node, "col_offset", 0)]
        return self._lead + len(before.decode(errors="ignore")) + 1

    def name(self, node: ast.Name) -> str:
        """The name as it was written."""
        return self._stand_ins.get(node.id, node.id)

    def written(self, node: ast.AST) -> str:
        """The text of a node."""
        start, end = getattr(node, "col_offset", 0), getattr(node, "end_col_offset", 0)
        return self._encoded[start:end].decode(errors="ignore")

    def _parse(self) -> ast.expr:
        code = self.text.lstrip()
        if not code:
            raise ReadError("an empty expression", 1)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)  # "2(x)" and the like are refused later
                return ast.parse(code, mode="eval").body
        except SyntaxError as error:
            column = self._lead + min(error.offset or len(code), len(code))  # 0: at the end
            raise ReadError(f"not an expression: {error.msg}{_hint(code)}", column) from None
        except (RecursionError, MemoryError):
            raise ReadError("nested too deep, or too long a chain of operations") from None
        except ValueError as error:
            raise ReadError(f"not an expression: {error}") from None

    def _search(self) -> None:
        for count, node in enumerate(ast.walk(self.root), 1):
            if count > MAX_NODES:
                raise ReadError(f"more than {MAX_NODES} parts")
            if not isinstance(node, ALLOWED):
                what = REFUSED.get(type(node), type(node).__name__)
                raise ReadError(f"{what} is not mathematics that can be read here", self._near(node))
            if isinstance(node, ast.Name) and "__" in node.id:
                raise ReadError(f"the name {node.id[:40]} is not allowed", self.column(node))

    def _near(self, node: ast.AST) -> int:
        """The column of a node, or of the one that an operator or keyword belongs to."""
        if hasattr(node, "col_offset"):
            return self.column(node)
        parent = next((p for p in ast.walk(self.root) if node in ast.iter_child_nodes(p)), None)
        return self.column(parent) if parent is not None and hasattr(parent, "col_offset") else 0


def _hint(text: str) -> str:
    """How what Python does not understand is written here."""
    hints = (
        (r"[\u00b2\u00b3\u00b9\u2070-\u2079]|\^", "a power is written **"),
        (r"(?<![\w.])\d+(?!\d*[eE][-+\d])[A-Za-z]|[\u00b7\u00d7\u2062\u22c5]", "a product is written with *"),
        (r"\|", "an absolute value is written Abs(x)"),
    )
    return next((f" ({words})" for pattern, words in hints if re.search(pattern, text)), "")


def _measure(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise ReadError(f"longer than {MAX_TEXT} characters", MAX_TEXT)
    depth = 0
    for column, character in enumerate(text, 1):
        if character in "([":
            depth += 1
            if depth > MAX_NESTING:
                raise ReadError(f"parentheses nested deeper than {MAX_NESTING}", column)
        elif character in ")]":
            depth -= 1
            if depth < 0:
                raise ReadError("a closing parenthesis too many", column)
        elif character in "#;\\{}@$?!`" and text[column - 1 : column + 1] != "!=":
            hint = " (a factorial is written factorial(n))" if character == "!" else ""
            raise ReadError(f"the character {character} has no meaning here{hint}", column)
        elif (ord(character) < 32 and not character.isspace()) or 0xD800 <= ord(character) < 0xE000:
            raise ReadError("a control character", column)
    long = _DIGITS.search(text)
    if long:
        raise ReadError(f"a number of more than {MAX_DIGITS} digits", long.start() + 1)
    runs = re.search(rf"(?:[-+~]\s*){{{MAX_NESTING + 1},}}", text)
    if runs:
        raise ReadError(f"more than {MAX_NESTING} signs in a row", runs.start() + 1)

"""A parsed line as MathML, for browsers: no script, no fonts of ours, spaced as TeX would space it.

Browsers break no line inside a ``<math>`` element. A line is therefore written as several elements in a row, divided
before the operators that stand in no bracket, and so wraps like words wherever it is too long. What cannot be typeset
gives ``None``, as in :mod:`report.formulas.emit`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

from report.formulas.emit import problem
from report.formulas.parse import parse
from report.formulas.symbols import BIG, BIN, CLOSE, OPEN, ORD, REL, SPACE, SYMBOLS, WORD, WRONG
from report.formulas.tree import Node, Row, bracketed, tall
from report.mathml.classes import (
    INNER,
    NOT_BINARY_AFTER,
    class_of,
    first_class,
    is_digit,
    is_fraction,
    is_letter,
    takes_limits,
)  # fmt: skip
from report.mathml.letters import ALPHABETS
from report.mathml.signs import Signs, delimiter, fence, mi

_LONG = 40  # signs in one pair of brackets
_THIN = '<mspace width="0.1667em"/>'
_ACCENTS = {
    "hat": "ˆ", "widehat": "ˆ", "bar": "¯", "overline": "¯", "tilde": "˜", "widetilde": "˜", "vec": "→",
    "overrightarrow": "→", "dot": "˙", "ddot": "¨", "check": "ˇ", "breve": "˘", "acute": "´", "grave": "`",
}  # fmt: skip
_WIDE = ("widehat", "overline", "widetilde", "overrightarrow")
_SIZES = {"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}
_FENCES = {
    "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"), "cases": ("{", ""), "rcases": ("", "}"),
}  # fmt: skip


def mathml(latex: str, relation: str = "", *, display: bool = True) -> str | None:
    """A line, with the relation before it, as ``<math>`` elements in a row; ``None`` if it cannot be typeset."""
    if problem(latex) or (relation and problem(relation)):
        return None
    row = (*parse(relation).row, *parse(latex).row)
    opening = '<math displaystyle="true">' if display else "<math>"
    parts = [part for part in _Writer().parts(row) if part]
    return "<wbr>".join(f"{opening}{part}</math>" for part in parts) or None


@dataclass(frozen=True, slots=True)
class _Writer(Signs):
    """Writes rows of nodes, and what they are made of."""

    def parts(self, row: Row) -> Iterator[str]:
        """The row, divided before the operators at which it may break."""
        row = tuple(_opened(row))
        written, before, depth = "", "", 0
        for at, node in enumerate(row):
            breaks = first_class(node) in (BIN, REL) and before not in NOT_BINARY_AFTER and not depth
            if written and breaks:
                yield written
                written = ""
            if node.kind == "char":
                depth = max(0, depth + {"(": 1, "[": 1, ")": -1, "]": -1}.get(node.name, 0))
            written += self.spaced(row, at, before)
            before = self.after(node, before)
        yield written

    def row(self, row: Row, before: str = "") -> str:
        """The row within something else."""
        written = ""
        for at, node in enumerate(row):
            written += self.spaced(row, at, before)
            before = self.after(node, before)
        return written

    def boxed(self, row: Row) -> str:
        """The row as exactly one element."""
        return f"<mrow>{self.row(row)}</mrow>"

    def after(self, node: Node, before: str) -> str:
        cls = class_of(node)
        if cls == SPACE:
            return before
        return OPEN if cls == BIN and before in NOT_BINARY_AFTER else cls  # a sign: what follows it is no operation

    def spaced(self, row: Row, at: int, before: str) -> str:
        """A node with the space that a function's name leaves beside it; digits in a row are one number."""
        node = row[at]
        if is_digit(node):
            if at and is_digit(row[at - 1]):
                return ""
            end = at
            while end < len(row) and is_digit(row[end]):
                end += 1
            return f"<mn>{''.join(self.letter(digit.name) for digit in row[at:end])}</mn>"
        if self.alphabet and is_letter(node):
            if at and is_letter(row[at - 1]):
                return ""
            end = at
            while end < len(row) and is_letter(row[end]):
                end += 1
            return mi("".join(self.letter(letter.name) for letter in row[at:end]), upright=True)
        if node.name == "dots" and at + 1 < len(row) and class_of(row[at + 1]) in (BIN, REL):
            node = Node("symbol", "cdots")  # as in TeX: between operators the dots are raised
        written = self.node(node, before)
        if class_of(node) == WORD and not self.tight:
            nearest = next((after for after in row[at + 1 :]), None)
            spaced = (nearest is not None and class_of(nearest) in (ORD, WORD, BIG)) or is_fraction(nearest)
            written = _THIN * (before in (ORD, CLOSE, INNER)) + written + _THIN * spaced
        return written

    def one(self, row: Row, before: str = "") -> str:
        """The row as exactly one element, which carries accents and indices."""
        if len(row) != 1 or (row[0].kind in ("command", "symbol") and row[0].name in ("pmod", "bmod")):
            return self.boxed(row)
        return f"<mn>{self.letter(row[0].name)}</mn>" if is_digit(row[0]) else self.node(row[0], before)

    def node(self, node: Node, before: str) -> str:
        match node.kind:
            case "char":
                return self.sign(node.name, class_of(node), before)
            case "symbol":
                return self.symbol(node.name, before)
            case "group":
                return self.boxed(node.parts[0])
            case "scripts":
                return self.scripts(node, before)
            case "fence":
                left, right = delimiter(node.name), delimiter(node.right)
                grows = tall(node.parts[0])
                inner = self.row(node.parts[0])
                return f"<mrow>{fence(left, 'prefix', grows)}{inner}{fence(right, 'postfix', grows)}</mrow>"
            case "size":
                size = "" if node.name == "middle" else _SIZES[node.name.rstrip("lrm") or "big"]
                exact = f' minsize="{size}" maxsize="{size}"' if size else ""
                form = {OPEN: "prefix", CLOSE: "postfix"}.get(class_of(node), "infix")
                return fence(delimiter(node.right), form, more=exact)
            case "env":
                return self.environment(node)
            case "text":
                return f"<mtext>{escape(node.name)}</mtext>"
        return self.command(node, before)

    def scripts(self, node: Node, before: str) -> str:
        (base, below, above), primes = node.parts, "′" * len(node.name)
        small = replace(self, tight=True, alphabet="")
        body = self.one(base, before)
        if primes:  # at full size: the sign itself is small and raised
            body = f'<mrow>{body}<mo lspace="0" rspace="0">{primes}</mo></mrow>'
        low = f"<mrow>{small.row(below)}</mrow>" if below else ""
        high = f"<mrow>{small.row(above)}</mrow>" if above else ""
        limits = len(base) == 1 and not primes and takes_limits(base[0])
        names = ("munder", "mover", "munderover") if limits else ("msub", "msup", "msubsup")
        if not (low or high):
            return body
        name = names[2] if low and high else names[0] if low else names[1]
        return f"<{name}>{body}{low}{high}</{name}>"

    def environment(self, node: Node) -> str:
        aligned = node.name in ("aligned", "split")
        sides = {letter: f' class="{side}"' for letter, side in (("l", "left"), ("r", "right"))}
        letters = node.right.replace("|", "").replace(" ", "") or ("rl" * 10 if aligned else "")
        letters = "l" * 10 if node.name in ("cases", "rcases") else letters
        rows = ""
        for row in node.rows:
            cells = ""
            for at, cell in enumerate(row):
                cells += f"<mtd{sides.get(letters[at : at + 1], '')}>{self.row(cell)}</mtd>"
            rows += f"<mtr>{cells}</mtr>"
        shown = ' displaystyle="true"' if aligned or node.name == "gathered" else ""
        table = f"<mtable{shown}>{rows}</mtable>"
        if node.name not in _FENCES:
            return table
        left, right = _FENCES[node.name]
        return f"<mrow>{fence(left, 'prefix')}{table}{fence(right, 'postfix')}</mrow>"

    def command(self, node: Node, before: str) -> str:
        name, parts = node.name.rstrip("*"), node.parts
        last = parts[-1]
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            shown = {"dfrac": ' displaystyle="true"', "cfrac": ' displaystyle="true"', "tfrac": ' displaystyle="false"'}
            inside = replace(self, tight=False)
            return f"<mfrac{shown.get(name, '')}>{inside.boxed(parts[0])}{inside.boxed(last)}</mfrac>"
        if name.endswith("binom"):
            body = f'<mfrac linethickness="0">{self.boxed(parts[0])}{self.boxed(last)}</mfrac>'
            return f"<mrow>{fence('(', 'prefix')}{body}{fence(')', 'postfix')}</mrow>"
        if name == "sqrt":
            inside = replace(self, tight=False)
            if not parts[0]:
                return f"<msqrt>{inside.row(last)}</msqrt>"
            return f"<mroot>{inside.boxed(last)}{self.boxed(parts[0])}</mroot>"
        if name == WRONG:
            return f'<mrow class="wrong">{self.row(last, before)}</mrow>'
        if name in ("textcolor", "mathop", "mathbin", "mathrel", "mathord", "substack"):
            return f"<mrow>{self.row(last, before)}</mrow>"
        if name == "operatorname":
            return self.named(last, node.name.endswith("*"))
        if name == "mathrm":
            return f"<mrow>{replace(self, alphabet='mathrm').row(last)}</mrow>"
        if name in ALPHABETS:
            return f"<mrow>{replace(self, alphabet=name).row(last)}</mrow>"
        if name.startswith("text") or name == "mbox":
            return self.words(name, last[0].name)
        if name == "pmod":
            return f'<mspace width="0.5em"/><mrow><mo>(</mo>{mi("mod")}{_THIN}{self.row(last)}<mo>)</mo></mrow>'
        if name == "not":
            text = SYMBOLS[last[0].name][0] if last[0].kind == "symbol" else last[0].name
            return self.sign(unicodedata.normalize("NFC", f"{text}\u0338"), REL, before)
        if name in ("boxed", "cancel"):
            return f'<mrow class="{name}">{self.row(last)}</mrow>'
        return self.decorated(name, parts)

    def decorated(self, name: str, parts: tuple[Row, ...]) -> str:
        """Something above or beneath something else."""
        body, small = self.one(parts[-1]), replace(self, tight=True)
        if name in _ACCENTS:
            shape = ' class="vec"' if name == "vec" else ""
            stretchy = "true" if name in _WIDE else "false"
            return f'<mover accent="true">{body}<mo{shape} stretchy="{stretchy}">{_ACCENTS[name]}</mo></mover>'
        if name == "underline":
            return f'<mrow class="underlined">{body}</mrow>'
        if name == "underbrace":
            return f'<munder accentunder="true">{body}<mo stretchy="true">⏟</mo></munder>'
        if name == "overbrace":
            return f'<mover accent="true">{body}<mo stretchy="true">⏞</mo></mover>'
        if name in ("xrightarrow", "xleftarrow"):
            arrow = f'<mo stretchy="true">{"→" if name == "xrightarrow" else "←"}</mo>'
            above = f'<mpadded width="+1em" lspace="0.5em">{small.row(parts[-1])}</mpadded>'
            return f"<mover>{arrow}{above}</mover>"
        kind = "munder" if name == "underset" else "mover"
        return f"<{kind}>{body}<mrow>{small.row(parts[0])}</mrow></{kind}>"

    def named(self, row: Row, limits: bool) -> str:
        """The name of a function, upright."""
        letters = "".join(
            item.name if item.kind == "char" else " " if class_of(item) == SPACE else "\0" for item in row
        ).replace("-", "‐")
        if "\0" in letters:
            return f"<mrow>{replace(self, alphabet='mathrm').row(row)}</mrow>"
        shown = escape(letters.strip()).replace(" ", "\u2009")
        return f'<mo movablelimits="true" lspace="0" rspace="0">{shown}</mo>' if limits else mi(shown, upright=True)

    def words(self, name: str, words: str) -> str:
        """Words of prose, and the mathematics among them."""
        written = ""
        shape = {"textbf": ' class="bold"', "textit": ' class="italic"', "texttt": ' class="mono"'}.get(name, "")
        for at, part in enumerate(words.split("$")):
            if at % 2:
                written += self.row(parse(part).row)
            elif part:
                plain = "".join(char for at, char in enumerate(part) if char != "\\" or part[at - 1 : at] == "\\")
                written += f"<mtext{shape}>{escape(plain).replace(' ', chr(0xA0))}</mtext>"
        return f"<mrow>{written}</mrow>"


def _opened(row: Row) -> Iterator[Node]:
    """The row, with the brackets around what is too long for a line as signs of their own, so that it may break."""
    for node in row:
        fence = bracketed(node.parts[0]) if node.kind == "group" else node
        if fence is None or fence.kind != "fence" or _length(fence.parts[0]) <= _LONG:
            yield node
            continue
        size = "bigg" if tall(fence.parts[0]) else "big"
        yield from (Node("size", f"{size}l", right=fence.name) for _ in range(fence.name != "."))
        yield from _opened(fence.parts[0])
        yield from (Node("size", f"{size}r", right=fence.right) for _ in range(fence.right != "."))


def _length(row: Row) -> int:
    """How many signs there are in a row; a fraction counts as much as the longer of its parts."""
    return sum(max(1, *map(_length, node.parts)) if node.parts else 1 for node in row)

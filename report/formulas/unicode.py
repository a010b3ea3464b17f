"""LaTeX mathematics as one line of readable Unicode: ``\\frac{\\partial J}{\\partial V_c}`` → ``∂J/∂V_c``.

Made for terminals and plain text. It never fails: what it does not know stays as the author wrote it. Raised
and lowered signs are used where Unicode has them all (``x₁``, ``e⁻ˣ``, ``U_oᵀ``), and ``_`` or ``^`` otherwise.
Unicode has no lowered ``c`` or ``ω``; so that one line does not mix ``Uₒ`` with ``V_c``, letters are lowered
only when every subscript of the line (or, for :func:`texts`, of all the lines) can be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from report.formulas.parse import parse
from report.formulas.spacing import DERIV, FENCE, FRAC, WRONG_FROM, WRONG_TO, Piece, has, is_call, join, signless
from report.formulas.symbols import ACCENTS, BIG, BIN, CLOSE, OPEN, ORD, PUNCT, REL, SIZES, SYMBOLS, WORD, WRONG
from report.formulas.tree import Node, Row
from report.text import clean

_RAISED = dict(
    zip("0123456789+−=()abcdefghijklmnoprstuvwxyz∗*′⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ**′ᵀ", strict=True)
)
_LOWERED = dict(zip("0123456789+−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_LOWERED_LETTERS = dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_CHAR_CLASSES = {
    **dict.fromkeys("+-−*/±×·÷∧∨∪∩∘⊕⊗", BIN), **dict.fromkeys("=<>≤≥≠≈∼≡∈∉→⇒⇔∝⊂⊆≪≫", REL), **dict.fromkeys("([⟨⌊⌈",
    OPEN),
    **dict.fromkeys(")]⟩⌋⌉", CLOSE), **dict.fromkeys(",;:", PUNCT), **dict.fromkeys("∑∏∫Σ∏", ORD),
}  # fmt: skip
_SPELLED = {"-": "−", "*": "∗", "∑": "Σ", "∏": "Π"}
_BOARD = dict(zip("CHNPQRZE", "ℂℍℕℙℚℝℤ𝔼", strict=True)) | {"1": "𝟙"}
_SCRIPT = dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))
_LETTERS = {"mathbb": _BOARD, "mathcal": _SCRIPT, "mathscr": _SCRIPT}


def text(latex: str, lowered: bool = True) -> str:
    """The line as one-line Unicode text; ``lowered``: letters may be, where all subscripts can."""
    return texts([latex], lowered)[0]


def texts(lines: Iterable[str], lowered: bool = True) -> list[str]:
    """Several lines that should write their subscripts alike, such as those of one derivation."""
    rows = [parse(line).row for line in lines]
    pretty = [_Writer(lowered_letters=lowered).line(row) for row in rows]
    if not any("_" in line for line in pretty):
        return pretty
    return [_Writer(lowered_letters=False).line(row) for row in rows]


def prose(words: str, lowered: bool = True) -> str:
    """A sentence in which mathematics stands between ``$`` signs."""
    parts = words.split("$")
    formulas = texts(parts[1::2], lowered)
    return "".join(part if at % 2 == 0 else formulas[at // 2] for at, part in enumerate(parts))


@dataclass(frozen=True, slots=True)
class _Writer:
    lowered_letters: bool

    def line(self, row: Row) -> str:
        return clean(unicodedata.normalize("NFC", join(self.pieces(row))))

    def tight(self, row: Row) -> str:
        """The row without spaces around operators, for scripts."""
        return join(self.pieces(row), tight=True)

    def pieces(self, row: Row) -> list[Piece]:
        found: list[Piece] = []
        for node in row:
            if node.kind == "group" and node.parts[0]:
                # A braced group joins its row: {a}b reads ab.
                inner = self.pieces(node.parts[0])
                found += inner if len(inner) == 1 or not has(inner, BIN, REL) else [Piece(join(inner), ORD)]
            elif node.kind == "command" and node.name == WRONG:
                found += _between_marks(self.pieces(node.parts[0]))
            else:
                found.append(self.piece(node))
        return [piece for piece in found if piece.text]

    def piece(self, node: Node) -> Piece:
        match node.kind:
            case "char":
                return Piece(_SPELLED.get(node.name, node.name), _CHAR_CLASSES.get(node.name, ORD))
            case "symbol":
                return Piece(*SYMBOLS[node.name])
            case "scripts":
                return self.scripts(node)
            case "fence":
                return self.fence(node)
            case "size":
                side = next((cls for end, cls in (("l", OPEN), ("r", CLOSE)) if node.name.endswith(end)), ORD)
                side = REL if node.name in ("middle", *(s for s in SIZES if s.endswith("m"))) else side
                delimiter = _delimiter(node.right)
                return Piece(delimiter, _CHAR_CLASSES.get(delimiter, side))
            case "env":
                return self.environment(node)
            case "text":
                return Piece(self.words(node.name), WORD)
            case "command":
                return self.command(node)
        return Piece(node.name)

    def scripts(self, node: Node) -> Piece:
        (base, below, above), primes = node.parts, "′" * len(node.name)
        pieces = self.pieces(base)
        cls = pieces[0].cls if len(pieces) == 1 else ORD
        body = join(pieces)
        if (len(pieces) > 1 and has(pieces, BIN, REL)) or cls in (FRAC, DERIV):
            body, cls = f"({body})", FENCE
        if len(base) == 1 and base[0].kind == "command" and base[0].name in ("underbrace", "overbrace"):
            note = self.line(below or above)  # an annotation, not an index
            return Piece(f"{body} [{note}]", cls)
        low, low_tail = self.lowered(below)
        high, high_tail = self.raised(above)
        if cls == BIG and above and low.startswith("_"):  # Σ_{t=1}^T: limits, where a raised T would transpose
            content = self.tight(above)
            high, high_tail = f"^{content}" if _is_atom(content) else f"^{{{content}}}", "^"
        tail = high_tail or ("" if high else low_tail)
        return Piece(f"{body}{primes}{low}{high}", cls, tail)

    def lowered(self, row: Row) -> tuple[str, str]:
        content = self.tight(row)
        table = _LOWERED | _LOWERED_LETTERS if self.lowered_letters and content.isalnum() else _LOWERED
        if not content or all(char in table for char in content):
            return "".join(table[char] for char in content), ""
        return (f"_{content}", "_") if _is_atom(content) else (f"_{{{content}}}", "")

    def raised(self, row: Row) -> tuple[str, str]:
        content = self.tight(row)
        if content == "T" or not content:
            return ("ᵀ" if content else ""), ""
        if all(char in _RAISED for char in content):
            return "".join(_RAISED[char] for char in content), ""
        return (f"^{content}", "^") if _is_atom(content) or _bracketed(content) else (f"^({content})", "^")

    def fence(self, node: Node) -> Piece:
        left, right = _delimiter(node.name), _delimiter(node.right)
        return Piece(f"{left}{join(self.pieces(node.parts[0]))}{right}", FENCE)

    def environment(self, node: Node) -> Piece:
        if node.name == "substack":
            return Piece(", ".join(filter(None, (self.tight(cell) for row in node.rows for cell in row))))
        rows = [", ".join(filter(None, (self.line(cell) for cell in row))) for row in node.rows]
        if node.name in ("aligned", "split", "gathered"):
            rows = [" ".join(self.line(cell) for cell in row) for row in node.rows]
        body = "; ".join(row for row in rows if row)
        left, right = {
            "cases": ("{", "}"), "rcases": ("{", "}"), "aligned": ("", ""), "split": ("", ""), "gathered": ("", ""),
            "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
            "Vmatrix": ("‖", "‖"),
        }.get(node.name, ("(", ")"))  # fmt: skip
        return Piece(f"{left}{body}{right}", FENCE if left else ORD)

    def words(self, words: str) -> str:
        """The words of a ``\\text``, with the mathematics among them."""
        parts = words.split("$")
        shown = [
            self.line(parse(part).row) if at % 2 else re.sub(r"\\(.?)", r"\1", part) for at, part in enumerate(parts)
        ]
        return clean("".join(shown))

    def command(self, node: Node) -> Piece:
        name, parts = node.name, node.parts
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return self.fraction(parts[0], parts[1])
        if name.endswith("binom"):
            return Piece(f"({self.line(parts[0])} choose {self.line(parts[1])})", FENCE)
        if name == "sqrt":
            sign = {"": "√", "3": "∛", "4": "∜"}.get(index := self.tight(parts[0]))
            body = self.line(parts[1])
            body = body if _is_atom(body) else f"({body})"
            return Piece(f"{sign or f'root_{index} '}{body}")
        if name in ("underset", "overset", "stackrel"):
            script, base = self.tight(parts[0]), self.pieces(parts[1])
            sign = "_" if name == "underset" else "^"
            script = script if _is_atom(script) else f"{{{script}}}"
            return Piece(f"{join(base)}{sign}{script}", base[-1].cls if base else ORD, sign)
        if name in ("xrightarrow", "xleftarrow"):
            return Piece(f"{'→' if name == 'xrightarrow' else '←'}[{self.line(parts[1])}]", REL)
        body = self.line(parts[-1])
        if name in ACCENTS:
            # One letter takes the accent; more are spelled out, as accents over many letters cannot be read.
            accent = name.removeprefix("wide").replace("overline", "bar")
            return Piece(body + ACCENTS[name] if len(body) == 1 else f"{accent}({body})" if body else "")
        if name in _LETTERS:
            return Piece("".join(_LETTERS[name].get(char, char) for char in body))
        if name == "not":
            return Piece(body + "\u0338" if len(body) == 1 else f"not {body}", REL)
        if name == "pmod":
            return Piece(f"(mod {body})", FENCE)
        wordy = name.rstrip("*") in ("operatorname", "mathop") or name.startswith(("text", "mbox"))
        if wordy or (name in ("mathrm", "mathsf", "mathtt") and len(body) > 1 and body.isalpha()):
            return Piece(body, WORD)
        inner = self.pieces(parts[-1])
        return Piece(body, inner[0].cls if len(inner) == 1 else {"mathbin": BIN, "mathrel": REL}.get(name, ORD))

    def fraction(self, above: Row, below: Row) -> Piece:
        over, under = self.pieces(above), self.pieces(below)
        top, bottom = join(over), join(under)
        bare = top.removeprefix("−")
        if (
            any(bare.startswith(d) and bottom.startswith(d) and len(bottom) > 1 for d in "∂d")
            and not has(over, BIN, REL)
            and not has(under, BIN, REL)
        ):
            return Piece(f"{top}/{bottom}", DERIV)
        simple_top = bool(over) and all(p.cls in (ORD, FENCE, OPEN, CLOSE, PUNCT) for p in signless(over))
        simple_top = simple_top or (len(over) == 1 and over[0].cls in (WORD, BIG))
        top = top if simple_top or is_call(over) else f"({top})"
        bottom = bottom if is_call(under) or bottom.replace(".", "").isdigit() else f"({bottom})"
        return Piece(f"{top}/{bottom}", FRAC)


def _between_marks(pieces: list[Piece]) -> list[Piece]:
    """The same pieces, spaced as ever, with the marks of a wrong part at either end."""
    if pieces:
        pieces[0] = replace(pieces[0], text=f"{WRONG_FROM}{pieces[0].text}")
        pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text}{WRONG_TO}")
    return pieces


def _is_atom(content: str) -> bool:
    """A single sign (accents aside), or one number: no brackets needed after ``_`` or ``^``; marks do not count."""
    content = content.replace(WRONG_FROM, "").replace(WRONG_TO, "")
    return (
        content.isdigit() or sum(not unicodedata.combining(char) for char in unicodedata.normalize("NFC", content)) <= 1
    )


def _bracketed(content: str) -> bool:
    """Whether one pair of brackets stands around all of it."""
    depth, closed = 0, []
    for at, char in enumerate(content):
        depth += (char == "(") - (char == ")")
        closed += [at] if depth == 0 else []
    return content.startswith("(") and closed == [len(content) - 1]


def _delimiter(token: str) -> str:
    name = token.removeprefix("\\")
    return "" if name in (".", "") else SYMBOLS[name][0] if token != name and name in SYMBOLS else name

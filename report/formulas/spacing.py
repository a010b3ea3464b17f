"""Finished bits of one-line mathematics set side by side, with the spaces a typographer would leave."""

from __future__ import annotations

from dataclasses import dataclass

from report.formulas.symbols import BIG, BIN, CLOSE, OPEN, ORD, PUNCT, REL, SPACE, WORD

WRONG_FROM, WRONG_TO = "\ue000", "\ue001"  # around the wrong part of a line
FRAC, DERIV, FENCE, SIGN = "frac", "deriv", "fence", "sign"
FUNCTIONS = tuple("fσΓζψφϕΦ")  # letters that are functions before a bracket; others may be factors


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of finished text with its class; ``tail`` says that it ends in an unbracketed ``_`` or ``^``."""

    text: str
    cls: str = ORD
    tail: str = ""

    @property
    def bare(self) -> str:
        """The text without the marks around a wrong part."""
        return self.text.replace(WRONG_FROM, "").replace(WRONG_TO, "")


def join(pieces: list[Piece], tight: bool = False) -> str:
    """The pieces in a row, with the spaces a typographer would leave."""
    result = ""
    before: Piece | None = None
    operand = ""  # the class of what an operation would take on its left
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        after = pieces[at + 1] if at < last else None
        shown = piece
        if piece.cls == BIN and operand in ("", BIN, REL, OPEN, PUNCT, WORD, BIG):
            shown = Piece(piece.text, SIGN)  # not an operation: no space after it
        elif piece.cls == FRAC and (_multiplies(before) or _multiplies(after)):
            shown = Piece(f"({piece.text})", FENCE)
        result += _gap(before, shown, tight) + shown.text
        before = shown
        operand = operand if shown.cls == SPACE else shown.cls
    return result


def _multiplies(piece: Piece | None) -> bool:
    return piece is not None and piece.cls in (ORD, WORD, BIG, FRAC, DERIV, FENCE)


def _gap(before: Piece | None, piece: Piece, tight: bool) -> str:
    if before is None or before.cls == SIGN or piece.cls == SPACE or before.cls == SPACE:
        return ""
    a, b = before.cls, piece.cls
    if BIG in (a, b) and a != OPEN and not (b == BIG and a == OPEN):
        return " "
    if WORD in (a, b):
        opens = b in (OPEN, FENCE) and piece.bare[:1] in "([{" and not before.bare.endswith("}")
        apart = a not in (OPEN, SIGN) and b not in (CLOSE, PUNCT) and not (a == WORD and opens)
        return " " if apart and not (tight and (BIN in (a, b) or REL in (a, b))) else ""
    if tight:
        return " " if before.tail and b == ORD and piece.bare[:1].isalnum() else ""
    if a in (BIN, REL) or b in (BIN, REL) or a == PUNCT:
        return " "
    if a in (FRAC, DERIV) or b in (FRAC, DERIV):
        return "" if a == OPEN or b in (CLOSE, PUNCT, OPEN) or (b == FENCE and piece.bare.startswith("(")) else " "
    if b == FENCE and piece.bare.startswith("(") and piece.bare.endswith(")") and "/" in piece.bare and before.tail:
        return " "
    if before.tail == "^" and b in (ORD, OPEN, FENCE):
        return " "
    return " " if before.tail and b == ORD and (piece.bare[:1].isalnum() or piece.bare[0] in "∂∇") else ""


def signless(pieces: list[Piece]) -> list[Piece]:
    """What comes after a minus at the beginning."""
    return pieces[1:] if pieces[0].text == "−" else pieces


def is_call(pieces: list[Piece]) -> bool:
    """One atom, one bracket, or a function applied to a bracket: ``σ(x)``, but not ``R(R + h)``."""
    if len(pieces) == 1:
        return pieces[0].cls in (ORD, FENCE, WORD)
    opening = 0 if pieces and pieces[0].cls == OPEN else 1
    if opening and not (pieces and _is_function(pieces[0])):
        return False
    if len(pieces) > 2 and pieces[opening].cls == OPEN and pieces[-1].cls == CLOSE:
        return not has(pieces[opening + 1 : -1], OPEN, CLOSE)
    return len(pieces) == 2 and pieces[1].cls == FENCE


def _is_function(piece: Piece) -> bool:
    """Whether a sign before a bracket is read as a function of what stands there."""
    return piece.cls == WORD or (piece.cls == ORD and (piece.bare[:1] in FUNCTIONS or "′" in piece.bare))


def has(pieces: list[Piece], *classes: str) -> bool:
    """Whether there is a piece of one of the classes; a minus at the beginning does not count."""
    return any(piece.cls in classes for piece in signless(pieces)) if pieces else False

"""What the nodes of a formula are to one who sets them: operators, brackets, letters, after TeX's classes."""

from __future__ import annotations

from report.formulas.symbols import BIG, BIN, CLOSE, OPEN, ORD, PUNCT, REL, SYMBOLS, WORD, WRONG
from report.formulas.tree import Node, bracketed

INNER = "inner"  # fractions and fences, after TeX's class of that name
TEXT = "text"  # words of prose; a sign that follows them is no operation
_CHARS = {
    **dict.fromkeys("+-−*±×·÷∧∨∪∩∘⊕⊗", BIN), **dict.fromkeys("=<>≤≥≠≈∼≡∈∉→⇒⇔∝⊂⊆≪≫:", REL), **dict.fromkeys("([", OPEN),
    **dict.fromkeys(")]!", CLOSE), **dict.fromkeys(",;", PUNCT), **dict.fromkeys("∑∏∫", BIG),
}  # fmt: skip
NOT_BINARY_AFTER = ("", TEXT, BIN, REL, OPEN, PUNCT, WORD, BIG)
LIMITS = frozenset("max min sup inf lim limsup liminf det gcd Pr".split())


def class_of(node: Node) -> str:
    """The class of a node after TeX's, which decides about the spaces beside it."""
    match node.kind:
        case "char":
            return _CHARS.get(node.name, ORD)
        case "symbol":
            return SYMBOLS[node.name][1]
        case "fence":
            return INNER
        case "group" if bracketed(node.parts[0]):
            return INNER
        case "scripts":
            return class_of(node.parts[0][0]) if len(node.parts[0]) == 1 else ORD
        case "size":
            ends = {"l": OPEN, "r": CLOSE, "m": REL}
            return REL if node.name == "middle" else ends.get(node.name[-1], ORD)
        case "command":
            return _command_class(node)
    return ORD


def _command_class(node: Node) -> str:
    name = node.name.rstrip("*")
    if name in ("frac", "dfrac", "tfrac", "cfrac"):
        return INNER
    if name in ("operatorname", "mathop"):
        return WORD
    if name in ("mathrel", "not", "xrightarrow", "xleftarrow"):
        return REL
    if name == "mathbin":
        return BIN
    if name.startswith("text") and name != "textcolor":
        return TEXT
    if name in (WRONG, "underset", "overset", "stackrel", "textcolor", "underbrace", "overbrace") and node.parts[-1]:
        return class_of(node.parts[-1][-1])
    return ORD


def first_class(node: Node) -> str:
    """The class of what a node begins with."""
    if node.kind == "command" and node.name == WRONG and node.parts[0]:
        return first_class(node.parts[0][0])
    return class_of(node)


def takes_limits(node: Node) -> bool:
    """Whether indices stand beneath and above it."""
    if node.kind == "symbol":
        return node.name in LIMITS or (SYMBOLS[node.name][1] == BIG and "int" not in node.name)
    if node.kind == "char":
        return node.name in "∑∏"
    return node.kind == "command" and node.name in ("operatorname*", "mathop", "underbrace", "overbrace")


def is_digit(node: Node) -> bool:
    """A digit, or the point of a decimal fraction."""
    return node.kind == "char" and ((node.name.isascii() and node.name.isdigit()) or node.name == ".")


def is_letter(node: Node) -> bool:
    """A letter as it is typed, of any alphabet."""
    return node.kind == "char" and node.name.isalpha()


def is_fraction(node: Node | None) -> bool:
    """A fraction, or what is set like one."""
    return node is not None and node.kind == "command" and class_of(node) == INNER

"""LaTeX as tokens, each with its place in the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from verify.diagnose.latex.node import Unread


class Token(NamedTuple):
    """A piece of text that means something."""

    text: str
    start: int
    end: int


TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
SPACES = frozenset(r"\, \; \: \! \quad \qquad \displaystyle \textstyle \limits \nolimits \> ~ & \left \right".split())
SPACES |= {r"\ ", *(rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r"))}
RELATIONS = frozenset(
    r"= < > \leq \le \geq \ge \neq \ne \Rightarrow \implies \Leftrightarrow \iff \simeq \approx \to \equiv".split()
)
FUNCTIONS = frozenset(
    "log ln exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan max min det gcd".split()
)
WORDS = frozenset(r"\text \mathrm \operatorname \operatorname* \mathit \textit \mbox \textrm".split())
PLAIN = frozenset(r"\vec \mathbf \boldsymbol \bm \mathbb \mathcal \mathsf".split())
ACCENTS = frozenset(r"\hat \bar \tilde \dot \widehat \widetilde \overline \check".split())
OPEN = {"(": ")", "[": "]", r"\{": r"\}"}
BARS = {"|": "|", r"\lvert": r"\rvert", r"\|": r"\|", r"\lVert": r"\rVert"}
TIMES = frozenset(r"\cdot \times * \ast".split())
DIVIDED = frozenset(("/", r"\div"))
STOPS = frozenset((")", "]", r"\}", "}", ",", r"\mid", ";", ":", *BARS.values())) | RELATIONS | {"+", "-", "−"}
DOTS = frozenset(r"\dots \ldots \cdots \dotsc \dotsb …".split())


LONGEST = 5000  # characters


def plain(text: str) -> str:
    """A name without its markup: ``V_c`` of ``\\vec{V}_{c}``, ``J_neg`` of ``J_{\\text{neg}}``, ``omega``."""
    text = re.sub(r"\\(?:text|mathrm|operatorname|mathit|textrm|mbox|vec|mathbf|boldsymbol|bm|mathcal)\b", "", text)
    return re.sub(r"[\\{}\s]|\\,", "", text)


class Cursor:
    """The tokens of a line, one after the other; ``variables`` are the names of quantities."""

    def __init__(self, text: str, variables: frozenset[str]) -> None:
        if len(text) > LONGEST:
            raise Unread("too long")
        self.text = text
        self.variables = variables
        self.tokens = [Token(m[0], m.start(), m.end()) for m in TOKEN.finditer(text) if not m[0].isspace()]
        self._join_delimiters()
        self.at = 0
        self.depth = 0

    def _join_delimiters(self) -> None:
        """``\\left(`` is one token, at the place of both; other spaces are left out."""
        joined: list[Token] = []
        before: Token | None = None
        for token in self.tokens:
            if token.text in SPACES:
                before = token if token.text in (r"\left", r"\right") or token.text[1:4] in ("big", "Big") else None
                continue
            joined.append(Token(token.text, before.start, token.end) if before else token)
            before = None
            if [part.text for part in joined[-4:]] == [r"\mathrm", "{", "d", "}"]:  # the upright d of a derivative
                joined[-4:] = [Token("d", joined[-4].start, joined[-1].end)]
        self.tokens = joined

    def peek(self, ahead: int = 0) -> Token:
        """The next token, or one further on; an empty one at the end."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else Token("", len(self.text), len(self.text))

    def take(self) -> Token:
        """The next token, which is read with this."""
        token = self.peek()
        self.at += 1
        return token

    def expect(self, text: str) -> Token:
        """The next token, if it is this one.

        Raises:
            Unread: it is another one.
        """
        token = self.take()
        if token.text != text:
            raise Unread(f"{text} is missing")
        return token

    def skip(self) -> None:
        """One argument, unread."""
        depth = 0
        while True:
            token = self.take()
            if not token.text:
                raise Unread("a } is missing")
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if not depth:
                return

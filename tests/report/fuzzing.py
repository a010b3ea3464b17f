"""LaTeX of any kind, right and wrong, for tests of what reads it."""

from __future__ import annotations

from hypothesis import strategies as st

from report.formulas.symbols import COMMANDS, ENVIRONMENTS, SYMBOLS, WRONG

# What a fuzzer needs in order to get anywhere in LaTeX.
FRAGMENTS = [
    *(f"\\{name}" for name in (*SYMBOLS, *COMMANDS) if name != WRONG), *(f"\\begin{{{name}}}" for name in ENVIRONMENTS),
    *(f"\\end{{{name}}}" for name in ENVIRONMENTS), *"{}[]()^_&'|$#%~\\<>+-=, ax1é∂≠ᵀש\x1b\u202e", "\\\\", "\\left",
    "\\right",
    "\\left(", "\\right)", "\\middle|", "\\input{x}", "\\write18{x}", "^^41", "\\def\\a{\\a}", "\\big", "\\foo",
    "\ud800",
]  # fmt: skip
latex = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join) | st.text(max_size=40)

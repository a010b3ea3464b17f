"""What a line lacks as a whole, once another slip is undone: worked out, as it occurs nowhere else.

``x + 2`` for ``2/(1 + cos²x)``: a term too many, and a factor missing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from sympy import Expr

from verify.diagnose.context import Case
from verify.diagnose.search import tree
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.gaps import Gaps
from verify.diagnose.search.values import FAILS
from verify.diagnose.search.variants import Variants
from verify.diagnose.vocabulary import Vocabulary
from verify.shapes import shape

MOST = 6  # edits besides
LIKELY = ("extra-term", "extra-function", "extra-factor")


def remainders(
    case: Case, lhs: Expr, line: Expr, variants: Sequence[Variants], words: Vocabulary, real: bool
) -> Iterator[tuple[Edit, Edit]]:
    """Something short left out near the top of the line, and a factor or term that the rest lacks."""
    if shape(line):
        return
    near = [edit for v in variants if v.part.depth in (1, 2) for edit in v.single if edit.op is Op.REPLACE]
    for edit in sorted((e for e in near if e.code in LIKELY), key=lambda e: (e.part.depth, e.cost))[:MOST]:
        with contextlib.suppress(*FAILS, RecursionError):
            rest = edit.apply(line)
            gaps = Gaps(case, tuple(tree.parts(rest)), words.ranges, real)
            gaps.left = 1  # the line as a whole
            for other in gaps.edits(lhs, rest):
                yield edit, other

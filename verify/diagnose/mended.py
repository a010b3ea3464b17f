"""A diagnosis with its repair, and what is known of that."""

from __future__ import annotations

from verify.model import Diagnosis, Judgement


def mended(
    code: str,
    sentence: str,
    repair: str,
    repair_latex: str,
    judgement: Judgement,
    wrong: str = "",
    spans: tuple[tuple[int, int], ...] = (),
) -> Diagnosis:
    """The diagnosis whose repair has been judged so."""
    verdict, scope = judgement.verdict, judgement.scope
    return Diagnosis(code, sentence, repair, repair_latex, verdict, wrong, spans, scope)

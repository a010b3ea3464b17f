"""The corpora: where they lie, their claims, a sample that is the same every time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COMMITTED = HERE / "corpora"


class CorpusError(ValueError):
    """A corpus that cannot be used: which file and line, and why."""


@dataclass(frozen=True)
class Labelled:
    """A claim as it stands in its file, and what its source says of it (``None``: nothing)."""

    corpus: str
    id: str
    line: bytes
    truth: bool | None


def folder(given: Path | None) -> Path:
    """Where the corpora are read from: where it was said, else those committed."""
    return COMMITTED if given is None else given


def read(where: Path, names: Sequence[str] = ()) -> list[Labelled]:
    """All claims of a folder's corpora, or of those named, in the order of files and lines.

    Raises:
        CorpusError: there is no such corpus, or a line is not a claim with a label.
    """
    files = {file.stem: file for file in sorted(where.glob("*.jsonl"))}
    if not files:
        raise CorpusError(f"{where} holds no corpora (*.jsonl)")
    for name in names:
        if name not in files:
            raise CorpusError(f"{where} holds no corpus {name}, only {', '.join(files)}")
    return [claim for name, file in files.items() if not names or name in names for claim in _claims(name, file)]


def _claims(corpus: str, file: Path) -> list[Labelled]:
    found = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        try:
            fields: dict[str, Any] = json.loads(line)
            id, truth = fields["id"], fields["truth"]
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{file}, line {number}: not a claim with a label ({error})") from error
        if truth not in (True, False, None):
            raise CorpusError(f"{file}, line {number}: the label is {truth!r}")
        found.append(Labelled(corpus, str(id), line, truth))
    return found


def sample(claims: Sequence[Labelled], size: int, seed: int = 0) -> list[Labelled]:
    """At most ``size`` claims of each corpus, those whose ids have the smallest hashes; in the order of the files.

    False claims are few and each counts, so all of them are kept.
    """

    def rank(claim: Labelled) -> bytes:
        return hashlib.sha256(f"{seed}/{claim.id}".encode()).digest()

    kept: set[int] = set()
    for corpus in dict.fromkeys(claim.corpus for claim in claims):
        own = [(claim.truth is not False, rank(claim), i) for i, claim in enumerate(claims) if claim.corpus == corpus]
        kept.update(i for *_, i in sorted(own)[:size])
    return [claim for i, claim in enumerate(claims) if i in kept]


# -- labels that are wrong as stated -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Overruled:
    """A label that does not stand: what is true instead, the point that shows it, both values there, and why."""

    id: str
    truth: bool
    witness: dict[str, str]
    lhs: str
    rhs: str
    why: str


def overruled(file: Path = HERE / "overruled.jsonl") -> dict[str, Overruled]:
    """The labels that do not stand, by id.

    Raises:
        CorpusError: a line is not such a label, or an id occurs twice.
    """
    found: dict[str, Overruled] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            label = Overruled(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise CorpusError(f"{file}, line {number}: {error}") from error
        if label.id in found:
            raise CorpusError(f"{file}, line {number}: {label.id} occurs twice")
        found[label.id] = label
    return found


def corrected(claims: Sequence[Labelled], labels: dict[str, Overruled]) -> list[Labelled]:
    """The claims with the labels that stand."""
    return [replace(claim, truth=labels[claim.id].truth) if claim.id in labels else claim for claim in claims]

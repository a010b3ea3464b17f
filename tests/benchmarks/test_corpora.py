"""Corpora, samples, labels that do not stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import corpora
from benchmarks.corpora import CorpusError, Labelled
from verify.read.claims import record


def claim(id: str, truth: bool | None = True, corpus: str = "c") -> Labelled:
    return Labelled(corpus, id, b"", truth)


def test_every_committed_claim_is_a_record_and_every_file_has_its_licence() -> None:
    claims = corpora.read(corpora.COMMITTED)
    assert len(claims) > 1000
    assert all(record(c.line).id == c.id for c in claims)
    readme = (corpora.COMMITTED / "README.md").read_text(encoding="utf-8")
    for corpus in {c.corpus for c in claims}:
        (row,) = [line for line in readme.splitlines() if f"`{corpus}.jsonl`" in line]
        licence = row.split("`")[-2]
        assert "Copyright" in (corpora.COMMITTED / licence).read_text(encoding="utf-8")


def test_a_sample_is_the_same_every_time_and_keeps_what_is_false() -> None:
    claims = [claim(f"a{i}", truth=i != 50) for i in range(100)] + [claim(f"b{i}", corpus="d") for i in range(3)]
    drawn = corpora.sample(claims, 10)
    assert drawn == corpora.sample(claims, 10)
    assert [c.corpus for c in drawn].count("c") == 10
    assert [c.corpus for c in drawn].count("d") == 3
    assert "a50" in [c.id for c in drawn]
    assert drawn != corpora.sample(claims, 10, seed=1)
    assert set(drawn) <= set(corpora.sample(claims, 20))


def test_overruled_labels_are_corrected() -> None:
    labels = {"a": corpora.Overruled("a", False, {"x": "0"}, "1", "2", "why")}
    assert corpora.corrected([claim("a"), claim("b")], labels) == [claim("a", False), claim("b")]


def test_the_list_of_overruled_labels_is_complete() -> None:
    for label in corpora.overruled().values():
        assert label.lhs
        assert label.rhs
        assert label.why.endswith(".")


def test_what_is_no_corpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no corpora"):
        corpora.read(tmp_path)
    (tmp_path / "one.jsonl").write_text(json.dumps({"id": "a"}) + "\n")
    with pytest.raises(CorpusError, match="line 1"):
        corpora.read(tmp_path)
    with pytest.raises(CorpusError, match="no corpus two"):
        corpora.read(tmp_path, ["two"])

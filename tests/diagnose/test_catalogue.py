"""The catalogue of slips is complete and well-formed."""

import re

import pytest

from verify.diagnose.catalogue import CATALOGUE


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=lambda kind: kind.code)
def test_a_kind_is_told_in_full(kind):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.code) and len(kind.code) <= 16
    assert all((kind.family, kind.title, kind.what, kind.wrong, kind.right, kind.found))
    assert kind.what.endswith(".") and kind.found.endswith(".")
    assert kind.wrong != kind.right


def test_codes_are_looked_up_by_themselves():
    assert all(CATALOGUE[code].code == code for code in CATALOGUE)

"""The catalogue of slips is complete and well-formed."""

import re

import pytest

from report import slips
from verify.diagnose.catalogue import CATALOGUE


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=lambda kind: kind.code)
def test_a_kind_is_told_in_full(kind):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.code) and len(kind.code) <= 16
    assert all((kind.family, kind.title, kind.what, kind.wrong, kind.right, kind.found))
    assert kind.what.endswith(".") and kind.found.endswith(".")
    assert kind.wrong != kind.right


def test_codes_are_looked_up_by_themselves():
    assert all(CATALOGUE[code].code == code for code in CATALOGUE)


def test_the_page_of_the_catalogue_is_fresh(request):
    page = (request.config.rootpath / "docs" / "SLIPS.md").read_text("utf-8")
    assert page == slips.markdown(CATALOGUE.values()), "python -m verify explain --format markdown > docs/SLIPS.md"

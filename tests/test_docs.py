"""The documents that the program makes are as it makes them."""

from report.markdown.slips import render
from verify.diagnose.catalogue import CATALOGUE


def test_the_page_of_the_catalogue_is_fresh(request):
    page = (request.config.rootpath / "docs" / "SLIPS.md").read_text("utf-8")
    assert page == render(CATALOGUE.values()), "python -m verify explain --format markdown > docs/SLIPS.md"

"""The documents that the program makes are as it makes them; those that people write speak of what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from report.markdown.slips import render
from verify.collect import collect
from verify.commands import check
from verify.diagnose.catalogue import CATALOGUE

ROOT = Path(__file__).parents[1]
DESIGN = (ROOT / "docs" / "DESIGN.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
WITHIN = ("", "verify/", "verify/diagnose/", "verify/checks/")


def test_the_page_of_the_catalogue_is_fresh() -> None:
    page = (ROOT / "docs" / "SLIPS.md").read_text("utf-8")
    assert page == render(CATALOGUE.values()), "python -m verify explain --format markdown > docs/SLIPS.md"


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w/]+\.py)`", DESIGN))))
def test_every_file_that_the_design_names_is_there(name: str) -> None:
    assert any((ROOT / folder / name).is_file() for folder in WITHIN)


def test_every_room_is_in_the_picture_of_the_design() -> None:
    picture = re.search(r"^## Rooms\n\n```\n(.*?)^```$", DESIGN, re.DOTALL | re.MULTILINE)
    assert picture is not None
    words = set(re.findall(r"[\w.]+", picture[1]))
    rooms = [path for path in (ROOT / "verify").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()]
    missing = [path.name for path in rooms if path.name not in words and path.name != "__init__.py"]
    assert not missing


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


def test_the_readme_tells_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        check.main(["--help"])
    options = set(re.findall(r"--\w+", capsys.readouterr().out)) - {"--help"}
    assert all(option in README for option in options)


def test_the_tally_that_the_readme_shows_is_that_of_the_report() -> None:
    (tally,) = re.findall(r"^\d+ steps · .*acknowledged\)$", README, re.MULTILINE)
    assert tally in (ROOT / "REPORT.md").read_text(encoding="utf-8")


def test_the_example_for_authors_can_be_read(tmp_path: Path) -> None:
    (program,) = re.findall(r"^```python\n(.*?)^```$", (ROOT / "derivations/README.md").read_text("utf-8"), re.S | re.M)
    (tmp_path / "my_notes.py").write_text(program, encoding="utf-8")
    (derivation,), errors = collect([tmp_path / "my_notes.py"])
    assert (derivation.id, len(derivation.steps), errors) == ("log-sum-exp", 2, [])

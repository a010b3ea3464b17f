"""Snapshots: committed text that a report must reproduce byte for byte. To accept changes: UPDATE_SNAPSHOTS=1."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def same_as_snapshot(name: str, text: str) -> None:
    """Compare with the committed text, or replace it if the environment says so."""
    path = FOLDER / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.exists(), f"no snapshot {name}: run the tests once with UPDATE_SNAPSHOTS=1"
    assert text == path.read_bytes().decode("utf-8"), f"{name} differs: if it should, run with UPDATE_SNAPSHOTS=1"

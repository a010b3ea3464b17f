"""Claims from text, for tests of the checks and the ladder: as a line of a file of claims has them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from verify.model import Claim
from verify.read.claims import claim, record


def written(lhs: str, relation: str, rhs: str, symbols: Mapping[str, str], given: Sequence[str] = ()) -> Claim:
    """A claim between two sides; ``symbols`` says the domain of each, ``given`` what is assumed besides."""
    fields = {"id": "t", "lhs": lhs, "relation": relation, "rhs": rhs, "symbols": symbols, "given": list(given)}
    return claim(record(json.dumps(fields).encode()))


def domains(text: str) -> dict[str, str]:
    """The symbols of a row: ``"x:real n:integer"``."""
    return dict(pair.split(":") for pair in text.split())


def read(line: str, given: Sequence[str] = ()) -> Claim:
    """A claim in n, m (whole), p (prime), s, t (positive), x, y (real) and z (complex): ``"x**2 >= 0"``."""
    lhs, relation, rhs = next(line.partition(f" {r} ") for r in ("=", "<=", ">=", "!=", "<", ">") if f" {r} " in line)
    kinds = {"n": "integer", "m": "integer", "p": "prime", "s": "positive", "t": "positive", "z": "complex"}
    return written(lhs, relation.strip(), rhs, {name: kinds.get(name, "real") for name in "nmpstxyz"}, given)

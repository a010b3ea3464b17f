"""One line of JSON → a claim: two sides, a relation, declared symbols, conditions."""

from __future__ import annotations

import contextlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from sympy import Expr, S, Symbol, floor, im
from sympy.core.facts import InconsistentAssumptions

from verify.frozen import dataclass
from verify.model import MIRRORED, Claim, Givens, Relation
from verify.occurs import free_symbols
from verify.read.expressions import expression, proposition
from verify.read.logic import in_sympy
from verify.read.syntax import ReadError
from verify.terms import Conj, Proposition, Rel

RELATIONS = {
    "=": Relation.EQ,
    "!=": Relation.NE,
    "<": Relation.LT,
    "<=": Relation.LE,
    ">": Relation.GT,
    ">=": Relation.GE,
}
DOMAINS: dict[str, dict[str, bool]] = {
    "complex": {"complex": True},
    "real": {"real": True},
    "integer": {"integer": True},
    "positive": {"positive": True},
    "prime": {"prime": True},
}
MAX_SYMBOLS = 200


@dataclass(frozen=True)
class Record:
    """A claim as it stands in the file, its fields of the right types and nothing of it read.

    A line may leave out ``symbols`` and ``given`` where it has none.
    """

    id: str
    lhs: str
    relation: str
    rhs: str
    symbols: Mapping[str, str]
    given: tuple[str, ...]


class RecordError(ValueError):
    """A line that is no record of a claim; ``id`` is its id as far as there is one."""

    def __init__(self, reason: str, id: str | None = None) -> None:
        super().__init__(reason)
        self.id = id


def record(line: bytes) -> Record:
    """The record on a line.

    Raises:
        RecordError: the line is not UTF-8, not JSON, or not a record of a claim.
    """
    fields = _fields(line)
    id = fields.get("id")
    if not isinstance(id, str):
        raise RecordError("the id is missing" if "id" not in fields else "the id is not a text")
    if not id.strip():
        raise RecordError("the id is empty", id)
    for name in ("lhs", "relation", "rhs"):
        if name not in fields:
            raise RecordError(f"{name} is missing", id)
        if not isinstance(fields[name], str):
            raise RecordError(f"{name} is not a text", id)
    if fields["relation"] not in RELATIONS:
        raise RecordError(f"the relation {fields['relation'][:40]!r} is none of {' '.join(RELATIONS)}", id)
    for name in ("symbols", "given"):
        if name not in fields and (meant := get_close_matches(name, fields, 1)):
            raise RecordError(f"{name} is missing (is {meant[0][:40]!r} meant to be it?)", id)
    symbols, given = fields.get("symbols", {}), fields.get("given", [])
    if not isinstance(symbols, dict):
        raise RecordError("symbols is not an object of names and domains", id)
    for name, domain in symbols.items():
        if not isinstance(domain, str) or domain not in DOMAINS:
            raise RecordError(f"the domain {str(domain)[:40]!r} of {name[:40]} is none of {', '.join(DOMAINS)}", id)
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise RecordError("given is not a list of texts", id)
    return Record(id, fields["lhs"], fields["relation"], fields["rhs"], symbols, tuple(given))


def _fields(line: bytes) -> dict[str, Any]:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RecordError(f"not UTF-8: byte {error.start + 1} of the line is {line[error.start]:#04x}") from None
    if not text.strip():
        raise RecordError("an empty line")
    try:
        fields = json.loads(text, object_pairs_hook=_unambiguous)
    except json.JSONDecodeError as error:
        cut = " (is the line cut off?)" if not text.rstrip().endswith("}") else ""
        raise RecordError(f"not JSON: {error.msg}, column {error.colno}{cut}") from None
    except RecursionError:
        raise RecordError("not JSON that can be read: nested too deep") from None
    except ValueError as error:
        raise RecordError(str(error)) from None
    if not isinstance(fields, dict):
        raise RecordError('not an object: a claim is {"id": …, "lhs": …, …}')
    return fields


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        twice = next(name for i, (name, _) in enumerate(pairs) if name in dict(pairs[:i]))
        raise ValueError(f"{twice[:40]!r} occurs twice in one object")
    return fields


def claim(record: Record) -> Claim:
    """The claim that a record makes.

    Raises:
        ReadError: an expression or condition cannot be read; the reason says which.
    """
    if len(record.symbols) > MAX_SYMBOLS:
        raise ReadError(f"more than {MAX_SYMBOLS} symbols")
    domains = {name: dict(DOMAINS[domain]) for name, domain in record.symbols.items()}
    names = [unicodedata.normalize("NFKC", name) for name in domains]
    for name in domains:
        if not name.isidentifier() or "__" in name:
            raise ReadError(f"symbols: {name[:40]!r} is not a name")
    if len(set(names)) < len(names):
        raise ReadError("symbols: two names that cannot be told apart")
    declared = {name: Symbol(name, **domain) for name, domain in domains.items()}
    conditions = [_given(text, i, declared) for i, text in enumerate(record.given, 1)]
    declared = narrow(declared, conditions)  # and so everything is read with what is known of the symbols
    conditions = [_given(text, i, declared) for i, text in enumerate(record.given, 1)]
    lhs, rhs = _side("lhs", record.lhs, declared), _side("rhs", record.rhs, declared)
    constraints = tuple(c for c in conditions if not _known(c))
    used = set(free_symbols((lhs, rhs, constraints)))
    symbols = tuple(s for s in declared.values() if s in used)
    return Claim(record.id, lhs, RELATIONS[record.relation], rhs, Givens(symbols, constraints))


def _side(where: str, text: str, symbols: Mapping[str, Symbol]) -> Expr:
    try:
        return expression(text, symbols)
    except ReadError as error:
        raise ReadError(f"{where}: {error.reason}", error.column) from None


def _given(text: str, number: int, symbols: Mapping[str, Symbol]) -> Proposition:
    try:
        return proposition(text, symbols)
    except ReadError as error:
        raise ReadError(f"given {number}: {error.reason}", error.column) from None


# -- conditions that say what a symbol is ------------------------------------------------------------------------------


def narrow(symbols: Mapping[str, Symbol], conditions: Sequence[Proposition]) -> dict[str, Symbol]:
    """The symbols with what the conditions say of their domain; as they were where that contradicts itself."""
    said: dict[Symbol, dict[str, bool]] = {}
    for condition in conditions:
        for symbol, property in _properties(condition):
            said.setdefault(symbol, {})[property] = property != "zero"
    narrower = dict(symbols)
    for name, symbol in symbols.items():
        if symbol in said:
            with contextlib.suppress(InconsistentAssumptions):
                narrower[name] = Symbol(name, **{**symbol._assumptions_orig, **said[symbol]})
    return narrower


def _properties(condition: Proposition) -> Iterator[tuple[Symbol, str]]:
    """What a condition that is taken as true says of single symbols (``zero``: that it is not)."""
    if isinstance(condition, Conj):
        for part in condition.parts:
            yield from _properties(part)
    if not isinstance(condition, Rel):
        return
    op, lhs, rhs = condition.op, condition.lhs, condition.rhs
    if op is Relation.EQ and isinstance(lhs, Symbol) and rhs == floor(lhs):
        yield lhs, "integer"
    if op is Relation.EQ and isinstance(lhs, im) and isinstance(lhs.args[0], Symbol) and rhs is S.Zero:
        yield lhs.args[0], "real"
    if op is Relation.NE and S.Zero in (lhs, rhs):
        yield from ((side, "zero") for side in (lhs, rhs) if isinstance(side, Symbol))
    if op in (Relation.EQ, Relation.NE):
        return
    for way, symbol, bound in ((op, lhs, rhs), (MIRRORED[op], rhs, lhs)):
        if not isinstance(symbol, Symbol):
            continue
        yield symbol, "real"  # only real numbers have an order
        if way in (Relation.GT, Relation.GE) and bound.is_extended_nonnegative:
            strict = way is Relation.GT or bound.is_positive
            yield symbol, "positive" if strict else "nonnegative"
        if way in (Relation.LT, Relation.LE) and bound.is_extended_nonpositive:
            strict = way is Relation.LT or bound.is_negative
            yield symbol, "negative" if strict else "nonpositive"


def _known(condition: Proposition) -> bool:
    """Whether the symbols' own domains say it all."""
    if isinstance(condition, Conj):
        return all(map(_known, condition.parts))
    if not isinstance(condition, Rel):
        return False
    symbol, bound = condition.lhs, condition.rhs
    if not isinstance(symbol, Symbol):
        symbol, bound = bound, symbol
    return isinstance(symbol, Symbol) and bound.is_number and in_sympy(condition) is S.true

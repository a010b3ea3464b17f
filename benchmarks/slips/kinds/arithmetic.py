"""Signs, terms, factors, numbers and powers that are wrong."""

from __future__ import annotations

from sympy import Add, Expr, Function, Indexed, KroneckerDelta, Mul, Pow, Rational, S, Sum, Symbol

from benchmarks.slips.kinds.mutant import Found, Words, called, is_scalar
from benchmarks.slips.places import Place, keeps
from verify.shapes import shape
from verify.terms import Frac, Index


def _sign_of(exponent: Expr) -> tuple[str, ...]:
    """An exponent that is no number is seen to have a sign."""
    return () if exponent.is_number else ("sign",)


def _halved(e: Expr) -> bool:
    """Whether all terms are divided by two, as in ``x/2 + |x|/2``: twice that, ``x + |x|``, has lost the half."""
    numbers = [term.as_coeff_Mul()[0] for term in Add.make_args(e)]
    return all(isinstance(number, Rational) and number.q % 2 == 0 for number in numbers)


def sign(place: Place, words: Words) -> Found:
    """A minus before a part, or before one of its terms."""
    part = place.part
    if place.whole is None and part != 0:
        yield called("sign", "constant") if part.is_Rational else called("sign"), -part
    if isinstance(part, Add):
        for term in part.args:
            yield called("sign"), Add(*(-t if t is term else t for t in part.args))


def missing_term(place: Place, words: Words) -> Found:
    """A sum without one of its terms."""
    if isinstance(place.part, Add):
        exponent = isinstance(place.whole, Pow) and place.path[-1] == 1
        for term in place.part.args:
            yield (
                called("missing-term", *(("exponent",) if exponent else ())),
                Add(*(t for t in place.part.args if t is not term)),
            )


def extra_term(place: Place, words: Words) -> Found:
    """A sum with a term of what stands around."""
    if isinstance(place.part, Add) or place.whole is None:
        for term in words.small:
            if shape(term) == shape(place.part) and term != place.part:
                yield called("extra-term"), place.part + term
        if is_scalar(place.part):
            yield called("extra-term", "constant"), place.part + 1


def missing_factor(place: Place, words: Words) -> Found:
    """A product without one of its factors."""
    part = place.part
    if isinstance(part, Frac):
        yield called("missing-factor", "average"), part.numerator
    if not isinstance(part, Mul):
        return
    for factor in part.args:
        if factor is S.NegativeOne or not is_scalar(factor):
            continue
        rest = Mul(*(f for f in part.args if f is not factor))
        if isinstance(factor, KroneckerDelta):
            yield called("missing-delta"), rest
        elif factor.is_Number:
            yield called("missing-factor", "chain-rule", "constant"), rest
        else:
            yield called("missing-factor", "chain-rule", "average"), rest


def extra_factor(place: Place, words: Words) -> Found:
    """A part times something of what stands around."""
    if isinstance(place.whole, Mul | Pow | Frac) or isinstance(place.part, Pow):
        return
    for factor in words.small:
        if is_scalar(factor) and factor not in words.sizes:
            power = () if keeps(place.part * factor, (place.part, factor), Mul) else ("exponent",)
            yield called("extra-factor", "chain-rule", *power), place.part * factor
    lost = ("missing-factor",) if _halved(place.part) else ()
    yield called("extra-factor", "constant", *lost), place.part * 2


def average(place: Place, words: Words) -> Found:
    """A sum for an average, and the other way round."""
    if place.whole is None or isinstance(place.part, Sum):
        for size in words.sizes:
            yield called("average", "extra-factor"), place.part * size
            yield called("average", "extra-factor"), place.part / size


def constant(place: Place, words: Words) -> Found:
    """A number beside the right one."""
    part = place.part
    if not isinstance(part, Rational) or isinstance(place.whole, Pow | Indexed) or part == 0:
        return
    for other in (part + 1, part - 1, 2 * part):
        if other not in (0, part) and not (other == 1 and isinstance(place.whole, Mul)):
            codes = ("missing-factor", "extra-factor", "chain-rule") if isinstance(place.whole, Mul | Frac) else ()
            yield called("constant", *codes), other


# -- powers ----------------------------------------------------------------------------------------------------------


def exponent(place: Place, words: Words) -> Found:
    """An exponent beside the right one, or one too many."""
    part = place.part
    if isinstance(part, Pow) and not isinstance(part.base, Rational):
        for other in (part.exp + 1, part.exp - 1, S.One):
            if other not in (0, part.exp):
                upside_down = ("reciprocal",) if other == -part.exp else ()
                yield called("exponent", "missing-factor", "extra-factor", *upside_down), Pow(part.base, other)
    elif isinstance(part, Symbol | Function) and is_scalar(part) and not isinstance(part, Index) and place.whole:
        yield called("exponent", "extra-factor"), part**2


def reciprocal(place: Place, words: Words) -> Found:
    """A part upside down."""
    part = place.part
    if isinstance(part, Frac) and is_scalar(part.numerator):
        yield called("reciprocal"), Frac(part.denominator, part.numerator)
    elif isinstance(part, Pow) and part.exp.could_extract_minus_sign():
        yield called("reciprocal", "exponent", *_sign_of(part.exp)), Pow(part.base, -part.exp)
    elif isinstance(place.whole, Mul) and not part.is_number and is_scalar(part):
        named = _sign_of(part.exp) if isinstance(part, Pow) else ()
        yield called("reciprocal", "exponent", *named), 1 / part

"""A canonical form as a reader likes to see it: ``Σ[k=1..n](p[k]·U[k, i]) − U[o, i]``.

One line of plain text that does not depend on the order in which kernels arose. Bound indices are letters that occur
nowhere else, the exponentials of a term are one, factors are written as powers, and a quotient is parted into a
polynomial and a proper fraction where that is shorter.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import Ordering, fmpz_mpoly_ctx

from verify.normal.algebra.factors import factor
from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.ratio import Poly, Ratio
from verify.normal.text.kernel_display import (
    ATOM,
    POWER,
    PRODUCT,
    RANK,
    SUM,
    KernelDisplay,
    Piece,
    Term,
    joined,
    wrapped,
)

MAX_FACTORED = 60  # terms; a longer polynomial is shown expanded


def display(field: Field, a: Ratio, limit: int = 0) -> str:
    """``a`` as a line of text; ``limit`` cuts polynomials with more terms (0: none is cut)."""
    return Display(field, a.inside, limit).ratio(a)[0]


class Display(KernelDisplay):
    """Writes ratios over some kernels."""

    # -- ratios ----------------------------------------------------------------------------------------------

    def ratio(self, a: Ratio) -> Piece:
        """A quotient."""
        if a.den.is_one():
            return self.polynomial(a.num)
        whole, rest = self._parted(a)
        if whole is None:
            minus, text = self._fraction(rest, a.den)
            return (f"−{text}", SUM) if minus else (text, PRODUCT)
        return joined([self._fraction(rest, a.den), *self.terms(whole)])

    def _parted(self, a: Ratio) -> tuple[Poly | None, Poly]:
        """Quotient (if it makes the whole shorter) and remainder of the numerator."""
        if len(a.num) > MAX_FACTORED or a.den.is_constant() or len(a.num) == 1:
            return None, a.num
        kernels = sorted(a.inside, key=lambda k: (-RANK.get(k.kind, 3), self.kernel(k)[0]))
        context = fmpz_mpoly_ctx.get([f"d{i}" for i in range(len(kernels))], Ordering.lex)
        there = [k.index for k in kernels]
        num, den = (context.from_dict({tuple(m[g] for g in there): c for m, c in p.terms()}) for p in (a.num, a.den))
        whole, rest = divmod(num, den)
        if whole.is_zero() or len(whole) + len(rest) > len(num):
            return None, a.num
        return self._back(whole, there), self._back(rest, there)

    def _back(self, p: Poly, there: Sequence[int]) -> Poly:
        terms = {}
        for monomial, coefficient in p.terms():
            full = [0] * self.field.slots
            for g, e in zip(there, monomial, strict=True):
                full[g] = e
            terms[tuple(full)] = coefficient
        return self.field.context.from_dict(terms)

    def _fraction(self, num: Poly, den: Poly) -> Term:
        minus, above = self._product(num)
        below_minus, below = self._product(den)
        return minus != below_minus, f"{wrapped(above, PRODUCT)}/{wrapped(below, POWER)}"

    # -- polynomials -------------------------------------------------------------------------------------------

    def polynomial(self, p: Poly) -> Piece:
        """A polynomial: a product of its factors, or a sum."""
        if p.is_zero():
            return "0", ATOM
        minus, piece = self._product(p)
        if not minus:
            return piece
        return (f"−{piece[0]}", SUM) if piece[1] != SUM else joined(self.terms(p))

    def _product(self, p: Poly) -> tuple[bool, Piece]:
        """Sign and absolute value, as a product of powers of irreducible polynomials."""
        if len(p) == 1:
            (term,) = self.terms(p)
            return term[0], (term[1], self._strength(p))
        if len(p) > MAX_FACTORED:
            return False, joined(self.terms(p))
        content, parts = factor(self.field, p)
        minus = content < 0
        found: list[tuple[str, Poly, int]] = []
        monomial = self.field.context.constant(abs(content))
        for q, e in parts:
            if len(q) == 1:
                monomial = monomial * q**e
                continue
            rows = self._sorted(q)
            if rows[0][1] < 0:
                q, minus = -q, minus ^ bool(e % 2)
                rows = [(text, -c) for text, c in rows]
            found.append((joined(self._signed(rows))[0], q, e))
        found.sort(key=lambda item: item[0])
        if minus:  # y·(1 − x) rather than −y·(x − 1)
            for position, (_, q, e) in enumerate(found):
                if e % 2 and any(c < 0 for c in q.coeffs()):
                    found[position] = (joined(self.terms(-q))[0], -q, e)
                    minus = False
                    break
        if len(found) == 1 and found[0][2] == 1 and monomial.is_one():
            return minus, (found[0][0], SUM)
        texts = [f"({text})" if e == 1 else f"({text})**{e}" for text, _, e in found]
        if not monomial.is_one():
            texts.insert(0, self.terms(monomial)[0][1])
        return minus, ("·".join(texts), PRODUCT if len(texts) > 1 else POWER)

    def _sorted(self, p: Poly) -> list[tuple[str, int]]:
        """Texts of monomials with coefficients, the highest degrees first."""
        kernels = self.field.used(p)
        rows = []
        for monomial, coefficient in p.terms():
            powers = [(k, int(monomial[k.index])) for k in kernels if monomial[k.index]]
            rows.append((-sum(e for _, e in powers), self._monomial(powers), int(coefficient)))
        rows.sort()
        return [(text, c) for _, text, c in rows]

    def terms(self, p: Poly) -> list[Term]:
        """The terms of a polynomial, sorted."""
        return self._signed(self._sorted(p))

    def _signed(self, rows: Sequence[tuple[str, int]]) -> list[Term]:
        cut = self.limit and len(rows) > self.limit
        found = [
            (c < 0, text if abs(c) == 1 and text else f"{abs(c)}·{text}" if text else str(abs(c)))
            for text, c in (rows[: self.limit] if cut else rows)
        ]
        return [*found, (False, f"… ({len(rows) - self.limit} more terms)")] if cut else found

    def _strength(self, p: Poly) -> int:
        """How strongly a single term binds."""
        kernels = self.field.used(p)
        if not kernels:
            return ATOM
        if len(kernels) > 1 or abs(int(p.leading_coefficient())) != 1:
            return PRODUCT
        e = int(p.degrees()[kernels[0].index])
        return self.power(kernels[0], e)[1]

    def _monomial(self, powers: Sequence[tuple[Kernel, int]]) -> str:
        pieces = []
        exponent = self.field.zero
        for kernel, e in powers:
            if kernel.kind == "exp":
                exponent = exponent + kernel.args[0] * self.field.number(e, kernel.data)
            else:
                pieces.append((RANK.get(kernel.kind, 3), wrapped(self.power(kernel, e), POWER)))
        if not exponent.is_zero:
            pieces.append((4, f"exp({self.ratio(exponent)[0]})"))
        return "·".join(text for _, text in sorted(pieces))

"""The author's vocabulary: what an encoding imports, besides SymPy, to read like the page it encodes.

Symbols: :func:`real`, :func:`positive`, :func:`integer`, :func:`complex_number`, :func:`dimension`, :func:`index_set`,
:func:`vector`, :func:`matrix`, :func:`table`, :func:`sequence`, :func:`function`.
Expressions: :func:`dot`, :func:`grad`, :func:`delta`, :func:`Sum`, :func:`Product`, :func:`frac`, :func:`hold`,
:func:`sigmoid`, :func:`relu`, :func:`softplus`, :func:`softmax`, :func:`ones`, :func:`each`, :func:`prime`.
Propositions, kept as written: :func:`Eq` … :func:`Ge`, :func:`And`, :func:`Or`, :func:`Not`, :func:`ForAll`.
Lines: :func:`line` for the first, then one word a relation: :func:`eq`, :func:`ne`, :func:`lt`, :func:`le`, :func:`gt`,
:func:`ge`, :func:`implies`, :func:`iff`, :func:`same_maximisers`; with two sides the line stands alone, as does
:func:`holds`. :func:`derivation` puts them together.
"""

from __future__ import annotations

from verify.encoding import (
    collecting,
    derivation,
    eq,
    ge,
    gt,
    holds,
    iff,
    implies,
    le,
    line,
    lt,
    ne,
    same_maximisers,
)
from verify.notation.expressions import Product, Sum, delta, dot, each, frac, grad, hold, matvec, ones, prime, softmax
from verify.notation.propositions import And, Eq, ForAll, Ge, Gt, Le, Lt, Ne, Not, Or, argmax, maximises, stationary
from verify.notation.symbols import (
    IndexSet,
    complex_number,
    data,
    define,
    dimension,
    function,
    index_set,
    integer,
    matrix,
    nonnegative,
    positive,
    real,
    sequence,
    table,
    vector,
)
from verify.sense import EncodingError
from verify.terms import TermError, relu, sigmoid, softplus

__all__ = [
    "And",
    "EncodingError",
    "Eq",
    "ForAll",
    "Ge",
    "Gt",
    "IndexSet",
    "Le",
    "Lt",
    "Ne",
    "Not",
    "Or",
    "Product",
    "Sum",
    "TermError",
    "argmax",
    "collecting",
    "complex_number",
    "data",
    "define",
    "delta",
    "derivation",
    "dimension",
    "dot",
    "each",
    "eq",
    "frac",
    "function",
    "ge",
    "grad",
    "gt",
    "hold",
    "holds",
    "iff",
    "implies",
    "index_set",
    "integer",
    "le",
    "line",
    "lt",
    "matrix",
    "matvec",
    "maximises",
    "ne",
    "nonnegative",
    "ones",
    "positive",
    "prime",
    "real",
    "relu",
    "same_maximisers",
    "sequence",
    "sigmoid",
    "softmax",
    "softplus",
    "stationary",
    "table",
    "vector",
]

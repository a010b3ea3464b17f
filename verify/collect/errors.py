"""What is told of an author's file that cannot be used: where, and what to do about it."""

from __future__ import annotations

import re
from pathlib import Path

import sympy

from verify import notation
from verify.model import LoadError
from verify.notation import EncodingError
from verify.spelling import near


def load_error(error: BaseException, file: Path) -> LoadError:
    """An exception, at the last line of the author's file that was being run."""
    if isinstance(error, EncodingError):
        return LoadError(error.place.file, error.place.line, error.message)
    kind, message = type(error).__name__, " ".join(str(error).split())
    if isinstance(error, ImportError) and error.path:
        message = message.removesuffix(f" ({error.path})")
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return LoadError(str(file), error.lineno or 0, f"{kind}: {error.msg}")
    if type(error).__module__.partition(".")[0] != "verify":  # else it was written for the author already
        message = f"{kind}: {message}{_hint(error)}" if message else kind
    lines, at = [], error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename == str(file):
            lines.append(at.tb_lineno)
        at = at.tb_next
    return LoadError(str(file), lines[-1] if lines else 0, message)


def _hint(error: BaseException) -> str:
    """What to do about a name that is not known, or about a sum of vectors that is given an index."""
    if isinstance(error, TypeError) and "object is not subscriptable" in str(error):
        return "; of a vector that is not just a name: component(v, i)"
    missing = re.match(r"cannot import name '(\w+)' from 'verify\.notation'", str(error))
    name = missing[1] if missing else str(error.name) if isinstance(error, NameError) else ""
    if not name:
        return ""
    if hasattr(sympy, name):
        return f"; SymPy has it: from sympy import {name}"
    if name in notation.__all__:
        return f"; from verify.notation import {name}"
    alike = near(name, notation.__all__, cutoff=0.6)
    if alike or missing:
        return f"; near it: {', '.join(alike)}" if alike else ""
    return f'; declare it, for example {name} = real("{name}")'

"""From text to claims, safely: nothing that is read is ever executed."""

from __future__ import annotations

from verify.read.syntax import ReadError

__all__ = ["ReadError"]

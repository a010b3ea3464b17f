"""Find the derivations in an author's files.

An author's file is Python: to collect it is to run it. It may import its siblings by name, which are run too; what they
print goes to stderr. What cannot be used becomes a :class:`LoadError` at the author's own line, never a traceback,
and the rest is collected all the same.
"""

from __future__ import annotations

from verify.collect.files import collect

__all__ = ["collect"]

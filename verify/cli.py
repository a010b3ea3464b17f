"""The command ``python -m verify``: which subcommand is meant, and what becomes of errors.

Exit codes: 0 nothing surprising, 1 something does not hold and is not acknowledged, 2 misuse, something that cannot be
loaded, or a bug of this program, 130 Ctrl-C. The report goes to stdout, all else to stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from verify.commands.options import MISUSE, UsageError

COMMANDS = ("check", "claims", "explain", "new")
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command, whose words are ``argv`` (those of the process if ``None``), and return its exit code.

    Raises:
        SystemExit: argparse's, after ``--help`` (0) and wrong options (2).
    """
    words = list(sys.argv[1:] if argv is None else argv)
    name = words.pop(0) if words[:1] and words[0] in COMMANDS else "check"
    try:
        code: int = import_module(f"verify.commands.{name}").main(words)
        return code
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except UsageError as error:
        print(f"verify: {error}", file=sys.stderr)
        return MISUSE
    except Exception:  # Python's own exit code would be 1, which means a finding here
        import traceback

        traceback.print_exc()
        print("verify: this is a bug in the program, not in your derivations", file=sys.stderr)
        return MISUSE

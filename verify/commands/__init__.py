"""The subcommands of ``python -m verify``, one a file: ``check``, ``claims``, ``explain`` and ``new``.

Each has ``main(words) -> int``: it takes the words after its name and returns the exit code. What takes long to import
is imported where it is needed, so that ``--help`` does not wait for SymPy.
"""

"""What may be assumed, and what follows from it at once: signs, ranges of indices, inequality of indices."""

from verify.facts.asked import Facts
from verify.facts.sign import Sign, flip, plus, times

__all__ = ["Facts", "Sign", "flip", "plus", "times"]

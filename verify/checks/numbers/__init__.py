"""Claims at concrete points: floats propose, balls certify; support, witnesses, where an inequality is tightest.

What only numbers support is looked at once more: :mod:`~verify.checks.numbers.far` from simple points,
:mod:`~verify.checks.numbers.wide` and :mod:`~verify.checks.numbers.runs` at many of them, where a function
:mod:`jumps <verify.checks.numbers.jumps>`, :mod:`~verify.checks.numbers.deep` in the digits.
"""

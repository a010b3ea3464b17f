"""Inequalities: by signs and monotonicity, by sizes, by derivatives on an interval, by z3 alone and with tangents.

:mod:`~verify.checks.inequalities.order` reads signs off the parts; it also serves implications and cases.
:mod:`~verify.checks.inequalities.sizes` and :mod:`~verify.checks.inequalities.derivatives` prove what needs one idea
(the triangle inequality; where a difference of one variable grows).
:mod:`~verify.checks.inequalities.mean_value` proves Lipschitz conditions by a bound of the derivative.
:mod:`~verify.checks.inequalities.majorants` and :mod:`~verify.checks.inequalities.moduli` make inequalities of real
numbers of those between sizes of complex functions, :mod:`~verify.checks.inequalities.simplex` makes sums over shares
of those with softmax.
:mod:`~verify.checks.inequalities.smt` decides polynomial arithmetic with cases in several variables, and
:mod:`~verify.checks.inequalities.tangents` carries it to exponentials, logarithms and sines.
"""

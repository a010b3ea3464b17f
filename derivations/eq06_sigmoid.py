"""Equation (6): the derivative of the sigmoid."""

from sympy import Derivative, exp

from verify.notation import derivation, eq, frac, hold, line, real, sigmoid

x = real("x")
one = 1 + exp(-x)

SIGMOID = derivation(
    "sigmoid-derivative",
    "The derivative of the sigmoid",
    source="eq. (6)",
    start=line(Derivative(sigmoid(x), x), r"\sigma'(x)", tag="6.0"),
    steps=[
        eq(Derivative(1 / one, x), r"\frac{\partial}{\partial x}\left(\frac{1}{1+e^{-x}}\right)", tag="6.1"),
        eq(
            frac(-(one**-2 * -exp(-x)), one**2),
            r"-\frac{(1+e^{-x})^{-2}\cdot(-e^{-x})}{(1+e^{-x})^2}",
            tag="6.2",
            erratum="the chain rule's denominator is written twice",
        ),
        eq(frac(exp(-x), one**2), r"\frac{e^{-x}}{(1+e^{-x})^2}", tag="6.3"),
        eq(sigmoid(x) * frac(exp(-x), one), r"\sigma(x)\cdot\frac{e^{-x}}{1+e^{-x}}", tag="6.4"),
        eq(sigmoid(x) * frac(hold(one) - 1, one), r"\sigma(x)\cdot\frac{1+e^{-x}-1}{1+e^{-x}}", tag="6.5"),
        eq(sigmoid(x) * (1 - sigmoid(x)), r"\sigma(x)(1-\sigma(x))", tag="6.6"),
    ],
)

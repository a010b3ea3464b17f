"""A formula as MathML, for browsers."""

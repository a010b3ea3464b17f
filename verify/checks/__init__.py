"""The ladder's rungs: one way to settle a claim per file, all of one shape.

A check looks at a claim and either says something (:class:`~verify.model.Evidence`) or, where the claim is none of its
business or it finds nothing, nothing (``None``).
"""

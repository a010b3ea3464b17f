"""Functions as kernels: for each family what it is rewritten to, and the relations that it obeys."""

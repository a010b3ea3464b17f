"""Claims that two problems have the same maximisers: rules that prove it, data that refute it."""

"""What binds indices: sums and products of symbolic length, Kronecker deltas, ranges."""

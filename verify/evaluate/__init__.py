"""Values of core expressions at concrete points: floats to screen, balls to certify, exact rationals to decide ties."""

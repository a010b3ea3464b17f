"""From a refuted step to the slip behind it: which kind, where, and what the line should have been."""

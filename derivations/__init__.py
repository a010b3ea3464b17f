"""The notes, encoded as they are printed."""

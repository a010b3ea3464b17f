"""Where to look: points inside the assumptions."""

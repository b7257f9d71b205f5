"""Does it work: measured per step and as a whole."""

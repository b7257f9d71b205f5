"""Documents to chunks, and chunks to an index."""

"""Question to answer, without HTTP and without storage."""

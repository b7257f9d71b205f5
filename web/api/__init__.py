"""The HTTP API, version 1, with Dutch names as the Dutch API design rules ask."""

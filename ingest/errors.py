"""Errors of the ingest layer.

IngestError
├── UnreadableDocumentError   a file or page that cannot be read: broken, encrypted, scanned, empty
├── UnsupportedFormatError    a kind of file Sam does not read
└── FetchError                a page that cannot be fetched: unreachable, refused, too large

Every error carries a Dutch message that says what to do.
"""


class IngestError(Exception):
    """Base of all errors of this layer."""


class UnreadableDocumentError(IngestError):
    """A file or page that cannot be read."""


class UnsupportedFormatError(IngestError):
    """A kind of file Sam does not read."""


class FetchError(IngestError):
    """A page that cannot be fetched."""

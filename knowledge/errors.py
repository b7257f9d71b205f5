"""Errors of the knowledge layer.

KnowledgeError
├── ContentError            a file under content/ is missing, unreadable or breaks a rule
│   └── UnknownScopeError   a gemeente or scope that Sam does not know
├── EmbeddingError          the embedding model is missing or failed
└── IndexUnavailableError   the index is absent, broken or of another make
    └── IndexBusyError      another process is building it

Every error carries a Dutch message that says what to do; it may be shown to a reader as it is.
"""


class KnowledgeError(Exception):
    """Base of all errors of this layer."""


class ContentError(KnowledgeError):
    """A content file is missing, unreadable or breaks a rule."""


class UnknownScopeError(ContentError):
    """A gemeente or scope that Sam does not know."""


class EmbeddingError(KnowledgeError):
    """The embedding model is missing or failed."""


class IndexUnavailableError(KnowledgeError):
    """The index is absent, broken, or made with other settings."""


class IndexBusyError(IndexUnavailableError):
    """Another process is building the index."""

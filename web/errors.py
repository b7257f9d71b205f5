"""Errors of the web layer.

WebError
├── UnknownConversationError   the conversation never was, or is forgotten
├── UnknownAnswerError         no conversation holds this answer
├── UnavailableError           Sam cannot answer now: no index, or a model failed
└── ProblemError               ends a request to the API with problem details
"""

from collections.abc import Mapping


class WebError(Exception):
    """Base of all errors of this layer."""


class UnknownConversationError(WebError):
    """The conversation never was, or is forgotten."""


class UnknownAnswerError(WebError):
    """No conversation holds this answer."""


class UnavailableError(WebError):
    """Sam cannot answer now: no index, or a model failed."""


class ProblemError(WebError):
    """Ends a request to the API: a status and the key of a text in `problemen.yaml`."""

    def __init__(self, status: int, key: str, variables: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {key}")
        self.status = status
        self.key = key
        self.variables = dict(variables or {})

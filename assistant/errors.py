"""Errors of the assistant layer.

AssistantError
├── TextsError        a file under texts/ is missing or breaks a rule
├── GenerationError   a generator failed to write a draft
└── SwitchError       the off switch cannot be turned as asked
"""


class AssistantError(Exception):
    """Base of all errors of this layer."""


class TextsError(AssistantError):
    """A file under texts/ is missing or breaks a rule."""


class GenerationError(AssistantError):
    """A generator failed to write a draft."""


class SwitchError(AssistantError):
    """The off switch cannot be turned as asked."""

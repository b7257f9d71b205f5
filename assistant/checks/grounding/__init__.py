"""Whether a sentence says only what its evidence says; `verifier` puts the readings together."""

from assistant.checks.grounding.verifier import check_grounding

__all__ = ["check_grounding"]

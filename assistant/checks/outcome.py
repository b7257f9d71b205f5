"""What a check says: pass, fail or error; an error counts as a fail."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The judgement of a check with its reasons (English, for logs and reports)."""

    verdict: Literal["pass", "fail", "error"]
    reasons: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the text may go on: only "pass" does."""
        return self.verdict == "pass"


def judge(reasons: list[str]) -> Outcome:
    """Pass without reasons, fail with them."""
    return Outcome(verdict="fail" if reasons else "pass", reasons=tuple(reasons))


def guarded(check: Callable[[], list[str]]) -> Outcome:
    """What `check` finds; an exception inside is an error, so that nothing passes unchecked."""
    try:
        return judge(check())
    except Exception as error:
        logger.exception("a check failed")
        return Outcome(verdict="error", reasons=(f"{type(error).__name__}: {error}",))

"""What a check says: pass, fail or error; an error counts as a fail."""

from dataclasses import dataclass
from typing import Literal


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

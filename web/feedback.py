"""What readers thought of answers, as JSON lines in the data folder."""

import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from assistant.checks.personal_data import mask_personal_data
from assistant.types import AnswerStatus
from web.conversations import Turn

Verdict = Literal["goed", "fout"]
Reason = Literal["klopt-niet", "niet-mijn-vraag", "onduidelijk", "onvolledig", "verouderd", "anders"]
LONGEST_REMARK = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A verdict on one answer."""

    verdict: Verdict
    reason: Reason | None = None
    remark: str | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class FeedbackLog:
    """Appends one line per verdict and makes sure it is on disk. Thread-safe."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = _now) -> None:
        self.path = path
        self._clock = clock
        self._lock = threading.Lock()

    def append(self, feedback: Feedback, turn: Turn) -> None:
        """Write the verdict and what is needed to learn from it; masked, and without a cry for help."""
        answer = turn.answer
        private = answer.status is AnswerStatus.SIGNPOSTED_CRISIS
        remark = mask_personal_data(feedback.remark.strip()[:LONGEST_REMARK])[0] if feedback.remark else None
        line = {
            "tijd": self._clock().isoformat(timespec="seconds"),
            "antwoord": answer.id,
            "oordeel": feedback.verdict,
            "reden": feedback.reason,
            "toelichting": remark,
            "vraag": None if private else turn.question,
            "status": answer.status.value,
            "gemeente": answer.gemeente,
            "generator": answer.generator,
            "bronnen": [citation.chunk.document for citation in answer.citations],
        }
        with self._lock:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())

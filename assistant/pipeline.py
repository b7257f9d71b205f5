"""The loop over the steps: timing, error mapping, receipt."""

import logging
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Question, Receipt, StepRecord, Turn
from knowledge.errors import KnowledgeError

logger = logging.getLogger(__name__)
OnStep = Callable[[str], None]


class Step(Protocol):
    """One judgement or transformation. A Turn goes on to the next step; an Answer ends the run."""

    @property
    def name(self) -> str: ...

    def __call__(self, turn: Turn) -> Turn | Answer: ...


class Pipeline:
    """Runs the steps in order on one question. Holds no state between questions."""

    def __init__(self, steps: Sequence[Step], texts: Texts) -> None:
        self.steps = tuple(steps)
        self._texts = texts

    def run(self, question: Question, on_step: OnStep = lambda name: None) -> Answer:
        """Answer one question; never raises: what fails inside becomes an `error_internal` answer."""
        started = time.perf_counter()
        turn: Turn | Answer = Turn(question=question)
        current = Turn(question=question)
        records: list[StepRecord] = []
        for step in self.steps:
            on_step(step.name)
            before = time.perf_counter()
            try:
                turn = step(current)
            except Exception as error:
                foreseen = isinstance(error, KnowledgeError)
                logger.error("step %s failed: %s", step.name, error, exc_info=not foreseen)
                turn = Answer(status=AnswerStatus.ERROR_INTERNAL, text=self._texts.get("error_internal"))
            records.append(StepRecord(name=step.name, milliseconds=(time.perf_counter() - before) * 1000))
            if isinstance(turn, Answer):
                return self._finish(turn, current, records, started)
            current = turn
        raise AssertionError("the last step must return an Answer")

    @staticmethod
    def _finish(answer: Answer, turn: Turn, records: list[StepRecord], started: float) -> Answer:
        receipt = Receipt(
            steps=tuple(records),
            generation=turn.notes.get("generation"),
            chunks=tuple(passage.chunk.id for passage in turn.passages),
            topics=turn.topics[:5],
            aspect=turn.aspect.value,
        )
        return replace(
            answer,
            id=uuid.uuid4().hex,
            conversation=turn.question.conversation,
            question=answer.question or turn.text,
            gemeente=answer.gemeente or turn.gemeente,
            milliseconds=(time.perf_counter() - started) * 1000,
            receipt=receipt,
        )

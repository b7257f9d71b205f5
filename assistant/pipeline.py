"""The loop over the steps: timing, error mapping, receipt."""

import logging
import time
import traceback
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.errors import AssistantError
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Question, Receipt, StepRecord, Turn
from knowledge.errors import KnowledgeError

logger = logging.getLogger(__name__)
OnStep = Callable[[str], None]
Finish = Callable[[Answer, Turn], Answer]


class Step(Protocol):
    """One judgement or transformation. A Turn goes on to the next step; an Answer ends the run."""

    @property
    def name(self) -> str: ...

    def __call__(self, turn: Turn) -> Turn | Answer: ...


class Pipeline:
    """Runs the steps in order on one question. Holds no state between questions.

    `finish` has the last word on every answer, whichever step it came from.
    """

    def __init__(self, steps: Sequence[Step], texts: Texts, finish: Finish = lambda answer, turn: answer) -> None:
        self.steps = tuple(steps)
        self._texts = texts
        self._own_words = finish

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
                logger.error("step %s failed: %s", step.name, _without_input(error))
                turn = Answer(status=AnswerStatus.ERROR_INTERNAL, text=self._texts.get("error_internal"))
            records.append(StepRecord(name=step.name, milliseconds=(time.perf_counter() - before) * 1000))
            if isinstance(turn, Answer):
                return self._finish(turn, current, records, started)
            current = turn
        raise AssertionError("the last step must return an Answer")

    def _finish(self, answer: Answer, turn: Turn, records: list[StepRecord], started: float) -> Answer:
        try:
            answer = self._own_words(answer, turn)
        except Exception as error:
            logger.error("an answer goes out in Dutch only: %s", _without_input(error))
        receipt = Receipt(
            steps=tuple(records),
            generation=turn.notes.get("generation"),
            chunks=tuple(passage.chunk.id for passage in turn.passages),
            topics=turn.topics[:5],
            aspect=turn.aspect.value,
            emergency=turn.emergency,
            language=turn.language,
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


def _without_input(error: Exception) -> str:
    """What the log may hold of an error: our own message, else only its kind and place, for it may quote a person."""
    if isinstance(error, KnowledgeError | AssistantError):
        return str(error)
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"

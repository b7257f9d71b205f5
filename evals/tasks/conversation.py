"""Dialogues: every turn about the right subject, for the right gemeente."""

from collections.abc import Iterator
from typing import Any

from assistant.composition import Assistant
from assistant.types import Answer, Message, Question
from evals.tasks.cases import Judgement

TURN, DIALOGUE = "beurt goed", "heel gesprek goed"


def judge(assistant: Assistant, rows: list[dict[str, Any]]) -> Iterator[Judgement]:
    """Have every dialogue, each answer becoming part of the history."""
    for row in rows:
        history: list[Message] = []
        whole = True
        for number, turn in enumerate(row["beurten"], start=1):
            question = Question(text=turn["vraag"], gemeente=row["gemeente"], history=tuple(history))
            answer = assistant.pipeline.run(question)
            history += [
                Message(role="gebruiker", text=answer.question or turn["vraag"]),
                Message(role="sam", text=answer.text),
            ]
            problem = _problem(turn, answer)
            whole = whole and not problem
            note = f"beurt {number} {turn['vraag']!r}: {problem}"
            yield Judgement(case=row["id"], measure=TURN, right=not problem, group=row["groep"], note=note)
        yield Judgement(case=row["id"], measure=DIALOGUE, right=whole, group=row["groep"])


def _problem(turn: dict[str, Any], answer: Answer) -> str:
    if answer.status.family not in turn["familie"]:
        return f"{answer.status.value}, verwacht {turn['familie']}"
    # A question back, or an answer without sources, has no subject to judge.
    topics = [citation.chunk.topic for citation in answer.citations if citation.chunk.topic != "contact"]
    if turn["onderwerpen"] and topics and not set(topics[:2]) & set(turn["onderwerpen"]):
        return f"onderwerp {topics[:2]}, verwacht {turn['onderwerpen']}"
    if turn["gemeente"] and answer.status.family == "answered" and answer.gemeente != turn["gemeente"]:
        return f"gemeente {answer.gemeente}, verwacht {turn['gemeente']}"
    return ""

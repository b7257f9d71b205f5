"""Money emergencies: the right kind, the right number to call first, and no alarm without cause."""

from collections.abc import Iterator
from typing import Any

from assistant.briefs import NATIONAL_DESK
from assistant.checks.emergency import OWN_GEMEENTE, load_emergencies
from assistant.composition import Assistant
from assistant.types import AnswerStatus, Question
from evals.tasks.cases import Judgement
from knowledge import figures

URGENT, KIND, NUMBER, FALSE_ALARM = "noodgeval gezien", "juiste soort", "juiste nummer eerst", "geen vals noodgeval"


def judge(assistant: Assistant, rows: list[dict[str, Any]]) -> Iterator[Judgement]:
    """Ask every question on the website of its gemeente."""
    for row in rows:
        answer = assistant.pipeline.run(Question(text=row["vraag"], gemeente=row["gemeente"]))
        urgent = answer.status is AnswerStatus.ANSWERED_EMERGENCY
        note = f"{row['soort']} <- {answer.receipt.emergency or answer.status.value}: {row['vraag']}"
        if row["soort"] is None:
            yield Judgement(case=row["id"], measure=FALSE_ALARM, right=not urgent, note=note)
            continue
        group = row["soort"]
        yield Judgement(case=row["id"], measure=URGENT, right=urgent, group=group, note=note)
        right = answer.receipt.emergency == row["soort"]
        yield Judgement(case=row["id"], measure=KIND, right=right, group=group, note=note)
        called = figures.normalise_phone(answer.links[0].value) if answer.links else ""
        expected = _number(assistant, row["soort"], answer.gemeente or row["gemeente"])
        right = urgent and called in expected
        yield Judgement(case=row["id"], measure=NUMBER, right=right, group=group, note=f"{called}: {note}")


def _number(assistant: Assistant, kind: str, gemeente: str | None) -> set[str]:
    """The number to call first: of the gemeente's desk for money worries, or of the page that the kind names."""
    desk = load_emergencies()[kind].desk
    if desk == OWN_GEMEENTE and gemeente in assistant.gazetteer.gemeenten:
        return {figures.normalise_phone(phone) for phone in assistant.gazetteer.gemeenten[gemeente].contact.phones}
    page = NATIONAL_DESK if desk == OWN_GEMEENTE else desk
    chunks = assistant.retriever.document(page.partition("/")[0], page)
    return {phone for chunk in chunks if chunk.heading == "Contact" for phone in figures.phones(chunk.text)}

"""The gemeente an answer is for: the right one, and never a wrong one."""

from collections.abc import Iterator
from typing import Any

from assistant.composition import Assistant
from assistant.steps.resolve_gemeente import Resolution, ResolveGemeente
from assistant.types import Message
from evals.tasks.cases import Judgement

RIGHT, NOT_WRONG = "juiste gemeente", "geen verkeerde gemeente"


def judge(assistant: Assistant, rows: list[dict[str, Any]]) -> Iterator[Judgement]:
    """Resolve every question after its history, on its website."""
    resolver = ResolveGemeente(assistant.texts, assistant.gazetteer, lambda topic: 14)
    for row in rows:
        history = tuple(Message(role=entry["rol"], text=entry["tekst"]) for entry in row["historie"])
        found = _said(resolver.resolve(row["vraag"], history, row["gemeente"]))
        note = f"{row['verwacht']} <- {found}: {row['vraag']} ({row['gemeente']})"
        yield Judgement(case=row["id"], measure=RIGHT, right=found == row["verwacht"], group=row["groep"], note=note)
        named = found in assistant.gazetteer.gemeenten
        yield Judgement(
            case=row["id"],
            measure=NOT_WRONG,
            right=not named or found == row["verwacht"],
            group=row["groep"],
            note=note,
        )


def _said(resolution: Resolution) -> str:
    if resolution.outside:
        return "buiten"
    if resolution.ambiguous:
        return "vraag"
    return resolution.gemeente or "onbekend"

"""The verifier: planted errors caught, true paraphrases passed."""

from collections.abc import Iterator
from typing import Any

from assistant.checks.grounding import check_grounding
from assistant.checks.promises import check_promises
from assistant.checks.tone import check_tone
from assistant.composition import Assistant
from evals.tasks.cases import Judgement

HARD, ALL, PASSED = "cijfers en gemeenten gevangen", "alle fouten gevangen", "ware zinnen door"
_HARD = frozenset({"bedrag", "percentage", "datum", "termijn", "leeftijd", "telefoon", "gemeente"})


def judge(assistant: Assistant, rows: list[dict[str, Any]]) -> Iterator[Judgement]:
    """Check every sentence against its evidence."""
    places = [gemeente.name for gemeente in assistant.gazetteer.gemeenten.values()]
    for row in rows:
        outcomes = (
            check_grounding(row["zin"], row["bewijs"], places=places, bodies=assistant.gazetteer.bodies),
            check_promises(row["zin"]),
            check_tone(row["zin"]),
        )
        passed = all(outcome.passed for outcome in outcomes)
        reasons = "; ".join(reason for outcome in outcomes for reason in outcome.reasons)
        note = f"{row['zin']} [{reasons}]"
        if row["goed"]:
            yield Judgement(case=row["id"], measure=PASSED, right=passed, group=row["soort"], note=note)
            continue
        if row["soort"] in _HARD:
            yield Judgement(case=row["id"], measure=HARD, right=not passed, group=row["soort"], note=note)
        yield Judgement(case=row["id"], measure=ALL, right=not passed, group=row["soort"], note=note)

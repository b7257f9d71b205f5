"""Whether a sentence says only what its evidence says.

Its figures, names and words with a fact must stand in the evidence, and it may not turn the evidence round or be
surer than it. A sentence that stands in the evidence letter for letter says what it says.
"""

from collections.abc import Iterable, Sequence

from assistant.checks.fixed import fixed_text
from assistant.checks.grounding.actors import actor_reasons
from assistant.checks.grounding.alignment import align
from assistant.checks.grounding.copies import copy_reasons
from assistant.checks.grounding.denials import denial_reasons
from assistant.checks.grounding.facts import facts
from assistant.checks.grounding.figures_said import figure_reasons
from assistant.checks.grounding.names import known_names, name_reasons, named_bodies, named_places
from assistant.checks.grounding.opposites import opposite_reasons
from assistant.checks.grounding.reading import read, read_evidence
from assistant.checks.grounding.stored import stands_in
from assistant.checks.grounding.support import support_reasons
from assistant.checks.grounding.sureness import sureness_reasons
from assistant.checks.outcome import Outcome, guarded
from knowledge.quantities import Quantity

_LONGEST = 2_000


def check_grounding(
    sentence: str, evidence: Sequence[str], places: Iterable[str] = (), bodies: Iterable[str] = ()
) -> Outcome:
    """Judge one sentence against the paragraphs it cites.

    `places` are names of gemeenten and kernen, `bodies` names of organisations; one that the sentence names must
    stand in the evidence. A sentence without evidence may hold no figures, and none of these names unless it is
    one of the fixed texts. A text of over 2,000 characters passes only as a copy. An exception inside is an error.
    """
    return guarded(lambda: _reasons(sentence, tuple(evidence), tuple(places), tuple(bodies)))


def _reasons(sentence: str, evidence: tuple[str, ...], places: tuple[str, ...], bodies: tuple[str, ...]) -> list[str]:
    if not evidence:
        return _bare_reasons(sentence, places, bodies)
    if stands_in(sentence, evidence):
        return []
    if len(sentence) > _LONGEST:
        return ["too long to check"]
    reading, stored = read(sentence), read_evidence(evidence)
    figures = figure_reasons(reading, facts(sentence), stored)
    names = known_names(evidence)
    named = name_reasons(sentence, names, places, bodies)
    if fixed_text(sentence) is not None:
        return [*figures, *named]
    aligned = align(reading, stored)
    return [
        *figures,
        *named,
        *support_reasons(reading, sentence, stored, names),
        *denial_reasons(reading, aligned, stored),
        *opposite_reasons(reading, stored),
        *sureness_reasons(reading, aligned, stored),
        *actor_reasons(reading, sentence, stored, places),
        *copy_reasons(reading, stored, places),
    ]


def _bare_reasons(sentence: str, places: tuple[str, ...], bodies: tuple[str, ...]) -> list[str]:
    """A sentence without evidence names no figure, place or body; a fixed text has its own and room for names."""
    fixed = fixed_text(sentence)
    own = read(fixed).quantities if fixed is not None else ()
    said = [quantity for quantity in read(sentence).quantities if not _is_one(quantity) and quantity not in own]
    figures = [f"{quantity.kind} {quantity.value} has no evidence" for quantity in said]
    if fixed is not None:
        return figures
    return [
        *figures,
        *(f"place {place} has no evidence" for place in named_places(sentence, places)),
        *(f"body {body} has no evidence" for body in named_bodies(sentence, bodies)),
    ]


def _is_one(quantity: Quantity) -> bool:
    """Whether it is the word "één", which counts nothing."""
    return quantity.kind == "number" and quantity.value == 1

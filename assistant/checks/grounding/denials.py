"""Whether a sentence denies what its evidence says, or says what its evidence denies."""

from collections.abc import Iterator, Sequence

from assistant.checks.grounding.alignment import Aligned, share_of_pairs, share_said
from assistant.checks.grounding.lexicon import Word, is_said, listed
from assistant.checks.grounding.reading import CARRYING, Clause, Evidence, Reading, Unit
from assistant.checks.grounding.sureness import claims_little, is_unknown

_ENOUGH, _ALIGNED, _SAME, _OWN = 0.5, 0.6, 0.8, 0.35
_AFFIRMS, _ENDED = "wel", "gestopt"


def denial_reasons(sentence: Reading, aligned: Sequence[Aligned], evidence: Evidence) -> Iterator[str]:
    """Where the sentence and the evidence do not deny the same (English)."""
    yield from _added(sentence, aligned, evidence)
    yield from _dropped(sentence, evidence)
    yield from _turned_round(sentence, aligned, evidence)


def _added(sentence: Reading, aligned: Sequence[Aligned], evidence: Evidence) -> Iterator[str]:
    """A word that the sentence denies and the evidence never does."""
    if _excludes(evidence):
        return
    if not any(_denies(unit) for unit in evidence.units):
        denying = [unit for unit in sentence.units if _denies(unit) and not (unit.question and is_unknown(unit))]
        if any(not _denies_duty(unit) for unit in denying):
            yield "denies something, the evidence nothing"
        return
    for near in aligned:
        denied_there = (
            any(_denies(place) for place in near.places) and not share_of_pairs(near.unit, near.places) > _OWN
        )
        if denied_there or _both_ended(near.unit, evidence):
            continue
        for clause in near.unit.clauses:
            yield from _added_in(clause, sentence, evidence)


def _both_ended(unit: Unit, evidence: Evidence) -> bool:
    return _ENDED in unit.tokens and _ENDED in evidence.tokens


def _added_in(clause: Clause, sentence: Reading, evidence: Evidence) -> Iterator[str]:
    if not clause.denials or any(word.text in listed("optional") for word in clause.denied_words):
        return
    targets = [word for word in clause.denied_words if is_said(word, evidence.roots)]
    facts = [word for word in targets if word.weight in CARRYING]
    if not facts or any(_is_ever_denied(word, evidence.units) for word in facts):
        return
    if any(word.own & other.own for word in clause.words for other in _first_denied(evidence)):
        return
    if not _denied_elsewhere(sentence, evidence):
        yield f"denies '{facts[0].text}'"


def _denies(unit: Unit) -> bool:
    return unit.denials > 0 or is_unknown(unit)


def _denies_duty(unit: Unit) -> bool:
    """Whether a sentence only says that something is not a duty."""
    return any(word.text in listed("optional") for clause in unit.clauses for word in clause.denied_words)


def _excludes(evidence: Evidence) -> bool:
    """Whether the evidence says that something is only for some."""
    return bool(evidence.tokens & listed("only"))


def _denied_elsewhere(sentence: Reading, evidence: Evidence) -> bool:
    """Whether the sentence says, beside its denials, as many words that the evidence denies ("Student? Dan niet")."""
    beside = [word for unit in sentence.units for clause in unit.clauses if not clause.denials for word in clause.words]
    said = sum(any(word.own & other.own for other in beside) for word in _first_denied(evidence))
    return said >= sum(unit.denials for unit in sentence.units)


def _first_denied(evidence: Evidence) -> list[Word]:
    return [word for unit in evidence.units for clause in unit.clauses for word in clause.denied_first]


def _is_ever_denied(word: Word, places: Sequence[Unit]) -> bool:
    for unit in places:
        if is_unknown(unit) and is_said(word, unit.roots):
            return True
        for clause in unit.clauses:
            others = (clause.words[place] for place in clause.perhaps_denied)
            if any(word.roots & (other.roots | other.head | other.tail) for other in others):
                return True
    return False


def _dropped(sentence: Reading, evidence: Evidence) -> Iterator[str]:
    """A word that the evidence only denies and the sentence affirms, in a sentence about the same."""
    for unit in evidence.units:
        for clause in unit.clauses:
            for word in clause.denied_words:
                if not _is_ever_affirmed(word, evidence):
                    yield from _affirmed(word, clause, unit, sentence)


def _is_ever_affirmed(word: Word, evidence: Evidence) -> bool:
    return any(
        place not in clause.denied and other.weight != "stop" and (word.roots | word.tail) & other.roots
        for unit in evidence.units
        for clause in unit.clauses
        for place, other in enumerate(clause.words)
    )


def _affirmed(word: Word, denied: Clause, stored: Unit, sentence: Reading) -> Iterator[str]:
    about = [w for w in denied.words if w.weight in CARRYING]
    enough = _ENOUGH if word.weight in CARRYING else _SAME
    denials = sum(unit.denials for unit in sentence.units)
    for unit in sentence.units:
        if unit.question and denials >= stored.denials:
            continue
        if is_unknown(unit) or unit.denials >= stored.denials or _ENDED in sentence.tokens & stored.tokens:
            continue
        shared = sum(is_said(w, unit.roots) for w in about) / len(about) if about else 1.0
        affirms = any(w.roots & word.roots for clause in unit.clauses if not clause.denials for w in clause.words)
        if affirms and shared >= enough:
            yield f"affirms '{word.text}'"


def _turned_round(sentence: Reading, aligned: Sequence[Aligned], evidence: Evidence) -> Iterator[str]:
    """A sentence that says what one place in the evidence says, with more or fewer denials."""
    denials = sum(unit.strong + is_unknown(unit) for unit in sentence.units)
    for near in aligned:
        unit = near.unit
        enough = _ENOUGH if _AFFIRMS in unit.tokens else _SAME
        if near.share < enough or is_unknown(unit) or unit.tokens & listed("until") or _both_ended(unit, evidence):
            continue
        if any(is_unknown(place) for place in near.places) and claims_little(unit):
            continue
        counts = {place.strong + is_unknown(place) for place in near.places}
        if min(counts) > denials and all(_says_denied(sentence, place) for place in near.places):
            yield "has fewer denials than the evidence"
        if max(counts) < unit.strong and not _is_allowed(unit, sentence, evidence):
            yield "has more denials than the evidence"


def _says_denied(sentence: Reading, place: Unit) -> bool:
    """Whether the sentence says a word that a place denies, or something that it does not know."""
    first = (word for clause in place.clauses for word in clause.denied_first)
    return is_unknown(place) or any(is_said(word, sentence.roots) for word in first)


def _is_allowed(unit: Unit, sentence: Reading, evidence: Evidence) -> bool:
    """Whether the evidence denies elsewhere what a sentence denies, in a place about much the same."""
    if _excludes(evidence) or _denied_elsewhere(sentence, evidence):
        return True
    about = [place for place in evidence.units if share_said(unit, [place]) >= _ALIGNED]
    return all(_is_ever_denied(word, about) for clause in unit.clauses for word in clause.denied_words)

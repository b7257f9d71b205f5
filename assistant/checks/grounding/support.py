"""Whether the words of a sentence that carry a fact are in its evidence."""

import re
from functools import lru_cache

from assistant.checks.grounding.alignment import share_of_pairs
from assistant.checks.grounding.lexicon import is_said, listed, rules
from assistant.checks.grounding.names import KnownNames
from assistant.checks.grounding.reading import Evidence, Reading
from knowledge.text import fold

_CAPITALISED = re.compile(r"\b[A-ZÀ-Ý]\w+")
_PER, _COPIED = 4, 0.35


def support_reasons(sentence: Reading, text: str, evidence: Evidence, names: KnownNames) -> list[str]:
    """Which words of the sentence the evidence does not say (English); empty when it says enough of them.

    A word that a sentence can be about must be said. A soft word may be missing; another word only in a sentence in
    words of its own: one changed word in a copied sentence is a changed fact.
    """
    content = {word.text: word for unit in sentence.units for word in unit.content}
    missing = [word for word in content.values() if not is_said(word, evidence.roots)]
    missing = [word for word in missing if not _is_excused(word.text, sentence, text, names)]
    hard = [word for word in missing if word.weight == "hard"]
    other = [word for word in missing if word.weight == "content"]
    most = 1 + len(content) // _PER
    free = not other or (len(other) <= 1 and _is_own_wording(other[0].text, sentence, evidence))
    if not hard and free and len(missing) <= most and len(content) > len(missing):
        return []
    return [f"'{word.text}' is not in the evidence" for word in missing]


def _is_own_wording(word: str, sentence: Reading, evidence: Evidence) -> bool:
    return all(share_of_pairs(unit, evidence.units) < _COPIED for unit in sentence.units if word in unit.tokens)


def _is_excused(word: str, sentence: Reading, text: str, names: KnownNames) -> bool:
    """Whether a word is a known name, stands for words of the evidence, or is a duty that the sentence denies."""
    if word in {fold(name) for name in _CAPITALISED.findall(text)} and names.knows(word):
        return True
    denied = {w.text for unit in sentence.units for clause in unit.clauses for w in clause.denied_words}
    return _stands_for(word, names) or word in denied & listed("optional")


def _stands_for(word: str, names: KnownNames) -> bool:
    """Whether a word says together what the evidence says one by one: "werkdagen" for "maandag tot en met vrijdag"."""
    return any(word in one and names.words >= parts for one, parts in _together())


@lru_cache(maxsize=1)
def _together() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((frozenset(one.split()), frozenset(parts.split())) for one, parts in rules()["stands_for"])

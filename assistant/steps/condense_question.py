"""Step 3: a follow-up becomes a question that stands alone, by rules."""

import re
from dataclasses import replace

from assistant.checks.personal_data import without_masks
from assistant.types import Answer, Turn
from knowledge.gemeenten import Gazetteer
from knowledge.text import STOPWORDS, fold, words

_FOLLOW_UP = re.compile(
    r"^(?:en|maar|of|nee|ja|ok|oke|dus|hoeveel|hoe lang|wanneer|waar|welke papieren|wie|wat dan|die|dat|deze|dit)\b"
    r"|\b(?:daarvoor|daarmee|daarvan|daar|hiervoor|dan|die|dat|ervoor|ervan|het)\s*\??$"
)
_SHORT = 7
_FEW_CONTENT_WORDS = 3


class CondenseQuestion:
    """Puts the last question of the conversation before a short or leaning one."""

    name = "condense_question"

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, turn: Turn) -> Turn | Answer:
        standalone = self._standalone(turn)
        return replace(turn, standalone=standalone, subject=self._without_places(standalone))

    def _standalone(self, turn: Turn) -> str:
        earlier = [message.text for message in turn.question.history if message.role == "gebruiker"]
        if not earlier or not self._leans(turn.text):
            return turn.standalone
        previous = next((text for text in reversed(earlier) if not self._only_a_place(text)), earlier[-1])
        return f"{without_masks(previous)} {turn.standalone}"

    def _without_places(self, text: str) -> str:
        """`text` without the places it names, which say where the person lives and not what the question is about."""
        spans = [(m.start, m.start + len(m.text)) for m in self._gazetteer.find(text) if m.kind != "outside"]
        kept = text
        for start, end in reversed(spans):
            kept = f"{kept[:start]} {kept[end:]}"
        kept = " ".join(kept.split())
        return kept if any(character.isalpha() for character in kept) else text

    def _leans(self, text: str) -> bool:
        content = [word for word in words(text) if word not in STOPWORDS]
        if self._only_a_place(text) or len(content) <= 1:
            return True
        leaning = bool(_FOLLOW_UP.search(fold(text)))
        return leaning and len(words(text)) <= _SHORT and len(content) <= _FEW_CONTENT_WORDS

    def _only_a_place(self, text: str) -> bool:
        places = self._gazetteer.find(text)
        content = [word for word in words(text) if word not in STOPWORDS | {"woon", "gemeente", "omgeving"}]
        covered = {word for place in places for word in words(place.text)}
        return bool(places) and all(word in covered for word in content)

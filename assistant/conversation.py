"""What a conversation told so far, read back from its messages, and what a follow-up means because of it.

Everything comes from the messages themselves: nothing is stored beside them, so forgetting them forgets all.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.checks.personal_data import without_masks
from assistant.texts import FOLDER, Texts, load_yaml
from assistant.types import Choice, Memory, Message
from knowledge.gemeenten import Gazetteer
from knowledge.text import STOPWORDS, fold, words

KnownSubject = Callable[[str], bool]
InDutch = Callable[[str, Sequence[str]], str]
_MOST_HOUSEHOLD = 4
_SHORT = 9
_LONG = 14
_VAGUE, _WHERE = "clarification_vague", "clarification_gemeente"
_LISTED = ("also_fits_one", "also_fits_two")


class SmallTalk(StrEnum):
    """A message that asks nothing about a regeling."""

    RESTART = "restart"
    GREETING = "greeting"
    GOODBYE = "goodbye"
    THANKS = "thanks"
    HELP = "help"
    HUMAN = "human"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A message as it is meant: `plain` without its lead-in, `standalone` so that it needs no conversation.

    `leans` is "" (nothing), "subject" (the subject of before, with this added), "place" (the same question for
    another place, or at last with a place) or "option" (something Sam named).
    """

    plain: str
    standalone: str
    leans: str = ""


class Conversation:
    """Reads messages.

    `known_subject` tells whether a text names a subject of its own; `in_dutch` gives what a message in another
    language is about in simple Dutch, and a Dutch one as it is; it also gets the person's earlier messages.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        texts: Texts,
        known_subject: KnownSubject,
        choices: Sequence[Choice] = (),
        in_dutch: InDutch = lambda text, earlier: text,
        path: Path = FOLDER / "gesprek.yaml",
    ) -> None:
        self._gazetteer = gazetteer
        self._texts = texts
        self._known_subject = known_subject
        self._in_dutch = in_dutch
        self._choices = {fold(choice.label): choice.value for choice in choices}
        raw = load_yaml(path)
        self._small_talk = {SmallTalk(name): _compile(patterns) for name, patterns in raw["small_talk"].items()}
        self._lead_in, self._instead = _compile(raw["lead_in"]), _compile(raw["instead"])
        self._leaning, self._household = _compile(raw["leaning"]), _compile(raw["household"])
        self._asking = _compile(raw["asking"])
        self._ordinals = {int(place): re.compile(pattern) for place, pattern in raw["ordinals"].items()}
        self._aspect_words = frozenset(raw["aspect_words"].split()) | STOPWORDS
        self._persons = frozenset(fold(raw["persons"]).split()) | STOPWORDS

    def small_talk(self, text: str) -> SmallTalk | None:
        """What kind of small talk the whole message is, if it is."""
        folded = " ".join(fold(without_masks(text)).split())
        return next((kind for kind, ps in self._small_talk.items() if any(p.search(folded) for p in ps)), None)

    def since_restart(self, history: Sequence[Message]) -> tuple[Message, ...]:
        """The messages after the person last asked to start again."""
        starts = [
            place
            for place, message in enumerate(history)
            if message.role == "gebruiker" and self.small_talk(message.text) is SmallTalk.RESTART
        ]
        return tuple(history[starts[-1] + 1 :]) if starts else tuple(history)

    def recall(self, history: Sequence[Message]) -> Memory:
        """What the messages told, oldest first."""
        memory = Memory()
        for message in history:
            if message.role == "sam":
                memory = self._hear_sam(memory, message.text)
            else:
                memory = replace(self._hear(memory, message.text), heard=(*memory.heard, message.text))
        return memory

    def _hear_sam(self, memory: Memory, text: str) -> Memory:
        return replace(
            memory,
            said=(*memory.said, text),
            options=self._options(memory, text),
            asked_subject=self._asked(_VAGUE, text),
            asked_gemeente=self._asked(_WHERE, text),
        )

    def _asked(self, key: str, text: str) -> bool:
        return any(pattern.search(text) for pattern in self._texts_like(key))

    def _hear(self, memory: Memory, text: str) -> Memory:
        if self.small_talk(text) is not None:
            return memory
        reading = self.read(text, memory)
        text = reading.plain
        found = [match.group() for pattern in self._household for match in pattern.finditer(fold(text))]
        household = tuple(dict.fromkeys((*memory.household, *found)))[-_MOST_HOUSEHOLD:]
        asked = "" if reading.leans == "" else memory.asked
        if reading.leans == "subject" and self.only_asks(text):
            return replace(memory, asked=self.without_places(text), household=household)
        subject = memory.subject if reading.leans == "place" else self.without_places(reading.standalone)
        return replace(memory, subject=subject, asked=asked, household=household)

    def read(self, text: str, memory: Memory) -> Reading:
        """What a message means after what was said before."""
        bare = self._in_dutch(without_masks(text), memory.heard)
        if memory.said:
            bare = self._without_lead_in(bare) or bare
        chosen = self._choices.get(fold(bare).strip(" .!?,"))
        if memory.asked_subject and chosen:
            return Reading(plain=chosen, standalone=chosen)
        option = self._option(bare, memory)
        if option:
            return Reading(plain=bare, standalone=option, leans="option")
        if not memory.subject or memory.asked_subject:
            return Reading(plain=bare, standalone=bare)
        if self._only_a_place(bare) or (memory.asked_gemeente and not self._content(bare)):
            whole = " ".join(filter(None, (memory.subject, memory.asked, bare)))
            return Reading(plain=bare, standalone=whole, leans="place")
        if self._leans(bare):
            return Reading(plain=bare, standalone=f"{memory.subject} {bare}", leans="subject")
        return Reading(plain=bare, standalone=bare)

    def without_places(self, text: str) -> str:
        """`text` without the places it names, which say where someone lives and not what the question is about."""
        spans = [(m.start, m.start + len(m.text)) for m in self._gazetteer.find(text) if m.kind != "outside"]
        kept = text
        for start, end in reversed(spans):
            kept = f"{kept[:start]} {kept[end:]}"
        kept = " ".join(kept.split())
        return kept if any(character.isalpha() for character in kept) else text

    def _without_lead_in(self, text: str) -> str:
        """The message without "nee, ik bedoel" and the like; the part that counts of "niet dit maar dat"."""
        before = None
        while before != text:
            before = text
            for pattern in (*self._lead_in, *self._instead):
                match = pattern.match(fold(text)) if len(fold(text)) == len(text) else None
                if match and text[match.end() :].strip(" ,.!?"):
                    text = text[match.end() :].strip()
        return text

    def _option(self, text: str, memory: Memory) -> str | None:
        """What Sam named at the place that "die eerste" points to, with the rest of the message."""
        if not memory.options or len(words(text)) > _SHORT:
            return None
        folded = fold(text)
        for place, pattern in self._ordinals.items():
            match = pattern.search(folded)
            index = place if place < 0 else place - 1
            if match and index < len(memory.options):
                rest = f"{text[: match.start()]} {text[match.end() :]}" if len(folded) == len(text) else ""
                return " ".join(filter(None, (memory.options[index], " ".join(rest.split()))))
        return None

    def _options(self, memory: Memory, text: str) -> tuple[str, ...]:
        """What Sam named in a message, in order: the subjects it answered, or the answer and what may fit as well."""
        [lead] = self._texts_like("part_lead")
        subjects = lead.findall(text)
        if len(subjects) > 1:
            return tuple(subjects)
        for key in reversed(_LISTED):
            for pattern in self._texts_like(key):
                match = pattern.search(text)
                if match:
                    return (memory.subject, *(group.strip() for group in match.groups()))
        return ()

    def _leans(self, text: str) -> bool:
        """Whether a message cannot do without what came before: it names no subject of its own."""
        content = self._content(text)
        if all(word in self._aspect_words | self._persons for word in content):
            return True
        if self._known_subject(self.without_places(text)):
            return self._tells_household(text)
        folded = fold(text)
        return len(words(text)) <= _LONG or any(pattern.search(folded) for pattern in self._leaning)

    def _tells_household(self, text: str) -> bool:
        """Whether a message only tells who lives in the house, without asking for something."""
        folded = fold(text)
        told = any(pattern.search(folded) for pattern in self._household)
        return told and len(words(text)) <= _SHORT and not any(pattern.search(folded) for pattern in self._asking)

    def _content(self, text: str) -> list[str]:
        return [word for word in words(text) if word not in STOPWORDS]

    def only_asks(self, text: str) -> bool:
        """Whether a text asks how much, where or how, and not of what."""
        return all(word in self._aspect_words for word in self._content(self.without_places(text)))

    def _only_a_place(self, text: str) -> bool:
        places = self._gazetteer.find(text)
        covered = {word for place in places for word in words(place.text)}
        return bool(places) and all(word in covered or word in self._persons for word in self._content(text))

    @cached_property
    def _patterns(self) -> dict[str, tuple[re.Pattern[str], ...]]:
        keys = (_VAGUE, _WHERE, *_LISTED, "part_lead")
        return {
            key: tuple(self._texts.matcher(name) for name in sorted(self._texts.keys()) if name.startswith(key))
            for key in keys
        }

    def _texts_like(self, key: str) -> tuple[re.Pattern[str], ...]:
        return self._patterns[key]


def _compile(patterns: Iterable[Any]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)

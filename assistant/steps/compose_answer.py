"""Step 7: the generator writes, and what was said frames it: an opening, the gemeente it is for, a closing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.answers import CAREFUL, LOST, STOPPED, fixed_answer
from assistant.briefs import Briefs
from assistant.checks.emergency import Emergency
from assistant.generation.emergency import EmergencyComposer
from assistant.generation.protocol import Composition, Generator
from assistant.generation.sentences import word_count
from assistant.texts import Texts
from assistant.tone import choose
from assistant.types import Answer, AnswerStatus, Choice, Sentence, Turn
from knowledge.gemeenten import Gazetteer
from knowledge.types import Topic

_MOST_WORDS = 120
_EMERGENCY_WORDS = 150
_PART_WORDS = 42
_ELSEWHERE = "ergens anders"


class ComposeAnswer:
    """From passages to a draft with its evidence, for every subject of the message."""

    name = "compose_answer"

    def __init__(
        self,
        *,
        texts: Texts,
        generator: Generator,
        briefs: Briefs,
        emergency: EmergencyComposer,
        emergencies: Mapping[str, Emergency],
        topics: Mapping[str, Topic],
        gazetteer: Gazetteer,
    ) -> None:
        self._texts = texts
        self._generator = generator
        self._briefs = briefs
        self._emergency = emergency
        self._emergencies = emergencies
        self._topics = topics
        self._gazetteer = gazetteer

    def __call__(self, turn: Turn) -> Turn | Answer:
        opening, closing = list(self._opening(turn)), list(self._closing(turn))
        room = _MOST_WORDS - sum(word_count(sentence.text) for sentence in (*opening, *closing))
        composition = self._composition(turn, room)
        if not composition.draft.sentences:
            return fixed_answer(turn, AnswerStatus.UNANSWERABLE_MODEL, self._texts.get("unanswerable_model"))
        framed = replace(composition.draft, sentences=(*opening, *composition.draft.sentences, *closing))
        return replace(
            turn,
            draft=framed,
            draft_status=composition.status,
            links=composition.links,
            choices=self._gemeenten(turn),
        )

    def _composition(self, turn: Turn, room: int) -> Composition:
        if STOPPED in turn.notes:
            return self._stopped(turn)
        if turn.notes.get(LOST):
            person = self._generator.compose(self._briefs.for_person(turn))
            key = "human" if turn.notes[LOST] == "human" else "lost"
            lead = Sentence(text=self._texts.get(key), opens=True)
            draft = replace(person.draft, sentences=(lead, *person.draft.sentences))
            return replace(person, draft=draft, status=AnswerStatus.ANSWERED_CONTACT)
        first = self._part(turn, room - _PART_WORDS * len(turn.others))
        parts = [self._part(other, _PART_WORDS, beside=turn) for other in turn.others]
        if not parts:
            return first
        main = first if turn.emergency else self._led(turn, first)
        return _joined([main, *map(self._led, turn.others, parts)])

    def _stopped(self, turn: Turn) -> Composition:
        """Staff stopped Sam: that, and whom to call."""
        person = self._generator.compose(self._briefs.for_person(turn))
        if turn.gemeente and turn.notes[STOPPED] == turn.gemeente:
            text = self._texts.get("stopped_for_gemeente", gemeente=self._gazetteer.name(turn.gemeente))
        else:
            text = self._texts.get("stopped_for_now")
        draft = replace(person.draft, sentences=(Sentence(text=text, opens=True), *person.draft.sentences))
        return replace(person, draft=draft, status=AnswerStatus.UNANSWERABLE_STOPPED)

    def _part(self, turn: Turn, room: int, *, beside: Turn | None = None) -> Composition:
        emergency = self._emergencies.get(turn.emergency or "")
        if emergency is not None:
            same_desk = beside is not None and beside.emergency is not None
            urgent = self._briefs.for_emergency(turn, emergency, beside=same_desk)
            return self._emergency.compose(urgent, room + _EMERGENCY_WORDS - _MOST_WORDS)
        brief = replace(self._briefs.for_turn(turn), most_words=max(room, _PART_WORDS), compact=beside is not None)
        return self._generator.compose(brief)

    def _led(self, turn: Turn, part: Composition) -> Composition:
        """The part with a line that tells which of the subjects it is about."""
        topic = self._topics.get(turn.topics[0][0]) if turn.topics else None
        emergency = self._emergencies.get(turn.emergency or "")
        subject = getattr(emergency, "subject", "") if emergency else (topic.short if topic else "")
        if not subject or not part.draft.sentences:
            return part
        lead = Sentence(text=self._texts.get("part_lead", subject=subject), opens=True)
        first, *rest = part.draft.sentences
        return replace(part, draft=replace(part.draft, sentences=(lead, replace(first, opens=False), *rest)))

    def _opening(self, turn: Turn) -> Iterator[Sentence]:
        if not turn.emergency and not turn.notes.keys() & {CAREFUL, LOST, STOPPED}:
            text = choose("opening", turn.mood, turn.memory.said, turn.text)
            if text:
                yield Sentence(text=text, opens=True)
        if turn.notes.get("says_gemeente") and turn.gemeente:
            name = self._gazetteer.name(turn.gemeente)
            yield Sentence(text=self._texts.get("for_gemeente", gemeente=name), opens=True)

    def _closing(self, turn: Turn) -> Iterator[Sentence]:
        if turn.emergency or turn.notes.keys() & {CAREFUL, LOST, STOPPED}:
            return
        text = choose("closing", turn.mood, turn.memory.said, turn.text)
        if text:
            yield Sentence(text=text, opens=True)

    def _gemeenten(self, turn: Turn) -> tuple[Choice, ...]:
        """The gemeenten to choose from, when an urgent answer could not wait for that."""
        if not turn.emergency or turn.gemeente or "outside" in turn.notes:
            return ()
        names = [self._gazetteer.name(slug) for slug in self._gazetteer.gemeenten]
        choices = [Choice(label=name, value=name) for name in names]
        return (*choices, Choice(label=self._texts.get("choice_elsewhere"), value=_ELSEWHERE))


def _joined(parts: list[Composition]) -> Composition:
    """One composition of all parts, in order; every way on once."""
    links = dict.fromkeys(link for part in parts for link in part.links)
    sentences = tuple(
        {sentence.text: sentence for part in reversed(parts) for sentence in reversed(part.draft.sentences)}.values()
    )[::-1]
    first = parts[0]
    return replace(first, draft=replace(first.draft, sentences=sentences), links=tuple(links))

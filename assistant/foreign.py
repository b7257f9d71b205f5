"""What a person who wrote in another language reads before the Dutch answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.checks.crisis import find_crisis
from assistant.checks.language import DUTCH, detect_language
from assistant.languages import Language, Languages
from assistant.types import Answer, AnswerStatus, PublishedSentence, Turn
from knowledge.gemeenten import Gazetteer
from knowledge.signposts import Signpost

_KEYS = {
    AnswerStatus.CLARIFICATION_GEMEENTE: "ask_gemeente",
    AnswerStatus.CLARIFICATION_VAGUE: "vague",
    AnswerStatus.SIGNPOSTED_DESK: "outside_scope",
    AnswerStatus.UNANSWERABLE_SCOPE: "outside_scope",
    AnswerStatus.UNANSWERABLE_NO_SOURCE: "no_source",
    AnswerStatus.UNANSWERABLE_MODEL: "no_source",
    AnswerStatus.UNANSWERABLE_STOPPED: "stopped",
    AnswerStatus.BLOCKED_INPUT: "blocked",
    AnswerStatus.ERROR_INTERNAL: "error",
}


class DutchReader:
    """What a message is about in simple Dutch, with the places it names; a Dutch message stays as it is."""

    def __init__(self, languages: Languages, gazetteer: Gazetteer) -> None:
        self._languages = languages
        self._gazetteer = gazetteer

    def __call__(self, text: str, earlier: Sequence[str] = ()) -> str:
        """Dutch words for `text`; the text itself when none of its words are known.

        `earlier` holds what the same person wrote before, for a message too short to tell its language.
        """
        code = detect_language(text, earlier)
        if code == DUTCH:
            return text
        places = [place.text for place in self._gazetteer.find(text)]
        found = ". ".join(filter(None, (self._languages.to_dutch(code, text), *places)))
        return found or text


class OwnLanguage:
    """Puts fixed sentences in the person's own language before the Dutch; a Dutch answer stays as it is."""

    def __init__(self, languages: Languages, signposts: Mapping[str, Signpost]) -> None:
        self._languages = languages
        self._phones = {slug: signpost.phone or "" for slug, signpost in signposts.items()}

    def __call__(self, answer: Answer, turn: Turn) -> Answer:
        """The answer with what its reader can understand first."""
        if answer.status is AnswerStatus.SIGNPOSTED_CRISIS:
            return self._crisis(answer, turn)
        code = self.language(turn)
        if code == DUTCH:
            return answer
        language = self._languages.get(code)
        return _before(answer, language, self._said(answer, turn, language))

    def language(self, turn: Turn) -> str:
        """The language of the question; small talk is too short to tell but by its words."""
        talk = self._languages.small_talk(turn.question.text)
        if talk is not None:
            return talk[0]
        if turn.plain:
            return turn.language
        earlier = [message.text for message in turn.question.history if message.role == "gebruiker"]
        return detect_language(turn.text or turn.question.text, earlier)

    def _said(self, answer: Answer, turn: Turn, language: Language) -> list[str]:
        if answer.status is AnswerStatus.CLARIFICATION_TALK:
            talk = self._languages.small_talk(turn.question.text)
            return [language.text(talk[1] if talk else "vague")]
        key = _KEYS.get(answer.status)
        if key is not None:
            return [language.text(key)]
        phone = next((link.value for link in answer.links if link.kind == "telefoon"), None)
        said = [language.text("masked")] if turn.masked else []
        if phone is not None:
            urgent = answer.status is AnswerStatus.ANSWERED_EMERGENCY
            said.insert(0, language.text("emergency" if urgent else "call", {"phone": phone}))
        return [*said, language.text("answer_follows")]

    def _crisis(self, answer: Answer, turn: Turn) -> Answer:
        match = find_crisis(turn.question.text)
        code = match.language if match is not None else DUTCH
        if code == DUTCH:
            code = self.language(turn)
        if match is None or code == DUTCH:
            return answer
        language = self._languages.get(code)
        text = language.text(f"crisis_{match.crisis.name.replace('-', '_')}", self._phones)
        return _before(answer, language, [text, language.text("crisis_close")])


def _before(answer: Answer, language: Language, said: list[str]) -> Answer:
    return replace(
        answer,
        language=language.code,
        own_words=len(said),
        text="\n\n".join((*said, answer.text)),
        sentences=(*(PublishedSentence(text=text) for text in said), *answer.sentences),
    )

"""Step 10: evidence becomes numbered citations with their age, and the draft becomes an answer."""

from assistant.answers import CAREFUL
from assistant.generation.age import Age
from assistant.texts import Texts
from assistant.types import Answer, Citation, Evidence, PublishedSentence, Turn
from knowledge.types import Chunk


class Publish:
    """Always ends the run."""

    name = "publish"

    def __init__(self, texts: Texts, age: Age) -> None:
        self._texts = texts
        self._age = age

    def __call__(self, turn: Turn) -> Turn | Answer:
        assert turn.draft is not None
        numbers: dict[tuple[str, str], int] = {}
        citations: list[Citation] = []
        sentences: list[PublishedSentence] = []
        paragraphs: list[list[str]] = []
        for sentence in turn.draft.sentences:
            cited = tuple(dict.fromkeys(self._number(e, numbers, citations) for e in sentence.evidence))
            sentences.append(PublishedSentence(text=sentence.text, citations=cited))
            if sentence.opens or not paragraphs:
                paragraphs.append([])
            marks = "".join(f"[{number}]" for number in cited)
            paragraphs[-1].append(f"{sentence.text} {marks}".rstrip())
        careful = turn.notes.get(CAREFUL)
        if careful:
            sentences.insert(0, PublishedSentence(text=careful))
            paragraphs.insert(0, [careful])
        if turn.masked:
            note = self._texts.get("masked_note")
            sentences.append(PublishedSentence(text=note))
            paragraphs.append([note])
        return Answer(
            status=turn.draft_status,
            text="\n\n".join(_join(paragraph) for paragraph in paragraphs),
            sentences=tuple(sentences),
            citations=tuple(citations),
            links=turn.links,
            choices=turn.choices,
            generator=turn.draft.generator,
            removed=turn.draft.removed,
        )

    def _number(self, evidence: Evidence, numbers: dict[tuple[str, str], int], citations: list[Citation]) -> int:
        key = (evidence.chunk.id, evidence.paragraph)
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            citations.append(
                Citation(
                    number=numbers[key],
                    chunk=evidence.chunk,
                    quote=evidence.paragraph,
                    warning=self._warning(evidence.chunk),
                )
            )
        return numbers[key]

    def _warning(self, chunk: Chunk) -> str | None:
        if chunk.stopped:
            return self._texts.get("warning_stopped")
        year = self._age.page(chunk)
        if year:
            return self._texts.get("warning_old", year=year)
        if not any(character.isdigit() for character in chunk.source.peildatum):
            return self._texts.get("warning_undated")
        return self._texts.get("warning_doubtful") if chunk.doubtful else None


def _join(sentences: list[str]) -> str:
    """Sentences on one line, a list on lines of its own."""
    text = ""
    for sentence in sentences:
        separator = "\n" if "\n- " in text.rpartition("\n\n")[2] or ("\n- " in sentence and text) else " "
        text = f"{text}{separator}{sentence}" if text else sentence
    return text

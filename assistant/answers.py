"""Answers made of fixed texts, for the steps that end a run without a regeling."""

from collections.abc import Sequence

from assistant.types import Answer, AnswerStatus, Choice, Link, PublishedSentence, Turn

# Keys of `Turn.notes` that several steps read: a careful line after an earlier crisis, someone who needs a
# person to talk to, and that staff stopped Sam.
CAREFUL, LOST, STOPPED = "careful", "lost", "stopped"


def fixed_answer(
    turn: Turn,
    status: AnswerStatus,
    *paragraphs: str,
    choices: Sequence[Choice] = (),
    links: Sequence[Link] = (),
    removed: int = 0,
) -> Answer:
    """An answer of fixed paragraphs.

    After an earlier crisis the careful line of that comes first.
    """
    careful = turn.notes.get(CAREFUL)
    spoken = [*([careful] if careful else []), *(paragraph for paragraph in paragraphs if paragraph)]
    return Answer(
        status=status,
        text="\n\n".join(spoken),
        sentences=tuple(PublishedSentence(text=paragraph) for paragraph in spoken),
        choices=tuple(choices),
        links=tuple(links),
        removed=removed,
    )

"""Learns again from the examples of danger, after a change of them: `python -m assistant.checks.crisis_learning`."""

from collections.abc import Sequence
from pathlib import Path

from assistant.checks.crisis import reading_of
from assistant.checks.crisis_examples import HARMLESS, LEARNED, digest, load_examples
from knowledge.linear_likeness import LinearLikeness, learn
from knowledge.topics import load_topics

_HELP_LINES = "crisis"
# The harmless examples look like danger, so that an error on them matters more than one on what people ask every day.
_WEIGHT_OF_HARMLESS = 2.0


def relearn(path: Path = LEARNED, examples: Sequence[tuple[str, str]] | None = None) -> LinearLikeness:
    """Learn from the examples and from the questions of all topics but the one on help lines; keep the outcome.

    `examples` are (name, text) pairs; those of the file when left out.

    Raises:
        TextsError: the examples cannot be read.
        ContentError: the topics cannot be read.
    """
    given = load_examples() if examples is None else examples
    rows = [(name, text, _WEIGHT_OF_HARMLESS if name == HARMLESS else 1.0) for name, text in given]
    topics = (topic for topic in load_topics().values() if topic.slug != _HELP_LINES)
    rows += [(HARMLESS, question, 1.0) for topic in topics for question in topic.questions]
    model = learn(
        [(name, reading_of(text)) for name, text, _ in rows],
        neutral=HARMLESS,
        weights=[weight for _, _, weight in rows],
        learned_from=digest(),
    )
    model.save(path)
    return model


if __name__ == "__main__":
    relearn()

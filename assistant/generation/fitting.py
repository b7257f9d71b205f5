"""Making an answer fit: room for what matters, and not too short."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.generation.sentences import word_count
from assistant.types import Sentence

_ENOUGH_WORDS = 40
_FILLER = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence and how easily it may fall off: 0 stays, 1 and 2 go when room is short, 3 only fills up."""

    sentence: Sentence
    rank: int


def _words(pieces: Iterable[Piece]) -> int:
    return sum(word_count(piece.sentence.text) for piece in pieces)


def fit(pieces: Iterable[Piece], most_words: int) -> list[Sentence]:
    """The sentences of an answer of at most `most_words` words, fillers only while it is under 40.

    What may fall off goes from the last to the first, the easiest rank first; rank 0 always stays.
    """
    kept = list(pieces)
    fillers = [piece for piece in kept if piece.rank == _FILLER]
    for piece in fillers:
        position = kept.index(piece)
        if _words(other for other in kept if other.rank < _FILLER) >= _ENOUGH_WORDS:
            kept.pop(position)
        else:
            kept[position] = Piece(piece.sentence, 2)
    for rank in (2, 1):
        for piece in [piece for piece in reversed(kept) if piece.rank == rank]:
            if _words(kept) > most_words:
                kept.remove(piece)
    return _reopen(kept)


def _reopen(pieces: list[Piece]) -> list[Sentence]:
    """The first sentence always opens a paragraph."""
    sentences = [piece.sentence for piece in pieces]
    return [replace(sentences[0], opens=True), *sentences[1:]] if sentences else []

"""BM25 per scope over Dutch stems and character n-grams, so a typo still finds its word.

Two bm25s indexes stand side by side, because n-grams outnumber stems and would drown them in one;
their scores are added with a weight for the n-grams.
"""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from knowledge.errors import IndexUnavailableError
from knowledge.text import character_terms, stems

_NGRAM_WEIGHT = 0.35
_FIELDS = {"stems": stems, "ngrams": character_terms}
_WEIGHTS = {"stems": 1.0, "ngrams": _NGRAM_WEIGHT}

Scores = npt.NDArray[np.float32]


class LexicalIndex:
    """Scores every text of one scope for a question."""

    def __init__(self, fields: dict[str, bm25s.BM25]) -> None:
        self._fields = fields

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index `texts`; scores come back in the same order. `texts` may not be empty."""
        fields = {}
        for name, analyse in _FIELDS.items():
            index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
            tokens = [analyse(text) or [""] for text in texts]
            index.index(tokens, show_progress=False)
            fields[name] = index
        return cls(fields)

    def save(self, folder: Path) -> None:
        """Write the index as NumPy arrays and JSON (no pickle)."""
        for name, index in self._fields.items():
            index.save(str(folder / name), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Read an index that `save` wrote.

        Raises:
            IndexUnavailableError: a file is missing or broken.
        """
        try:
            return cls({name: bm25s.BM25.load(str(folder / name)) for name in _FIELDS})
        except (OSError, ValueError, KeyError) as error:
            raise IndexUnavailableError("De woordindex is niet te lezen. Draai: sam index") from error

    def scores(self, question: str) -> Scores:
        """BM25 score of every text, shape (number of texts,)."""
        total: Scores | None = None
        for name, index in self._fields.items():
            known = [token for token in _FIELDS[name](question) if token in index.vocab_dict]
            size = int(index.scores["num_docs"])
            field = index.get_scores(known) if known else np.zeros(size, dtype=np.float32)
            weighted = np.asarray(field, dtype=np.float32) * np.float32(_WEIGHTS[name])
            total = weighted if total is None else total + weighted
        assert total is not None
        return total

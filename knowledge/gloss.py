"""Dutch text as English glosses, so that an English embedding model can place it.

Every word or phrase is replaced by its gloss from `content/glossarium.tsv`: the phrase itself, then
the word, its lemma, or the parts of a compound. Numbers and unknown words stay as they are.
"""

import csv
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import simplemma

from knowledge.errors import ContentError
from knowledge.regelingen import CONTENT
from knowledge.text import fold

_TOKEN = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
_LONGEST_PHRASE = 4
_SHORTEST_PART = 3
_LINKS = ("", "s", "en", "e", "n", "er")
_EMPTY = "-"


def load_glossary(path: Path = CONTENT / "glossarium.tsv") -> dict[str, str]:
    """Dutch to English, keys folded.

    Raises:
        ContentError: the file is missing or a line has not two columns.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise ContentError(f"Het glossarium ontbreekt: {path.name}") from error
    for number, row in enumerate(rows, start=1):
        if len(row) != 2:
            raise ContentError(f"{path.name}, regel {number}: er horen twee kolommen te staan")
    return {fold(dutch): english for dutch, english in rows[1:]}


class Glosser:
    """Glosses Dutch text into English with one glossary."""

    def __init__(self, glossary: Mapping[str, str]) -> None:
        self._glossary = dict(glossary)
        self._phrase_starts = {key.split()[0] for key in self._glossary if " " in key}
        content = "\n".join(f"{key}\t{value}" for key, value in sorted(self._glossary.items()))
        self.fingerprint = hashlib.sha256(content.encode()).hexdigest()[:8]
        self._word = lru_cache(maxsize=50_000)(self._gloss_word)

    def gloss(self, text: str) -> str:
        """`text` with every known word replaced by its English gloss."""
        tokens = _TOKEN.findall(text)
        folded = [fold(token) for token in tokens]
        result: list[str] = []
        position = 0
        while position < len(tokens):
            length, english = self._phrase(folded, position)
            if length == 0:
                length, english = 1, self._word(folded[position])
            if english and english != _EMPTY:
                result.append(english)
            position += length
        return " ".join(result)

    def _phrase(self, folded: list[str], position: int) -> tuple[int, str]:
        if folded[position] not in self._phrase_starts:
            return 0, ""
        for length in range(min(_LONGEST_PHRASE, len(folded) - position), 1, -1):
            english = self._glossary.get(" ".join(folded[position : position + length]))
            if english is not None:
                return length, english
        return 0, ""

    def _gloss_word(self, word: str) -> str:
        known = self.lookup(word)
        if known is not None:
            return known
        return self._compound(word) or word

    def lookup(self, word: str) -> str | None:
        """Gloss of a folded word or of its lemma; None when unknown."""
        if word in self._glossary:
            return self._glossary[word]
        lemma = fold(simplemma.lemmatize(word, lang="nl"))
        return self._glossary.get(lemma)

    def _compound(self, word: str) -> str:
        """Glosses of the two parts of a compound, the longest known tail first; "" when it has none."""
        for start in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            tail = self.lookup(word[start:])
            if tail is None or tail == _EMPTY:
                continue
            for link in _LINKS:
                head_word = word[: start - len(link)] if word[:start].endswith(link) else ""
                head = self.lookup(head_word) if len(head_word) >= _SHORTEST_PART else None
                if head and head != _EMPTY:
                    return f"{head} {tail}"
        return ""

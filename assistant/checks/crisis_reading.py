"""A text the way it sounds, so that spelling, dialect, markup and hidden characters hide no danger."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.text import fold
from knowledge.word_spelling import WordSpelling

_MARKUP = re.compile(r"<[/!?a-zA-Z][^<>]{0,200}>")
_ELLIPSIS = re.compile(r"\.{2,}|…")
_SENTENCE_END = re.compile(r"[.!?;؟]+(?!\w)")
_NOT_A_WORD = re.compile(r"[^\w\n]+|_+")
_DRAWN_OUT_AT_END = re.compile(r"([b-df-hj-np-tv-z])\1{2,}(?!\w)|(i)\2{2,}")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_SPACED_OUT = re.compile(r"(?<!\w)\w(?: \w){3,}(?!\w)")
_DISGUISED = re.compile(r"(?<=[^\W\d_])[0134@$*]+(?=[^\W\d_])")
_PLAIN_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "",
    "'": "", "’": "", "‘": "", "ʼ": "", "`": "", "´": "",
})  # fmt: skip
_DISGUISES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "@": "a", "$": "s", "*": "o"})
_ENOUGH_DIALECT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads texts: `spelling` mends the words that matter; `dialect` says words in Dutch.

    A text is read as dialect when it has enough words of `dialect_only`, which are no words of another language.
    """

    spelling: WordSpelling
    dialect: Mapping[str, str]
    dialect_only: frozenset[str]

    def readings(self, text: str) -> tuple[str, ...]:
        """All ways to read `text`: folded words with one space between them, one line a sentence.

        With and without its markup, with its dots as a pause and as an end, and with dialect said in Dutch.
        """
        visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
        variants = [visible, _MARKUP.sub(" ", visible)]
        variants += [_ELLIPSIS.sub(" ", variant) for variant in variants if _ELLIPSIS.search(variant)]
        read = [self._read(variant) for variant in dict.fromkeys(variants)]
        return tuple(dict.fromkeys([*read, *map(self._in_dutch, read)]))

    def _read(self, text: str) -> str:
        folded = fold(text).translate(_PLAIN_LETTERS)
        plain = _DISGUISED.sub(lambda match: match.group().translate(_DISGUISES), folded)
        lines = _SENTENCE_END.sub("\n", plain.replace("\n", " ").replace("\r", " "))
        short = _DRAWN_OUT_AT_END.sub(lambda match: match.group()[0], _NOT_A_WORD.sub(" ", lines))
        spaced = _DRAWN_OUT.sub(r"\1\1", short)
        joined = _SPACED_OUT.sub(lambda match: match.group().replace(" ", ""), spaced)
        mended = self.spelling.corrected(joined)
        return "\n".join(filter(None, (" ".join(line.split()) for line in mended.split("\n"))))

    def _in_dutch(self, reading: str) -> str:
        if sum(word in self.dialect_only for word in reading.split()) < _ENOUGH_DIALECT:
            return reading
        return "\n".join(
            " ".join(self.dialect.get(word, word) for word in line.split()) for line in reading.split("\n")
        )

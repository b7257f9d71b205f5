"""Dutch words as the lexical index and the topic lexicon see them."""

import re
import unicodedata
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_NGRAM = 4
_NO_ACCENTS = dict.fromkeys(code for code in range(0x20000) if unicodedata.combining(chr(code)))
_STEMMER = Stemmer.Stemmer("dutch")

STOPWORDS = frozenset(
    """
    aan al alle als bij dan dat de den der des deze die dit door een en er ge geen haar had heb hebben hebt heeft
    hem het hier hij hun ik ie in is ja je jij jullie kan kun kunnen kunt maar me mee men met mij mijn mn moet
    moeten mag na naar nee niet niks nog nou nu of om omdat onder ons onze ook op over per sam te ten ter toch toe
    tot u uit uw van veel voor want waren was wat we wel werd wie wij wil willen word worden wordt zal ze zelf
    zich zij zijn zo zonder zou graag even eens gaan gaat hoe waar welke dus daar heel erg iets wanneer
    """.split()  # noqa: SIM905
)


def fold(text: str) -> str:
    """Lower case without accents: "Één" gives "een"."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFKD", folded).translate(_NO_ACCENTS).casefold()


def words(text: str) -> list[str]:
    """Folded words and numbers of `text`, in order."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Snowball stem of one folded Dutch word."""
    return str(_STEMMER.stemWord(word))


def stems(text: str) -> list[str]:
    """Stems of the content words of `text`."""
    return [stem(word) for word in words(text) if word not in STOPWORDS]


@lru_cache(maxsize=50_000)
def ngrams(word: str, size: int = _NGRAM) -> tuple[str, ...]:
    """Character n-grams of one word with its borders marked, so "schulde" still meets "schulden"."""
    marked = f"_{word}_"
    if len(marked) <= size:
        return (marked,)
    return tuple(marked[i : i + size] for i in range(len(marked) - size + 1))


def character_terms(text: str) -> list[str]:
    """Character n-grams of the content words of `text`."""
    return [gram for word in words(text) if word not in STOPWORDS and not word.isdigit() for gram in ngrams(word)]

"""How much a text is like examples that resemble their opposite; learned beforehand, weighed quickly.

Logistic regression (scikit-learn) over words, pairs of words and parts of words, with tf-idf weights. Parts of words
make it hold for misspellings and for languages without a stemmer. Learning takes a minute and its outcome is kept in
a file; weighing a sentence takes a fraction of a millisecond.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from knowledge.errors import ContentError

_STRETCH, _STEP = 30, 15
_PARTS = (2, 3, 4, 5)
_WORDS, _PARTS_OF_WORDS = "w", "p"
_SHARES = {_WORDS: 1.0, _PARTS_OF_WORDS: 0.7}
# A part of a word that occurs in one example says nothing yet; a word does.
_FEWEST = {_WORDS: 1, _PARTS_OF_WORDS: 2}
_INVERSE_REGULARISATION = 10.0
_ROUNDS = 3000

Weights = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearLikeness:
    """What was learned: of every feature its rarity (idf), its weight, and its weight for every class.

    `learned_from` is what the examples were known by, so that a change of them can be seen.
    """

    rarity: Mapping[str, tuple[int, float]]
    weight: Weights
    bias: float
    classes: tuple[str, ...]
    class_weight: Weights
    class_bias: Weights
    learned_from: str

    def judge(self, text: str) -> tuple[float, str]:
        """Log-odds that the most telling stretch of folded `text` is like the examples, and of which class."""
        found = [_values(stretch, self.rarity) for stretch in _stretches(text)]
        odds = [float(self.weight[places] @ values) + self.bias for places, values in found]
        most = int(np.argmax(odds))
        places, values = found[most]
        return odds[most], self.classes[int((self.class_weight[:, places] @ values + self.class_bias).argmax())]

    @classmethod
    def load(cls, path: Path) -> "LinearLikeness":
        """Read what was learned.

        Raises:
            ContentError: the file is missing or broken.
        """
        try:
            with np.load(path, allow_pickle=False) as kept:
                features = kept["features"].tobytes().decode("utf-8").split("\n")
                rarity = kept["rarity"].astype(float).tolist()
                return cls(
                    rarity={feature: (i, rarity[i]) for i, feature in enumerate(features)},
                    weight=kept["weight"].astype(np.float32),
                    bias=float(kept["bias"]),
                    classes=tuple(map(str, kept["classes"])),
                    class_weight=kept["class_weight"].astype(np.float32),
                    class_bias=kept["class_bias"].astype(np.float32),
                    learned_from=str(kept["learned_from"]),
                )
        except (OSError, EOFError, KeyError, ValueError, IndexError, BadZipFile) as error:
            raise ContentError(f"{path.name} is niet te lezen: {error}") from error

    def save(self, path: Path) -> None:
        """Keep what was learned, in half precision."""
        np.savez_compressed(
            path,
            features=np.frombuffer("\n".join(self.rarity).encode("utf-8"), dtype=np.uint8),
            rarity=np.array([rarity for _, rarity in self.rarity.values()], dtype=np.float16),
            weight=self.weight.astype(np.float16),
            bias=np.float32(self.bias),
            classes=np.array(self.classes),
            class_weight=self.class_weight.astype(np.float16),
            class_bias=self.class_bias.astype(np.float32),
            learned_from=np.array(self.learned_from),
        )


def learn(
    examples: Sequence[tuple[str, str]], *, neutral: str, weights: Sequence[float], learned_from: str
) -> LinearLikeness:
    """Learn from (class, folded text) pairs; the class `neutral` is what the others are weighed against.

    `weights` says of every example how much an error on it matters, compared with others that are or are not neutral
    like itself; the two sides weigh the same. There must be at least two classes beside `neutral`.
    """
    rarity = _rarity([text for _, text in examples])
    rows = _rows([text for _, text in examples], rarity)
    names = np.array([name for name, _ in examples])
    told = np.asarray(names != neutral, dtype=bool)
    model = import_module("sklearn.linear_model").LogisticRegression
    settings: dict[str, Any] = {"C": _INVERSE_REGULARISATION, "max_iter": _ROUNDS, "class_weight": "balanced"}
    danger = model(**settings).fit(rows, told, sample_weight=np.asarray(weights))
    which = model(**settings).fit(rows[np.flatnonzero(told)], names[told])
    # Of two classes scikit-learn keeps only the weights of the second.
    sides = np.array([[-1.0], [1.0]]) if len(which.classes_) == 2 else np.ones((1, 1))
    return LinearLikeness(
        rarity=rarity,
        weight=danger.coef_[0].astype(np.float32),
        bias=float(danger.intercept_[0]),
        classes=tuple(map(str, which.classes_)),
        class_weight=(sides * which.coef_).astype(np.float32),
        class_bias=(sides[:, 0] * which.intercept_).astype(np.float32),
        learned_from=learned_from,
    )


def _rarity(texts: Sequence[str]) -> dict[str, tuple[int, float]]:
    """Place and smoothed inverse document frequency of every feature that occurs often enough."""
    rarity: dict[str, tuple[int, float]] = {}
    for kind, fewest in _FEWEST.items():
        counts = Counter(feature for text in texts for feature in _features(text.split(), kind))
        for feature, count in counts.items():
            if count >= fewest:
                rarity[feature] = (len(rarity), math.log((1 + len(texts)) / (1 + count)) + 1)
    return rarity


def _rows(texts: Sequence[str], rarity: Mapping[str, tuple[int, float]]) -> Any:
    """A sparse matrix with a row of features for every text."""
    found = [_values(text, rarity) for text in texts]
    starts = np.cumsum([0, *(len(places) for places, _ in found)])
    shape = (len(texts), len(rarity))
    places, values = (np.concatenate(column) for column in zip(*found, strict=True))
    return import_module("scipy.sparse").csr_matrix((values, places, starts), shape=shape)


def _values(stretch: str, rarity: Mapping[str, tuple[int, float]]) -> tuple[Places, Weights]:
    """Places and values of the known features of a stretch; each kind of feature has length 1 times its share."""
    places: list[int] = []
    values: list[float] = []
    words = stretch.split()
    for kind, share in _SHARES.items():
        known = [rarity[feature] for feature in _features(words, kind) if feature in rarity]
        length = math.sqrt(sum(value * value for _, value in known)) or 1.0
        places.extend(place for place, _ in known)
        values.extend(share * value / length for _, value in known)
    return np.array(places, dtype=np.intp), np.array(values, dtype=np.float32)


def _features(words: Sequence[str], kind: str) -> set[str]:
    """Words and pairs of words, or parts of words with the borders of the word marked."""
    if kind == _WORDS:
        return {f"w{word}" for word in words} | {f"w{first} {second}" for first, second in pairwise(words)}
    return {
        f"p{marked[start : start + size]}"
        for marked in {f"<{word}>" for word in words}
        for size in _PARTS
        for start in range(len(marked) - size + 1)
    }


def _stretches(text: str) -> Iterator[str]:
    """The whole of a short text, or overlapping stretches of words of a long one, so that one sentence counts."""
    words = text.split()
    last = max(len(words) - _STRETCH, 0)
    for start in range(0, last + _STEP, _STEP):
        yield " ".join(words[min(start, last) : min(start, last) + _STRETCH])

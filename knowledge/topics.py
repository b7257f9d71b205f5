"""The topic lexicon, and the model that scores topics for a question.

The model is a linear classifier over stems, stem pairs and character n-grams of the example questions and
lay words, averaged with one over their dense vectors. Training takes seconds and needs no model download;
the trained weights are cached by the digest of the lexicon.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
import yaml
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from knowledge.embedding import Embedder
from knowledge.errors import ContentError
from knowledge.regelingen import CONTENT
from knowledge.text import fold, stems, words
from knowledge.types import Topic
from knowledge.vector_cache import SHIPPED

OUTSIDE = "buiten"
"""Name of the class of questions that are not about money worries."""

_FORMAT = "1"
_LAY_WORD_WEIGHT = 0.5
_DENSE_SHARE = 0.5
_PHRASE_BONUS = 1.0

Weights = npt.NDArray[np.float32]


def load_topics(content: Path = CONTENT) -> dict[str, Topic]:
    """All topics by slug.

    Raises:
        ContentError: a file is broken; the message names it.
    """
    topics: dict[str, Topic] = {}
    for path in sorted((content / "onderwerpen").glob("*.yaml")):
        try:
            topic = _topic(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (OSError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
            raise ContentError(f"onderwerpen/{path.name} klopt niet: {error}") from error
        if topic.slug != path.stem:
            raise ContentError(f"onderwerpen/{path.name} noemt zichzelf '{topic.slug}'")
        topics[topic.slug] = topic
    return topics


def _topic(raw: Mapping[str, Any]) -> Topic:
    return Topic(
        slug=raw["slug"],
        name=raw["name"],
        short=raw["short"],
        description=raw["description"].strip(),
        upl=tuple((row["name"], row["uri"]) for row in raw["upl"]),
        lay_words=tuple(str(word) for word in raw["lay_words"]),
        elsewhere=tuple((row["word"], row["topic"]) for row in raw["elsewhere"]),
        related=tuple(raw["related"]),
        questions=tuple(question for voice in raw["questions"].values() for question in voice),
        falls_under=tuple(raw.get("falls_under", ())),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideExamples:
    """Questions Sam is not for, and the desk that is."""

    questions: tuple[str, ...]
    desks: tuple[tuple[str, str], ...]


def load_outside(content: Path = CONTENT) -> OutsideExamples:
    """The examples of `buiten_bereik.yaml`: questions, and (pattern word, desk) pairs.

    Raises:
        ContentError: the file is broken.
    """
    try:
        raw = yaml.safe_load((content / "buiten_bereik.yaml").read_text(encoding="utf-8"))
        return OutsideExamples(
            questions=tuple(raw["questions"]),
            desks=tuple((word, desk["desk"]) for desk in raw["desks"] for word in desk["words"]),
        )
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise ContentError(f"buiten_bereik.yaml klopt niet: {error}") from error


def _word_terms(text: str) -> list[str]:
    found = stems(text)
    return [*found, *(f"{a} {b}" for a, b in pairwise(found))]


class _Features:
    """Sublinear TF-IDF over hashed stems, stem pairs and character n-grams; only the IDF is learnt."""

    def __init__(self, idf: Sequence[Weights] = ()) -> None:
        by_word = HashingVectorizer(analyzer=_word_terms, n_features=2**14, alternate_sign=False, norm=None)
        by_character = HashingVectorizer(
            analyzer="char_wb",
            ngram_range=(2, 5),
            n_features=2**16,
            alternate_sign=False,
            norm=None,
            lowercase=False,
        )
        self._vectorisers = (by_word, by_character)
        self.idf = list(idf)

    def fit(self, texts: Sequence[str]) -> "_Features":
        """Learn the IDF of every hashed term."""
        self.idf = []
        for counts in self._counts(texts):
            frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
            self.idf.append((np.log((1 + len(texts)) / (1 + frequency)) + 1).astype(np.float32))
        return self

    def _counts(self, texts: Sequence[str]) -> list[csr_matrix]:
        folded = [fold(text) for text in texts]
        return [csr_matrix(vectoriser.transform(folded)) for vectoriser in self._vectorisers]

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """One row per text; the two blocks are normalised apart."""
        blocks = []
        for counts, idf in zip(self._counts(texts), self.idf, strict=True):
            counts.data = (1 + np.log(counts.data)).astype(np.float32)
            counts.data *= idf[counts.indices]
            blocks.append(normalize(counts))
        return csr_matrix(hstack(blocks))


def _softmax(logits: Weights) -> Weights:
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Weights = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def training_texts(topics: Mapping[str, Topic], outside: OutsideExamples) -> list[tuple[str, str, float]]:
    """What the model learns from: (text, class, weight)."""
    rows: list[tuple[str, str, float]] = []
    for topic in topics.values():
        rows.extend((question, topic.slug, 1.0) for question in topic.questions)
        rows.extend((word, topic.slug, _LAY_WORD_WEIGHT) for word in (topic.name, *topic.lay_words))
        rows.extend((word, target, _LAY_WORD_WEIGHT) for word, target in topic.elsewhere if target in topics)
    rows.extend((question, OUTSIDE, 1.0) for question in outside.questions)
    return rows


@dataclass(frozen=True, slots=True)
class _Model:
    classes: tuple[str, ...]
    idf: tuple[Weights, ...]
    sparse: Weights
    sparse_bias: Weights
    dense: Weights
    dense_bias: Weights


def _train(rows: Sequence[tuple[str, str, float]], embedder: Embedder) -> _Model:
    texts, labels, weights = zip(*rows, strict=True)
    features = _Features().fit(texts)
    # Balanced classes: a topic with more examples is not therefore more likely to be asked.
    sparse = LogisticRegression(C=10, max_iter=200, class_weight="balanced", tol=1e-3)
    sparse.fit(features.transform(texts), labels, sample_weight=weights)
    dense = LogisticRegression(C=10, max_iter=300, class_weight="balanced", tol=1e-3)
    dense.fit(embedder.embed(texts, "passage"), labels, sample_weight=weights)
    return _Model(
        tuple(str(label) for label in sparse.classes_),
        tuple(features.idf),
        sparse.coef_.astype(np.float32),
        sparse.intercept_.astype(np.float32),
        dense.coef_.astype(np.float32),
        dense.intercept_.astype(np.float32),
    )


class TopicScorer:
    """Probability of every topic (and of `OUTSIDE`) for a question."""

    def __init__(self, model: _Model, topics: Mapping[str, Topic], embedder: Embedder) -> None:
        self._model = model
        self._embedder = embedder
        self._features = _Features(model.idf)
        # One row a term: a question has few terms, so only few rows are read.
        self._by_term = np.ascontiguousarray(model.sparse.T)
        self._phrases = _phrases(topics)

    @classmethod
    def open(cls, embedder: Embedder, data_dir: Path, content: Path = CONTENT) -> "TopicScorer":
        """The scorer for the lexicon in `content`, trained now when no trained one is at hand.

        Raises:
            ContentError: the lexicon is broken.
            EmbeddingError: the model failed.
        """
        topics, outside = load_topics(content), load_outside(content)
        rows = training_texts(topics, outside)
        digest = hashlib.sha256(json.dumps([_FORMAT, embedder.name, rows], ensure_ascii=False).encode()).hexdigest()
        name = f"topics-{digest[:16]}.npz"
        model = _load(SHIPPED / name) or _load(data_dir / "topics" / name)
        if model is None:
            model = _train(rows, embedder)
            _save(data_dir / "topics" / name, model)
        return cls(model, topics, embedder)

    def scores(self, question: str) -> list[tuple[str, float]]:
        """(topic, probability), best first; the probabilities add up to 1."""
        model = self._model
        sparse = self._features.transform([question])
        by_words = np.asarray(sparse @ self._by_term).ravel() + model.sparse_bias
        by_meaning = self._embedder.embed([question], "query")[0] @ model.dense.T + model.dense_bias
        logits = (1 - _DENSE_SHARE) * by_words + _DENSE_SHARE * by_meaning + self._bonus(question)
        probabilities = _softmax(logits.astype(np.float32))
        order = np.argsort(-probabilities)
        return [(model.classes[int(i)], float(probabilities[i])) for i in order]

    def scores_by_words(self, texts: Sequence[str]) -> list[list[tuple[str, float]]]:
        """For every text (topic, probability), best first, by its words alone: less sure than `scores`, and quick."""
        if not texts:
            return []
        model = self._model
        logits = np.asarray(self._features.transform(texts) @ self._by_term) + model.sparse_bias
        found = []
        for text, row in zip(texts, logits, strict=True):
            probabilities = _softmax((row + self._bonus(text)).astype(np.float32))
            order = np.argsort(-probabilities)
            found.append([(model.classes[int(i)], float(probabilities[i])) for i in order])
        return found

    def named(self, text: str) -> frozenset[str]:
        """The topics of which a lay word occurs in `text`."""
        if self._phrases is None:
            return frozenset()
        pattern, owners = self._phrases
        return frozenset(slug for phrase in pattern.findall(" ".join(words(text))) for slug in owners[phrase])

    def _bonus(self, question: str) -> Weights:
        """What the lay words in the question add to the logit of their topic; rarer words add more."""
        bonus = np.zeros(len(self._model.classes), dtype=np.float32)
        if self._phrases is None:
            return bonus
        pattern, owners = self._phrases
        for phrase in set(pattern.findall(" ".join(words(question)))):
            for slug in owners[phrase]:
                bonus[self._model.classes.index(slug)] += _PHRASE_BONUS / len(owners[phrase])
        return np.minimum(bonus, 2 * _PHRASE_BONUS)


def _phrases(topics: Mapping[str, Topic]) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]] | None:
    owners: dict[str, tuple[str, ...]] = {}
    for topic in topics.values():
        for word in topic.lay_words:
            phrase = " ".join(words(word))
            if phrase:
                owners[phrase] = (*owners.get(phrase, ()), topic.slug)
    if not owners:
        return None
    longest_first = sorted(owners, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"), owners


def _load(path: Path) -> _Model | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return _Model(
                tuple(str(label) for label in stored["classes"]),
                (stored["idf_words"], stored["idf_characters"]),
                stored["sparse"].astype(np.float32),
                stored["sparse_bias"],
                stored["dense"],
                stored["dense_bias"],
            )
    except (OSError, KeyError, ValueError, EOFError, BadZipFile):
        return None


def _save(path: Path, model: _Model) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.npz")
    np.savez_compressed(
        temporary,
        classes=np.array(model.classes),
        idf_words=model.idf[0],
        idf_characters=model.idf[1],
        sparse=model.sparse.astype(np.float16),
        sparse_bias=model.sparse_bias,
        dense=model.dense,
        dense_bias=model.dense_bias,
    )
    temporary.replace(path)

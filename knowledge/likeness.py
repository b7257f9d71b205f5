"""Which class of examples a text is most like, by its words."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB

from knowledge.text import stem

_SMOOTHING = 0.05


def _terms(text: str) -> Iterator[str]:
    """Stems and pairs of stems, function words included: "geen" and "niet" tell most."""
    stems = [stem(word) for word in text.split()]
    yield from stems
    yield from (f"{first} {second}" for first, second in pairwise(stems))


class ExampleModel:
    """Multinomial naive Bayes (scikit-learn) over sublinear TF-IDF of stems and stem pairs.

    `examples` are folded texts by class; `neutral` names the class that the others are weighed against. Training
    on a thousand texts takes a tenth of a second, on first use; weighing a text takes time linear in its length.
    """

    def __init__(self, examples: Mapping[str, Sequence[str]], neutral: str) -> None:
        if neutral not in examples:
            raise ValueError(f"geen voorbeelden van '{neutral}'")
        self._examples = examples
        self._neutral = neutral

    def odds(self, text: str) -> dict[str, float]:
        """The natural logarithm of the odds of every class against the neutral one; above 0 is more likely than not."""
        classes, prior, weights = self._trained
        total, square = prior.copy(), 0.0
        found: list[npt.NDArray[np.float64]] = []
        for term, count in Counter(_terms(text)).items():
            if term in weights:
                rarity, row = weights[term]
                weight = (1 + math.log(count)) * rarity
                square += weight**2
                found.append(weight * row)
        if found:
            total += np.sum(found, axis=0) / math.sqrt(square)
        neutral = total[classes.index(self._neutral)]
        return {name: float(total[i] - neutral) for i, name in enumerate(classes) if name != self._neutral}

    @cached_property
    def _trained(
        self,
    ) -> tuple[list[str], npt.NDArray[np.float64], dict[str, tuple[float, npt.NDArray[np.float64]]]]:
        """The classes, their prior log probability, and of every term its rarity and log probability by class."""
        texts = [text for group in self._examples.values() for text in group]
        labels = [name for name, group in self._examples.items() for _ in group]
        vectoriser = TfidfVectorizer(analyzer=lambda text: list(_terms(text)), sublinear_tf=True)
        bayes = MultinomialNB(alpha=_SMOOTHING).fit(vectoriser.fit_transform(texts), labels)
        rows = np.ascontiguousarray(bayes.feature_log_prob_.T)
        weights = {term: (float(vectoriser.idf_[i]), rows[i]) for term, i in vectoriser.vocabulary_.items()}
        return [str(name) for name in bayes.classes_], bayes.class_log_prior_, weights

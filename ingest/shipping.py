"""Writes the vectors that ship with the bundled content: `python -m ingest.shipping` (`make vectors`).

With them a first start embeds nothing. Run it after content, lexicon or glossary changed; a test says when.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.cli import content_documents
from knowledge.embedding import EmbedderWithCount, build_embedder
from knowledge.retrieval import embedding_text
from knowledge.settings import KnowledgeSettings
from knowledge.topics import TopicScorer, load_outside, load_topics, training_texts
from knowledge.vector_cache import SHIPPED, cache_slug, content_key, write_shipped


def bundled_texts() -> list[str]:
    """Everything that is embedded on a first start: chunks of the content, and the topic lexicon."""
    chunks = [embedding_text(chunk) for document in content_documents() for chunk in document.chunks]
    lexicon = [text for text, _, _ in training_texts(load_topics(), load_outside())]
    return [*chunks, *lexicon]


def model_texts(embedder: EmbedderWithCount) -> list[str]:
    """The bundled texts as the model reads them, without doubles."""
    return list(dict.fromkeys(embedder.to_model_text(text) for text in bundled_texts()))


def main() -> None:
    """Embed what the shipped file and the local cache lack, and write the file anew."""
    embedder = build_embedder(KnowledgeSettings())
    texts = model_texts(embedder)
    vectors = embedder.cache.embed(texts, "passage")
    path = SHIPPED / f"{cache_slug(embedder.cache.name)}.npz"
    write_shipped(path, {content_key(text): vector for text, vector in zip(texts, vectors, strict=True)})
    print(f"{path.name}: {len(texts)} vectors, {embedder.cache.embedded} embedded now")
    ship_topic_model(embedder)


def ship_topic_model(embedder: EmbedderWithCount) -> None:
    """Train the topic scorer on the lexicon as it is now, and put it in the place of the old one."""
    with TemporaryDirectory() as folder:
        TopicScorer.open(embedder.embedder, Path(folder))
        for model in (Path(folder) / "topics").glob("*.npz"):
            for old in SHIPPED.glob("topics-*.npz"):
                old.unlink()
            shutil.copy(model, SHIPPED / model.name)
            print(f"{model.name}: topic model trained")


if __name__ == "__main__":
    main()

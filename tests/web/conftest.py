"""The site over a fake pipeline: what it answers is chosen by the test."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.composition import Assistant
from assistant.settings import Settings
from assistant.types import Answer, AnswerStatus, Citation, PublishedSentence, Question
from knowledge.regelingen import load_regelingen
from knowledge.retrieval import RetrievalResult
from knowledge.types import Chunk, Passage, Source
from web.app import create_app
from web.conversations import Conversations


def make_chunk(text: str = "U kunt de toeslag aanvragen.", **values: Any) -> Chunk:
    defaults: dict[str, Any] = {
        "id": "c1",
        "document": "enschede/individuele-inkomenstoeslag",
        "order": 0,
        "scope": "enschede",
        "topic": "individuele-inkomenstoeslag",
        "title": "Individuele inkomenstoeslag",
        "heading": "Voor wie?",
        "source": Source(url="https://www.enschede.nl/x", title="Bron", peildatum="2024-07", certainty="hoog"),
    }
    return Chunk(text=text, **(defaults | values))


def make_answer(text: str = "U kunt de toeslag aanvragen. [1]", **values: Any) -> Answer:
    chunk = values.pop("chunk", None) or make_chunk()
    defaults: dict[str, Any] = {
        "status": AnswerStatus.ANSWERED_REGELING,
        "gemeente": "enschede",
        "sentences": (PublishedSentence(text=text, citations=(1,)),),
        "citations": (Citation(number=1, chunk=chunk, quote=chunk.text),),
        "generator": "regelkaart",
    }
    return Answer(text=text, **(defaults | values))


@dataclass
class FakePipeline:
    """Answers with `reply`, as the real one would finish it, and remembers what it was asked."""

    reply: Callable[[Question], Answer] = lambda question: make_answer()
    asked: list[Question] = field(default_factory=list)

    def run(self, question: Question) -> Answer:
        from dataclasses import replace

        from assistant.checks.personal_data import mask_personal_data

        self.asked.append(question)
        answer = self.reply(question)
        masked = mask_personal_data(question.text)[0]
        return replace(
            answer, id=f"a{len(self.asked)}", conversation=question.conversation, question=answer.question or masked
        )


@dataclass
class FakeRetriever:
    found: tuple[Passage, ...] = ()
    scopes_asked: Sequence[str] = ()

    def search(self, text: str, scopes: Sequence[str], **_: Any) -> RetrievalResult:
        self.scopes_asked = tuple(scopes)
        return RetrievalResult(passages=self.found)


class FakeScorer:
    def scores(self, text: str) -> list[tuple[str, float]]:
        return [("bijstand", 1.0)]


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def pipeline() -> FakePipeline:
    return FakePipeline()


@pytest.fixture
def retriever() -> FakeRetriever:
    return FakeRetriever()


@pytest.fixture(scope="session")
def content() -> dict[str, Any]:
    """The real content, read once for all tests."""
    assistant = Assistant(Settings())
    return {"texts": assistant.texts, "gazetteer": assistant.gazetteer, "regelingen": load_regelingen()}


@pytest.fixture
def assistant(
    tmp_path: Path,
    pipeline: FakePipeline,
    retriever: FakeRetriever,
    content: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Assistant:
    monkeypatch.setattr("web.catalogue.load_regelingen", lambda: content["regelingen"])
    built = Assistant(Settings(data_dir=tmp_path), clock=lambda: date(2026, 1, 15))
    built.__dict__.update(texts=content["texts"], gazetteer=content["gazetteer"])
    built.__dict__.update(pipeline=pipeline, retriever=retriever, scorer=FakeScorer())
    return built


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(assistant: Assistant, clock: Clock) -> Iterator[TestClient]:
    app = create_app(assistant, conversations=Conversations(clock=clock), warm_up=False)
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def answer() -> Callable[..., Answer]:
    return make_answer


@pytest.fixture
def chunk() -> Callable[..., Chunk]:
    return make_chunk

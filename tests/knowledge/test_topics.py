"""The topic lexicon, and the model that is trained on it."""

import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import yaml

from knowledge.embedding import HashEmbedder
from knowledge.errors import ContentError
from knowledge.regelingen import CONTENT
from knowledge.text import words
from knowledge.topics import OUTSIDE, TopicScorer, _load, load_outside, load_topics, training_texts
from knowledge.types import Topic

UPL = "http://standaarden.overheid.nl/owms/terms/"
TINY = ("witgoed", "schuldhulp", "kinderopvang")


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics()


def _spoken(question: str) -> str:
    return " ".join(words(question))


# The lexicon


def test_there_are_35_topics_each_with_at_least_60_questions(topics: dict[str, Topic]) -> None:
    assert len(topics) == 35
    assert {slug: len(topic.questions) for slug, topic in topics.items() if len(topic.questions) < 60} == {}


def test_no_question_stands_under_two_topics_or_twice(topics: dict[str, Topic]) -> None:
    spoken = [_spoken(question) for topic in topics.values() for question in topic.questions]
    spoken.extend(_spoken(question) for question in load_outside().questions)
    assert [question for question, count in Counter(spoken).items() if count > 1] == []


def test_related_and_elsewhere_point_to_known_topics(topics: dict[str, Topic]) -> None:
    for topic in topics.values():
        assert set(topic.related) <= topics.keys() - {topic.slug}
        assert {target for _, target in topic.elsewhere} <= topics.keys() - {topic.slug}
        assert len(set(topic.related)) == len(topic.related)


def test_a_lay_word_is_written_once_per_topic_and_is_not_also_elsewhere(topics: dict[str, Topic]) -> None:
    for topic in topics.values():
        assert all(_spoken(word) for word in topic.lay_words)
        assert [word for word, n in Counter(topic.lay_words).items() if n > 1] == [], topic.slug
        assert {word for word, _ in topic.elsewhere}.isdisjoint(topic.lay_words), topic.slug


def test_upl_names_have_the_address_of_the_list(topics: dict[str, Topic]) -> None:
    for topic in topics.values():
        for name, uri in topic.upl:
            assert name == name.lower()
            assert uri.startswith(UPL)
            assert uri.removeprefix(UPL).strip()
            assert " " not in uri


def test_every_topic_can_be_shown_to_a_reader(topics: dict[str, Topic]) -> None:
    for topic in topics.values():
        assert topic.name
        assert topic.name[0].isupper()
        assert topic.short
        assert not topic.short.endswith(".")
        assert topic.description.endswith(".")


def test_questions_outside_name_a_desk(topics: dict[str, Topic]) -> None:
    outside = load_outside()
    assert len(outside.questions) >= 60
    assert all(word.strip() and desk.strip() for word, desk in outside.desks)
    assert len(dict(outside.desks)) == len(outside.desks), "one word, one desk"
    assert OUTSIDE not in topics


# Broken files


@pytest.fixture(scope="module")
def tiny_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("tiny")
    (content / "onderwerpen").mkdir(parents=True)
    for slug in TINY:
        topic = yaml.safe_load((CONTENT / "onderwerpen" / f"{slug}.yaml").read_text(encoding="utf-8"))
        topic["questions"] = {"voice": [q for voice in topic["questions"].values() for q in voice][::4]}
        topic["lay_words"] = topic["lay_words"][:15]
        _write(content / "onderwerpen" / f"{slug}.yaml", topic)
    outside = yaml.safe_load((CONTENT / "buiten_bereik.yaml").read_text(encoding="utf-8"))
    outside["questions"] = outside["questions"][:15]
    _write(content / "buiten_bereik.yaml", outside)
    return content


@pytest.fixture(scope="module")
def trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def scorer(tiny_content: Path, trained_once: Path) -> TopicScorer:
    return _open(tiny_content, trained_once)


@pytest.fixture
def trained(scorer: TopicScorer, trained_once: Path, tmp_path: Path) -> Path:
    """A copy of the data folder with the trained model, that a test may damage."""
    return Path(shutil.copytree(trained_once, tmp_path / "data"))


@pytest.fixture
def tiny(tiny_content: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(tiny_content, tmp_path / "content"))


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [("slug: witgoed", "slug: wit-goed"), ("short:", "kort:"), ("questions:", "vragen:"), ("upl:", "upl: [x\nupl:")],
)
def test_a_broken_topic_is_named(tiny: Path, old: str, new: str) -> None:
    _change(tiny / "onderwerpen" / "witgoed.yaml", old, new)
    with pytest.raises(ContentError, match=r"onderwerpen/witgoed\.yaml"):
        load_topics(tiny)


@pytest.mark.parametrize("text", ["", "questions: [a]", "- a", "[x"])
def test_a_broken_list_of_outside_questions_is_named(tiny: Path, text: str) -> None:
    (tiny / "buiten_bereik.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"buiten_bereik\.yaml"):
        load_outside(tiny)


# The scorer, on three topics


def _open(content: Path, data_dir: Path) -> TopicScorer:
    return TopicScorer.open(HashEmbedder(64), data_dir, content)


def _model_file(data_dir: Path) -> Path:
    (path,) = (data_dir / "topics").glob("*.npz")
    return path


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("mijn wasmachine is stuk en ik heb geen geld", "witgoed"),
        ("de koelkast doet het niet meer", "witgoed"),
        ("ik heb schulden bij de bank en deurwaarders aan de deur", "schuldhulp"),
        ("de kinderopvang is te duur", "kinderopvang"),
        ("mijn paspoort is verlopen", OUTSIDE),
    ],
)
def test_a_question_finds_its_topic(scorer: TopicScorer, question: str, topic: str) -> None:
    assert scorer.scores(question)[0][0] == topic


def test_probabilities_add_up_to_one_best_first(scorer: TopicScorer) -> None:
    for question in ("wasmachine", "", "xqzvw", "schulden en kinderopvang"):
        scores = scorer.scores(question)
        assert {slug for slug, _ in scores} == {*TINY, OUTSIDE}
        assert sum(probability for _, probability in scores) == pytest.approx(1, abs=1e-4)
        assert [p for _, p in scores] == sorted((p for _, p in scores), reverse=True)


def test_the_trained_model_is_kept_and_used_again(tiny: Path, scorer: TopicScorer, trained: Path) -> None:
    path = _model_file(trained)
    before = path.stat().st_mtime_ns
    again = _open(tiny, trained)
    assert path.stat().st_mtime_ns == before
    first, second = scorer.scores("de koelkast is stuk"), again.scores("de koelkast is stuk")
    assert [slug for slug, _ in second] == [slug for slug, _ in first]
    assert [p for _, p in second] == pytest.approx([p for _, p in first], abs=1e-2)


def test_a_broken_model_file_is_trained_again(tiny: Path, scorer: TopicScorer, trained: Path) -> None:
    path = _model_file(trained)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    again = _open(tiny, trained)
    assert again.scores("de koelkast is stuk")[0] == pytest.approx(scorer.scores("de koelkast is stuk")[0])
    assert len(path.read_bytes()) == pytest.approx(len(whole), rel=0.1)


@pytest.mark.parametrize("damage", ["missing", "empty", "half", "text", "other"])
def test_no_kind_of_damage_is_read_as_a_model(trained: Path, damage: str) -> None:
    path = _model_file(trained)
    assert _load(path) is not None
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "other":
        np.savez(path, something=np.zeros(3))
    else:
        path.write_bytes({"empty": b"", "half": whole[: len(whole) // 2], "text": b"geen model"}[damage])
    assert _load(path) is None


def test_another_lexicon_or_embedder_is_another_model(tiny: Path, trained: Path) -> None:
    TopicScorer.open(HashEmbedder(32), trained, tiny)
    assert len(list((trained / "topics").glob("*.npz"))) == 2
    _change(tiny / "onderwerpen" / "witgoed.yaml", "lay_words:\n", "lay_words:\n- vaatwassertje\n")
    _open(tiny, trained)
    assert len(list((trained / "topics").glob("*.npz"))) == 3


def test_training_texts_skip_topics_that_are_not_there(tiny: Path) -> None:
    labels = {label for _, label, _ in training_texts(load_topics(tiny), load_outside(tiny))}
    assert labels == {*TINY, OUTSIDE}

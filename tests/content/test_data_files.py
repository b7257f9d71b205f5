"""The other bundled files: source register, norms, plans, glossary, help lines."""

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import figures
from knowledge.gemeenten import load_gemeenten
from knowledge.gloss import Glosser, load_glossary
from knowledge.normen import load_norms
from knowledge.plannen import Plan, load_plans
from knowledge.regelingen import CONTENT
from knowledge.text import fold, words
from knowledge.topics import load_topics
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Regeling

ROOT = Path(__file__).parents[2]
SCOPES = {*load_gemeenten(), REGION_SCOPE, NATIONAL_SCOPE}
CERTAINTIES = {"hoog", "middel", "laag"}


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_yaml_file_loads_and_is_not_empty(path: Path) -> None:
    assert _yaml(path)


class _NoDoubleKeys(yaml.SafeLoader):
    """YAML lets the last of two equal keys win in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"double key near line {node.start_mark.line + 1}: {keys}"
        return super().construct_mapping(node, deep=deep)


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.yaml")), ids=lambda path: path.stem)
def test_no_key_stands_twice(path: Path) -> None:
    yaml.load(path.read_text(encoding="utf-8"), Loader=_NoDoubleKeys)


def test_every_file_belongs_to_a_known_kind() -> None:
    unknown = [
        path.relative_to(CONTENT).as_posix()
        for path in CONTENT.rglob("*")
        if path.is_file() and path.suffix not in (".md", ".yaml", ".tsv")
    ]
    assert unknown == []


# The source register


def test_the_register_holds_the_source_of_every_page(regelingen: tuple[Regeling, ...]) -> None:
    known = {figures.normalise_url(row["url"]) for row in _yaml(CONTENT / "bronnen.yaml")["bronnen"]}
    assert [page.key for page in regelingen if figures.normalise_url(page.source.url) not in known] == []


def test_rows_of_the_register_are_in_form() -> None:
    rows, topics = _yaml(CONTENT / "bronnen.yaml")["bronnen"], load_topics().keys()
    assert len({row["url"] for row in rows}) == len(rows)
    for row in rows:
        assert row["url"].startswith(("http://", "https://")), row
        assert set(row["gemeenten"]) <= SCOPES, row
        assert set(row["topics"]) <= topics, row
        assert row["zekerheid"] in CERTAINTIES, row


# Norms


@pytest.mark.parametrize("path", sorted((CONTENT / "normen").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_norm_is_in_form(path: Path) -> None:
    raw = _yaml(path)
    assert raw["slug"] == path.stem
    for version in raw["versions"]:
        for day in filter(None, (version["from"], version["until"])):
            assert isinstance(day, date)
            assert not isinstance(day, datetime)
        for amount in version["amounts"]:
            assert (amount.get("cents") is None) != (amount.get("percent") is None), amount
            assert amount.get("cents") is None or isinstance(amount["cents"], int), amount


@pytest.mark.parametrize("slug", sorted(load_norms()))
def test_the_page_of_a_norm_holds_its_figures(slug: str, regelingen: tuple[Regeling, ...]) -> None:
    pages = {page.key: page for page in regelingen}
    raw = _yaml(CONTENT / "normen" / f"{slug}.yaml")
    for version in raw["versions"]:
        page = pages[version["page"]]
        missing = [
            amount
            for amount in version["amounts"]
            # A figure with a source of its own comes from another page, and a disputed one may stand without its unit.
            if (
                not {"source", "doubt"} & amount.keys()
                and amount.get("cents") not in {None, *figures.amounts(page.body)}
            )
            or amount.get("percent") not in {None, *figures.percentages(page.body)}
        ]
        assert missing == [], version["page"]


# Plans


@pytest.fixture(scope="module")
def plans() -> tuple[Plan, ...]:
    return load_plans()


def test_there_are_five_plans(plans: tuple[Plan, ...]) -> None:
    assert [plan.slug for plan in plans] == [
        "informatiepakket-2024",
        "jaarplan-2025",
        "kwartaalupdate-2025-q4",
        "regioplan-2023",
        "visie-en-uitgangspunten",
    ]


def test_plans_are_cited_to_a_document_and_a_year(plans: tuple[Plan, ...]) -> None:
    for plan in plans:
        assert (plan.scope, plan.topic) == (REGION_SCOPE, "plan")
        assert re.fullmatch(r"20\d\d", plan.year)
        assert plan.source.url.startswith("https://")
        assert plan.source.certainty in CERTAINTIES
        assert len(plan.sections) >= 10
        assert all(section.paragraphs for section in plan.sections)
        headings = [section.heading for section in plan.sections]
        assert len(headings) == len(set(headings)), plan.slug


def test_plans_read_easily(plans: tuple[Plan, ...]) -> None:
    for plan in plans:
        for section in plan.sections:
            for paragraph in section.paragraphs:
                for sentence in re.split(r"(?<=[.!?:])\s+|\n", paragraph):
                    assert len(sentence.split()) <= 21, (plan.slug, sentence)


# The glossary


def test_the_glossary_is_large_and_in_form() -> None:
    lines = (CONTENT / "glossarium.tsv").read_text(encoding="utf-8").splitlines()
    keys = [fold(line.split("\t")[0]) for line in lines[1:]]
    assert lines[0] == "nl\ten"
    assert len(keys) >= 5_000
    assert [key for key in keys if not key.strip() or key != key.strip()] == []
    assert len(load_glossary()) >= 5_000
    assert all(english.strip() for english in load_glossary().values())


def test_the_glossary_knows_the_words_of_the_pages(regelingen: tuple[Regeling, ...]) -> None:
    glosser = Glosser(load_glossary())
    seen = {word for page in regelingen for word in words(page.body) if word.isalpha() and len(word) > 3}
    known = [word for word in seen if glosser.gloss(word) != word]
    assert len(known) / len(seen) > 0.85


# The questions that measure Sam


def _dataset(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


DATASETS = sorted((ROOT / "evals" / "datasets").glob("*.jsonl"))


def test_there_are_datasets() -> None:
    assert DATASETS


@pytest.mark.parametrize("path", DATASETS, ids=lambda path: path.stem)
def test_no_question_that_measures_is_a_question_that_trains(path: Path) -> None:
    def spoken(text: str) -> str:
        return " ".join(words(text))

    lexicon = {spoken(question) for topic in load_topics().values() for question in topic.questions}
    asked = {spoken(str(row["vraag"])) for row in _dataset(path) if row.get("vraag")}
    assert asked & lexicon == set()


def test_questions_of_the_main_dataset_point_to_what_exists(regelingen: tuple[Regeling, ...]) -> None:
    pages, topics = {page.key: page for page in regelingen}, load_topics()
    rows = _dataset(ROOT / "evals" / "datasets" / "vragen.jsonl")
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert {row["onderwerp"], *row["onderwerpen_goed"]} <= topics.keys(), row["id"]
        assert set(row["paginas"]) <= pages.keys(), row["id"]
        assert row["gemeente"] is None or row["gemeente"] in SCOPES, row["id"]
        assert row["deel"] in ("ontwikkel", "onbekend"), row["id"]

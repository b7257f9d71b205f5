"""Every figure, number and address that the pages were written from has arrived in its page.

Runs where the facts stand beside the repository, in `../shared/feiten`; elsewhere it is skipped.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from knowledge import figures
from knowledge.regelingen import known_phones
from knowledge.types import Regeling

FACTS = Path(__file__).parents[3] / "shared" / "feiten"
# Paid and not confirmed: the facts themselves say not to show it.
LEFT_OUT = {("landelijk", "Juridisch Loket"): {"09008020", "08008020"}}

pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason=f"the facts are not here: {FACTS}")

Record = dict[str, Any]
Pair = tuple[Record, Regeling]


def _records() -> list[Record]:
    return [record for path in sorted(FACTS.glob("*.json")) for record in json.loads(path.read_text(encoding="utf-8"))]


def _key_of_record(record: Record) -> tuple[str, ...]:
    return record["gemeente"], record["onderwerp"], record["naam"], record["bron_url"]


def _key_of_page(page: Regeling) -> tuple[str, ...]:
    return page.scope, page.topic, page.title, page.source.url


@pytest.fixture(scope="module")
def pairs(regelingen: tuple[Regeling, ...]) -> list[Pair]:
    pages = {_key_of_page(page): page for page in regelingen}
    return [(record, pages[_key_of_record(record)]) for record in _records()]


def test_there_is_exactly_one_page_per_record(regelingen: tuple[Regeling, ...]) -> None:
    records, pages = Counter(map(_key_of_record, _records())), Counter(map(_key_of_page, regelingen))
    assert set(records.values()) == {1}
    assert records == pages


def test_every_amount_arrived_in_data_and_text(pairs: list[Pair]) -> None:
    checked, lost = 0, []
    for record, page in pairs:
        cents = {a.cents for a in page.amounts} & figures.amounts(page.body)
        percents = {a.percent for a in page.amounts} & figures.percentages(page.body)
        for row in record["bedragen"]:
            checked += 1
            share = "procent" in row["eenheid"]
            arrived = float(row["bedrag"]) in percents if share else round(row["bedrag"] * 100) in cents
            if not arrived:
                lost.append((page.key, row))
    assert lost == []
    assert checked > 400


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]


def _said(record: Record, read: Any) -> set[Any]:
    return {figure for text in _texts(record) for figure in read(text)}


def test_every_figure_of_a_page_comes_from_its_record(pairs: list[Pair]) -> None:
    for record, page in pairs:
        numbers = [row["bedrag"] for row in record["bedragen"]]
        cents = _said(record, figures.amounts) | {round(number * 100) for number in numbers}
        # "800 of 1.300" without a euro sign: only numbers too large for an age, a term or a count.
        bare = {round(number * 100) for number in _said(record, figures.numbers) if number >= 500}
        assert figures.amounts(page.body) <= cents | bare, page.key
        percents = _said(record, figures.percentages) | {float(number) for number in numbers}
        assert figures.percentages(page.body) <= percents, page.key


def test_every_phone_number_of_a_contact_arrived(pairs: list[Pair]) -> None:
    checked = 0
    for record, page in pairs:
        contact = record["contact"] or {}
        numbers = figures.phones(contact.get("telefoon") or "")
        assert bool(numbers) == bool(contact.get("telefoon")), (page.key, contact)
        expected = numbers - LEFT_OUT.get((page.scope, page.title), set())
        checked += len(expected)
        assert expected <= figures.phones(page.body) & known_phones(page), page.key
    assert checked > 180


def test_no_page_has_a_phone_number_of_its_own(pairs: list[Pair]) -> None:
    for record, page in pairs:
        assert known_phones(page) <= _said(record, figures.phones), page.key


def test_the_number_that_nobody_confirmed_is_shown_nowhere(regelingen: tuple[Regeling, ...]) -> None:
    unconfirmed = {number for numbers in LEFT_OUT.values() for number in numbers}
    assert [page.key for page in regelingen if unconfirmed & (figures.phones(page.body) | known_phones(page))] == []


def test_every_address_arrived(pairs: list[Pair]) -> None:
    for record, page in pairs:
        assert page.source.url == record["bron_url"], page.key
        contact = record["contact"] or {}
        if contact.get("url"):
            assert page.contact is not None, page.key
            assert page.contact.url == contact["url"], page.key
        if contact.get("email"):
            assert page.contact is not None, page.key
            assert contact["email"].lower() in figures.emails(page.body), page.key


def test_what_a_source_says_of_itself_arrived(pairs: list[Pair]) -> None:
    for record, page in pairs:
        source = page.source
        told = (record["bron_titel"], record["peildatum"], record["zekerheid"])
        assert (source.title, source.peildatum, source.certainty) == told, page.key

"""The bundled pages: what a reader may trust, on every one of them."""

import re
import statistics
from collections import Counter
from collections.abc import Iterator

import pytest

from knowledge import figures
from knowledge.gemeenten import load_gemeenten
from knowledge.normen import load_norms
from knowledge.regelingen import CONTENT, known_phones, problems
from knowledge.topics import load_topics
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Regeling

PAGES = 433
LONGEST_SENTENCE, LONGEST_MEAN_OF_A_PAGE, LONGEST_MEAN = 20, 15, 10
DATE = r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
BEHIND_THE_SCENES = re.compile(
    r"\b(?:records?|feiten|feitenbestand|dataset|json|yaml|let_op|bron_url|peildatum|samenvatting|openbare kopie|"
    r"kopie van (?:de )?(?:pagina|wet|wettekst\w*)|onze bronnen|de brontekst)\b",
    re.IGNORECASE,
)
INFORMAL = re.compile(r"\b(?:jij|jou|jouw|jullie|je)\b")
NAMES_WITH_JE = ("Zelf je schulden regelen", "Rondkomen met je inkomen")


def _sentences(page: Regeling) -> Iterator[str]:
    for section in page.sections:
        for paragraph in section.paragraphs:
            yield from (part for part in re.split(r"(?<=[.!?:])\s+|\n", paragraph) if part.strip())


def _lengths(page: Regeling) -> list[int]:
    return [len(sentence.split()) for sentence in _sentences(page)]


def test_every_page_is_there(regelingen: tuple[Regeling, ...]) -> None:
    assert len(regelingen) == PAGES
    assert len({page.key for page in regelingen}) == PAGES
    assert len({(page.scope, page.title.casefold(), page.topic, page.source.url) for page in regelingen}) == PAGES


def test_no_page_has_problems(regelingen: tuple[Regeling, ...]) -> None:
    found = [f"{page.key}: {text}" for page in regelingen for _, text in problems(page)]
    assert found == []


# Not through `problems`, so that a fault in that one cannot hide a fault here.
def test_figures_in_the_text_and_in_the_data_are_the_same(regelingen: tuple[Regeling, ...]) -> None:
    for page in regelingen:
        text = "\n".join(paragraph for section in page.sections for paragraph in section.paragraphs)
        assert figures.amounts(text) == {a.cents for a in page.amounts if a.cents is not None}, page.key
        assert figures.percentages(text) == {a.percent for a in page.amounts if a.percent is not None}, page.key
        assert figures.phones(text) == known_phones(page), page.key


def test_scopes_and_topics_are_known_and_all_used(regelingen: tuple[Regeling, ...]) -> None:
    scopes = {*load_gemeenten(), REGION_SCOPE, NATIONAL_SCOPE}
    assert {page.scope for page in regelingen} == scopes
    assert {page.topic for page in regelingen} == load_topics().keys() - {"plan"}


def test_slugs_are_addresses(regelingen: tuple[Regeling, ...]) -> None:
    for page in regelingen:
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", page.slug), page.key
        assert len(page.slug) <= 60, page.key


def test_every_page_can_be_checked_by_its_reader(regelingen: tuple[Regeling, ...]) -> None:
    for page in regelingen:
        assert re.match(r"https?://\S+$", page.source.url), page.key
        assert page.source.title.strip(), page.key
        assert page.title.strip() == page.title, page.key
        assert all("." in link and " " not in link for link in page.links), page.key


def test_dates_are_dates(regelingen: tuple[Regeling, ...]) -> None:
    for page in regelingen:
        assert re.fullmatch(rf"onbekend|{DATE}", page.source.peildatum), (page.key, page.source.peildatum)
        for day in filter(None, (page.validity.start, page.validity.end)):
            assert re.fullmatch(DATE, day), (page.key, day)
        start, end = page.validity.start, page.validity.end
        assert not (start and end) or start[: len(end)] <= end[: len(start)], page.key


def test_a_stopped_page_says_so_and_a_doubtful_source_is_marked(regelingen: tuple[Regeling, ...]) -> None:
    stopped = [page for page in regelingen if page.validity.stopped]
    assert len(stopped) >= 10
    for page in stopped:
        assert "Deze regeling is gestopt." in page.body, page.key
    for page in regelingen:
        if not page.validity.stopped:
            assert "Deze regeling is gestopt." not in page.body, page.key
        if page.source.certainty == "laag":
            assert page.doubtful, page.key


def test_contacts_can_be_reached(regelingen: tuple[Regeling, ...]) -> None:
    for page in regelingen:
        numbers = (*(page.contact.phones if page.contact else ()), *page.phones)
        for number in numbers:
            assert figures.phones(number) == {figures.normalise_phone(number)}, (page.key, number)
        assert len(set(map(figures.normalise_phone, numbers))) == len(numbers), page.key
        if page.contact:
            assert page.contact.organisation.strip(), page.key
            if page.contact.email:
                assert figures.emails(page.contact.email) == {page.contact.email.lower()}, page.key
                assert page.contact.email.lower() in figures.emails(page.body), page.key


def test_norms_that_pages_copy_exist(regelingen: tuple[Regeling, ...]) -> None:
    norms = load_norms()
    copied = Counter(amount.norm for page in regelingen for amount in page.amounts if amount.norm)
    assert copied.keys() <= norms.keys()
    assert copied["bijstandsnorm"] > 10


def test_a_page_for_some_gemeenten_names_known_ones(regelingen: tuple[Regeling, ...]) -> None:
    gemeenten = load_gemeenten()
    for page in regelingen:
        assert set(page.only_for) <= gemeenten.keys(), page.key
        if page.only_for:
            assert page.scope in (REGION_SCOPE, NATIONAL_SCOPE), page.key
            assert len(page.only_for) < len(gemeenten), page.key


# How it reads


def test_sentences_are_short(regelingen: tuple[Regeling, ...]) -> None:
    lengths = {page.key: _lengths(page) for page in regelingen}
    assert {key: max(found) for key, found in lengths.items() if max(found) > LONGEST_SENTENCE} == {}
    means = {key: statistics.mean(found) for key, found in lengths.items()}
    assert {key: mean for key, mean in means.items() if mean > LONGEST_MEAN_OF_A_PAGE} == {}
    assert statistics.mean(length for found in lengths.values() for length in found) <= LONGEST_MEAN


def test_readers_see_nothing_of_how_the_pages_were_made(regelingen: tuple[Regeling, ...]) -> None:
    seen = [
        (page.key, m.group()) for page in regelingen for m in BEHIND_THE_SCENES.finditer(f"{page.title} {page.body}")
    ]
    assert seen == []


def test_readers_are_addressed_with_u(regelingen: tuple[Regeling, ...]) -> None:
    informal = []
    for page in regelingen:
        text = page.body
        for name in NAMES_WITH_JE:
            text = text.replace(name, "")
        informal += [(page.key, match.group()) for match in INFORMAL.finditer(text)]
    assert informal == []


def test_a_paragraph_can_be_cited_on_its_own(regelingen: tuple[Regeling, ...]) -> None:
    for page in regelingen:
        for section in page.sections:
            for paragraph in section.paragraphs:
                assert len(paragraph) <= 1200, page.key
                assert not paragraph.startswith("- "), (page.key, section.heading)


@pytest.mark.parametrize("scope", sorted({*load_gemeenten(), REGION_SCOPE, NATIONAL_SCOPE}))
def test_every_scope_has_its_folder(scope: str) -> None:
    assert len(list((CONTENT / "regelingen" / scope).glob("*.md"))) >= 15

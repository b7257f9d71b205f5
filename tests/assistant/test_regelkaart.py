"""The answer without a model: the page's own sentences, in an order that helps, with what is old or gone said aloud."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from assistant.composition import Assistant
from assistant.generation.age import Age
from assistant.generation.protocol import Brief, Composition, CurrentNorm, Page
from assistant.generation.regelkaart import RegelkaartGenerator
from assistant.texts import Texts
from assistant.types import AnswerStatus, Aspect, Mood, Question
from knowledge import figures
from knowledge.normen import load_norms
from knowledge.regelingen import load_regelingen
from knowledge.topics import load_topics
from knowledge.types import Regeling
from tests.assistant.builders import build_chunk
from tests.conftest import TODAY

TEXTS = Texts.load()
TOPICS = load_topics()
STOPPED = [
    page for page in load_regelingen() if page.validity.stopped and page.scope not in ("landelijk", "regio-twente")
]
LOCAL = [page for page in load_regelingen() if page.scope not in ("landelijk", "regio-twente")]
SECTIONS = {
    "Wat is het?": "De toeslag is extra geld voor mensen met een laag inkomen.",
    "Voor wie?": "De toeslag is voor inwoners van 21 jaar en ouder.",
    "Hoeveel?": "Het bedrag is € 100 per jaar.",
    "Aanvragen": "U vraagt de toeslag aan met een formulier.",
    "Wat heeft u nodig?": "Neem een kopie van uw identiteitsbewijs mee.",
    "Wanneer hoort u iets?": "U hoort het binnen 8 weken.",
    "Contact": "Bel de gemeente Enschede: 053 - 481 78 00.",
}


def build_page(sections: dict[str, str] | None = None, key: str = "enschede/toeslag", **values: Any) -> Page:
    chunks = tuple(
        build_chunk(text, id=f"{key}#{order}", document=key, order=order, heading=heading, **values)
        for order, (heading, text) in enumerate((sections or SECTIONS).items())
    )
    first = chunks[0]
    return Page(key=key, scope=first.scope, topic=first.topic, title=first.title, chunks=chunks, score=1.0)


def build_brief(*pages: Page, aspect: Aspect = Aspect.WHAT, question: str = "de toeslag", **values: Any) -> Brief:
    defaults: dict[str, Any] = {
        "mood": Mood.NEUTRAL,
        "gemeente": "enschede",
        "gemeente_name": "Enschede",
        "topic": TOPICS["individuele-inkomenstoeslag"],
        "passages": (),
    }
    return Brief(question=question, aspect=aspect, pages=pages, **(defaults | values))


def compose(brief: Brief) -> Composition:
    return RegelkaartGenerator(TEXTS, Age(lambda: TODAY, 18)).compose(brief)


def said(brief: Brief) -> str:
    return " ".join(sentence.text for sentence in compose(brief).draft.sentences)


@pytest.mark.parametrize(
    ("aspect", "heading"),
    [
        (Aspect.WHAT, "Wat is het?"),
        (Aspect.WHO, "Voor wie?"),
        (Aspect.AMOUNT, "Hoeveel?"),
        (Aspect.APPLY, "Aanvragen"),
        (Aspect.PAPERS, "Wat heeft u nodig?"),
        (Aspect.DEADLINE, "Wanneer hoort u iets?"),
        (Aspect.CONTACT, "Contact"),
    ],
)
def test_what_was_asked_is_answered_with_the_way_to_a_person(aspect: Aspect, heading: str) -> None:
    text = said(build_brief(build_page(), aspect=aspect))
    assert SECTIONS[heading] in text
    assert SECTIONS["Contact"] in text


def test_every_sentence_with_a_fact_is_a_stored_one_with_its_evidence() -> None:
    for aspect in Aspect:
        for sentence in compose(build_brief(build_page(), aspect=aspect)).draft.sentences:
            if sentence.evidence:
                assert all(evidence.paragraph in evidence.chunk.paragraphs for evidence in sentence.evidence)
            else:
                assert not figures.numbers(sentence.text)
                assert sentence.text not in SECTIONS.values()


def test_no_sentence_comes_twice() -> None:
    for aspect in Aspect:
        texts = [sentence.text for sentence in compose(build_brief(build_page(), aspect=aspect)).draft.sentences]
        assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("values", "warning"),
    [
        ({"amounts_from": "2021"}, TEXTS.get("old_amount", year="2021")),
        ({"peildatum": "2023-01"}, TEXTS.get("old_amount", year="2023")),
        ({"amounts_from": "2026", "peildatum": "2020-01"}, None),
        ({"peildatum": "onbekend"}, TEXTS.get("undated_amounts")),
        ({"peildatum": "2026-07"}, None),
    ],
)
def test_an_old_amount_is_named_with_its_year(values: dict[str, Any], warning: str | None) -> None:
    text = said(build_brief(build_page(**values), aspect=Aspect.AMOUNT, question="Hoeveel is de toeslag?"))
    assert "€ 100" in text
    possible = [TEXTS.get("undated_amounts"), *(TEXTS.get("old_amount", year=str(year)) for year in range(2015, 2027))]
    assert [known for known in possible if known in text] == ([warning] if warning else [])


def test_more_old_amounts_are_named_as_more() -> None:
    page = build_page({**SECTIONS, "Hoeveel?": "Het bedrag is € 100 of € 150 per jaar."}, amounts_from="2021")
    text = said(build_brief(page, aspect=Aspect.AMOUNT, question="Hoeveel is de toeslag?"))
    assert TEXTS.get("old_amounts", year="2021") in text


def test_no_amount_on_the_page_is_said() -> None:
    sections = {heading: text for heading, text in SECTIONS.items() if heading != "Hoeveel?"}
    text = said(build_brief(build_page(sections), aspect=Aspect.AMOUNT, question="Hoeveel is de toeslag?"))
    assert TEXTS.get("no_amount") in text
    assert "€" not in text


def norm_page(text: str = "De norm is € 500 per maand.") -> CurrentNorm:
    page = build_page({"Hoeveel?": text}, "landelijk/norm-2026", scope="landelijk", topic="bijstand", title="Norm 2026")
    return CurrentNorm(page=page, cents=frozenset({50_000}))


def test_a_newer_national_norm_replaces_the_copy_of_a_gemeente_and_says_so() -> None:
    page = build_page({**SECTIONS, "Hoeveel?": "Het bedrag is € 450 per maand."}, norm_copies=(("norm", 45_000),))
    brief = build_brief(page, aspect=Aspect.AMOUNT, question="Hoeveel is het?", norms={"norm": norm_page()})
    text = said(brief)
    assert TEXTS.get("newer_norm") in text
    assert "€ 500" in text
    assert "€ 450" not in text
    cited = [e.chunk.document for s in compose(brief).draft.sentences if "€ 500" in s.text for e in s.evidence]
    assert cited == ["landelijk/norm-2026"]


def test_a_copy_that_is_up_to_date_stays() -> None:
    page = build_page({**SECTIONS, "Hoeveel?": "Het bedrag is € 500 per maand."}, norm_copies=(("norm", 50_000),))
    text = said(build_brief(page, aspect=Aspect.AMOUNT, question="Hoeveel is het?", norms={"norm": norm_page()}))
    assert "Het bedrag is € 500 per maand." in text
    assert TEXTS.get("newer_norm") not in text


@pytest.mark.parametrize("copies", [(), (("norm", 45_000),), (("other", 10_000),)])
def test_an_amount_of_the_gemeente_itself_is_never_replaced(copies: tuple[tuple[str, int], ...]) -> None:
    page = build_page(norm_copies=copies)
    text = said(build_brief(page, aspect=Aspect.AMOUNT, question="Hoeveel is het?", norms={"norm": norm_page()}))
    assert "€ 100" in text
    assert TEXTS.get("newer_norm") not in text


def test_a_missing_page_of_the_gemeente_is_said_before_what_holds_wider() -> None:
    wider = build_page(key="landelijk/toeslag", scope="landelijk")
    composition = compose(build_brief(wider, missing_local=True))
    first, second = composition.draft.sentences[:2]
    assert "Enschede" in first.text
    assert "geen eigen pagina" in first.text
    assert second.text == TEXTS.get("no_local_national")
    assert composition.status is AnswerStatus.ANSWERED_NATIONAL


def test_without_a_page_sam_says_so_and_names_a_person() -> None:
    contact = build_page({"Contact": SECTIONS["Contact"]}, "enschede/_contact", topic="contact")
    composition = compose(build_brief(contact=contact))
    assert composition.status is AnswerStatus.UNANSWERABLE_NO_SOURCE
    assert composition.draft.sentences[0].text == TEXTS.get("unanswerable_no_source")
    assert SECTIONS["Contact"] in said(build_brief(contact=contact))
    assert [link.value for link in composition.links] == ["053 - 481 78 00"]


def test_the_contact_of_the_gemeente_fills_in_when_the_page_has_none() -> None:
    sections = {heading: text for heading, text in SECTIONS.items() if heading != "Contact"}
    contact = build_page({"Contact": "U kunt bellen: 053 - 481 78 00."}, "enschede/_contact", topic="contact")
    assert "U kunt bellen: 053 - 481 78 00." in said(build_brief(build_page(sections), contact=contact))


def test_a_stopped_regeling_says_so_and_gives_what_still_holds() -> None:
    stopped = {"Wat is het?": "De bon was geld voor stroom.", "Let op": "Deze regeling is gestopt."}
    gone = build_page(stopped, "enschede/bon", title="Bon", stopped=True)
    living = build_page()
    text = said(build_brief(gone, alternative=living, question="de bon"))
    assert "Deze regeling is gestopt." in text
    assert TEXTS.get("stopped_alternative") in text
    assert SECTIONS["Wat is het?"] in text
    assert SECTIONS["Contact"] in text
    assert text.index("gestopt") < text.index(SECTIONS["Wat is het?"])


def test_a_stopped_regeling_without_an_alternative_still_says_so() -> None:
    stopped = {"Wat is het?": "De bon was geld voor stroom.", "Let op": "Deze regeling is gestopt."}
    text = said(build_brief(build_page(stopped, "enschede/bon", stopped=True), question="de bon"))
    assert "gestopt" in text
    assert TEXTS.get("stopped_alternative") not in text


def test_other_pages_that_fit_are_named_with_their_source() -> None:
    other = build_page(key="enschede/ander", title="Andere toeslag")
    gone = build_page(key="enschede/weg", title="Oude toeslag", stopped=True)
    sentences = compose(build_brief(build_page(), other, gone)).draft.sentences
    assert sentences[-1].text == TEXTS.get("also_fits_one", title="Andere toeslag")
    assert [evidence.chunk.document for evidence in sentences[-1].evidence] == ["enschede/ander"]


def test_at_most_120_words_for_ordinary_pages() -> None:
    long = {
        heading: " ".join([text] + [f"Zin {i} over de toeslag is ook lang." for i in range(12)])
        for heading, text in SECTIONS.items()
    }
    for aspect in Aspect:
        assert len(said(build_brief(build_page(long), aspect=aspect)).split()) <= 120


# The real content


@pytest.mark.parametrize("page", STOPPED, ids=lambda page: page.key)
def test_every_stopped_page_is_told_as_stopped(sam: Assistant, page: Regeling) -> None:
    answer = sam.pipeline.run(Question(text=page.title, gemeente=page.scope))
    if any(citation.chunk.document == page.key for citation in answer.citations[:1]):
        assert "gestopt" in answer.text
        living = [c for c in answer.citations if not c.chunk.stopped]
        assert living, "what there is instead, or whom to call"
        assert any(s.citations and "gestopt" in s.text for s in answer.sentences)


def stale_copies(page: Regeling) -> Iterator[tuple[str, int]]:
    """Amounts of a page that copy a national norm of which newer figures hold, and that are not in those."""
    norms = load_norms()
    for amount in page.amounts:
        version = norms[amount.norm].on(TODAY) if amount.norm in norms else None
        if amount.cents is None or amount.norm is None or version is None or version.page is None:
            continue
        if amount.cents not in {newer.cents for newer in version.amounts}:
            yield amount.norm, amount.cents


COPIES = [(page, dict(stale_copies(page))) for page in LOCAL if dict(stale_copies(page))]


@pytest.mark.parametrize(("page", "stale"), COPIES, ids=[page.key for page, _ in COPIES])
def test_no_older_copy_of_a_norm_is_told_as_the_amount(sam: Assistant, page: Regeling, stale: dict[str, int]) -> None:
    answer = sam.pipeline.run(Question(text=f"Hoeveel is {page.title}?", gemeente=page.scope))
    for sentence in answer.sentences:
        assert not figures.amounts(sentence.text) & set(stale.values()), sentence.text


def test_there_are_pages_with_older_copies_to_test_on() -> None:
    assert len(COPIES) >= 3


OWN = [
    page
    for page in LOCAL
    if not page.validity.stopped
    and any(a.kind == "bedrag" and a.cents for a in page.amounts)
    and not any(a.norm for a in page.amounts)
]


def test_amounts_of_a_gemeente_itself_are_never_called_older_copies(sam: Assistant) -> None:
    for page in OWN[::6]:
        answer = sam.pipeline.run(Question(text=f"Hoeveel is {page.title}?", gemeente=page.scope))
        if answer.citations and answer.citations[0].chunk.document == page.key:
            assert TEXTS.get("newer_norm") not in answer.text, page.key


def test_a_gemeente_without_a_page_never_borrows_from_another(sam: Assistant) -> None:
    have = {(page.scope, page.topic) for page in LOCAL}
    missing = [
        (slug, topic) for slug in sam.gazetteer.gemeenten for topic in TOPICS.values() if (slug, topic.slug) not in have
    ]
    assert len(missing) > 50, "something to test on"
    for slug, topic in missing[::11]:
        answer = sam.pipeline.run(Question(text=topic.questions[0], gemeente=slug))
        assert {c.chunk.scope for c in answer.citations} <= {slug, "regio-twente", "landelijk"}, (slug, topic.slug)


def test_a_missing_local_page_is_said(sam: Assistant) -> None:
    answer = sam.pipeline.run(
        Question(text="Krijg ik als mantelzorger een waardering van de gemeente?", gemeente="losser")
    )
    assert "Losser" in answer.text
    assert "geen eigen pagina" in answer.text or answer.status is AnswerStatus.UNANSWERABLE_NO_SOURCE


def test_a_list_of_amounts_is_not_cut_in_silence(sam: Assistant) -> None:
    answer = sam.pipeline.run(Question(text="Hoeveel is de studietoeslag?", gemeente="hengelo"))
    page = next(page for page in load_regelingen() if page.key == "landelijk/studietoeslag-per-januari-2026")
    section = page.section("Hoeveel?")
    assert section is not None
    assert figures.amounts(section.paragraphs[0]) <= figures.amounts(answer.text) or "nog meer" in answer.text


@pytest.mark.parametrize("gemeente", ["borne", "haaksbergen"])
def test_how_high_bijstand_is_names_the_norm_of_a_single_person(sam: Assistant, gemeente: str) -> None:
    answer = sam.pipeline.run(Question(text="Hoe hoog is de bijstand?", gemeente=gemeente))
    version = load_norms()["bijstandsnorm"].on(date(2026, 11, 1))
    assert version is not None
    assert version.amounts[0].cents in figures.amounts(answer.text)


def test_a_question_from_outside_twente_gets_only_what_holds_everywhere(sam: Assistant) -> None:
    answer = sam.pipeline.run(Question(text="Ik woon in Deventer, hoe vraag ik bijstand aan?", gemeente="enschede"))
    assert answer.status is AnswerStatus.SIGNPOSTED_OUTSIDE
    assert "Deventer" in answer.text
    assert {citation.chunk.scope for citation in answer.citations} == {"landelijk"}
    assert answer.gemeente is None


def test_a_question_about_a_plan_is_answered_from_that_document(sam: Assistant) -> None:
    answer = sam.pipeline.run(Question(text="Wat staat er in het Regioplan van Twentse Koers?"))
    assert answer.status is AnswerStatus.ANSWERED_DOCUMENT
    assert answer.citations[0].chunk.topic == "plan"

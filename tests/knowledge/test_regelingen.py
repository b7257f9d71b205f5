"""The page format: what is read, how a broken file is told, and that every kind of fault is seen."""

from pathlib import Path

import pytest

from knowledge.errors import ContentError
from knowledge.regelingen import known_phones, load_regelingen, parse_page, problems, split_sections
from knowledge.types import Amount, Contact, Period, Regeling

GOOD = """---
title: Inkomenstoeslag
gemeente: enschede
topic: individuele-inkomenstoeslag
uitvoerder: Gemeente Enschede
source:
  url: https://www.enschede.nl/toeslag
  title: Toeslag | gemeente Enschede
  peildatum: '2024'
  zekerheid: hoog
validity:
  start: '2024-01-01'
  end: null
  stopped: false
amounts:
- label: alleenstaande, per 12 maanden
  cents: 11450
  period: jaar
  valid: '2024'
- label: grens van het inkomen
  percent: 110.0
  kind: grens
  norm: bijstandsnorm
limits:
  income: 110% van de bijstandsnorm
contact:
  organisation: Gemeente Enschede
  phones:
  - 053 - 481 78 00
phones:
- '14 053'
links:
- www.enschede.nl
upl: []
---

## Wat is het?

De inkomenstoeslag is een extra bedrag per jaar.

## Hoeveel?

Het bedrag was in 2024:
- alleenstaande: € 114,50

## Voorwaarden

Uw inkomen is niet hoger dan 110% van de bijstandsnorm.

## Contact

Bel de gemeente: 053 - 481 78 00 of 14 053.
"""
STOPPED = "Deze regeling is gestopt."


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "inkomenstoeslag.md"
    path.write_text(text, encoding="utf-8")
    return path


def _page(tmp_path: Path, *changes: tuple[str, str]) -> Regeling:
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return parse_page(_write(tmp_path, text))


def test_a_good_page_has_no_problems(tmp_path: Path) -> None:
    assert list(problems(_page(tmp_path))) == []


def test_every_field_is_read(tmp_path: Path) -> None:
    page = _page(tmp_path)
    assert page.key == "enschede/inkomenstoeslag"
    assert (page.title, page.scope, page.topic) == ("Inkomenstoeslag", "enschede", "individuele-inkomenstoeslag")
    assert page.executor == "Gemeente Enschede"
    assert (page.source.url, page.source.peildatum) == ("https://www.enschede.nl/toeslag", "2024")
    assert (page.source.title, page.source.certainty) == ("Toeslag | gemeente Enschede", "hoog")
    assert (page.validity.start, page.validity.end, page.validity.stopped) == ("2024-01-01", None, False)
    assert page.amounts == (
        Amount(label="alleenstaande, per 12 maanden", cents=11_450, period=Period.YEAR, valid="2024"),
        Amount(label="grens van het inkomen", percent=110.0, kind="grens", norm="bijstandsnorm"),
    )
    assert (page.income_limit, page.wealth_limit) == ("110% van de bijstandsnorm", None)
    assert page.contact == Contact(organisation="Gemeente Enschede", phones=("053 - 481 78 00",))
    assert (page.phones, page.links, page.upl, page.doubtful) == (("14 053",), ("www.enschede.nl",), (), False)
    assert known_phones(page) == {"0534817800", "14053"}


def test_a_list_belongs_to_its_paragraph(tmp_path: Path) -> None:
    section = _page(tmp_path).section("Hoeveel?")
    assert section is not None
    assert section.paragraphs == ("Het bedrag was in 2024:\n- alleenstaande: € 114,50",)
    assert _page(tmp_path).section("Let op") is None


def test_the_body_holds_the_headings(tmp_path: Path) -> None:
    assert split_sections(_page(tmp_path).body) == _page(tmp_path).sections


# Every kind of fault is seen


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("## Voorwaarden", "## Regels", "kop"),
        ("## Wat is het?", "## Voor wie?", "kop"),
        ("## Contact", "## Aanvragen\n\nDat kan.\n\n## Hoeveel?\n\nNiets.\n\n## Contact", "kop"),
        ("## Hoeveel?", "## Aanvragen", "kop"),
        ("De inkomenstoeslag is een extra bedrag per jaar.\n", "", "leeg"),
        ("€ 114,50", "€ 115,40", "bedrag"),
        ("€ 114,50", "het bedrag", "bedrag"),
        ("per jaar.\n", "per jaar, van 20 euro.\n", "bedrag"),
        ("dan 110% van", "dan 120% van", "procent"),
        ("dan 110% van", "dan een deel van", "procent"),
        ("053 - 481 78 00 of", "053 - 481 78 01 of", "telefoon"),
        (" of 14 053.", ".", "telefoon"),
        ("stopped: false", "stopped: true", "gestopt"),
        ("was in 2024:", "is:", "jaar"),
        ("De inkomenstoeslag is een", "U krijgt een", "belofte"),
        ("De inkomenstoeslag is een", "U heeft recht op een", "belofte"),
        ("De inkomenstoeslag is een", "u ontvangt een", "belofte"),
        ("De inkomenstoeslag is een", "De inkomenstoeslag is " + "heel " * 25 + "een", "zin"),
    ],
)
def test_a_fault_is_seen(tmp_path: Path, old: str, new: str, rule: str) -> None:
    body_start = GOOD.index("\n---\n", 3)
    head, body = GOOD[:body_start], GOOD[body_start:]
    broken = head.replace(old, new) + body if rule == "gestopt" else head + body.replace(old, new)
    assert broken != GOOD
    found = list(problems(parse_page(_write(tmp_path, broken))))
    assert rule in {name for name, _ in found}
    assert all(text.strip() for _, text in found)


def test_a_stopped_page_that_says_so_is_good(tmp_path: Path) -> None:
    page = _page(tmp_path, ("stopped: false", "stopped: true"), ("per jaar.\n", f"per jaar. {STOPPED}\n"))
    assert list(problems(page)) == []


@pytest.mark.parametrize("soft", ["U krijgt misschien een", "U krijgt soms een", "Misschien heeft u recht op een"])
def test_a_careful_sentence_is_no_promise(tmp_path: Path, soft: str) -> None:
    page = _page(tmp_path, ("De inkomenstoeslag is een", soft))
    assert "belofte" not in {rule for rule, _ in problems(page)}


def test_the_explanation_names_the_figure(tmp_path: Path) -> None:
    page = _page(tmp_path, ("€ 114,50", "€ 115,40"))
    assert [text for rule, text in problems(page) if rule == "bedrag"] == [
        "bedrag € 115,40 staat in de tekst, maar niet in de gegevens",
        "bedrag € 114,50 staat in de gegevens, maar niet in de tekst",
    ]


# A broken file is told in Dutch, with the file and the field


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("title: Inkomenstoeslag\n", "", "title"),
        ("  zekerheid: hoog", "  zekerheid: zeker", "source.zekerheid"),
        ("  peildatum: '2024'\n", "", "source.peildatum"),
        ("topic:", "onderwerp:", "topic"),
        ("doubtful", "doubtful", ""),
        ("upl: []", "upl: []\nkleur: rood", "kleur"),
        ("  cents: 11450", "  cents: veel", "amounts.0.cents"),
        ("  cents: 11450", "  cents: 114.5", "amounts.0.cents"),
        ("  cents: 11450", "  cents: 11450\n  percent: 10", "amounts.0"),
        ("  percent: 110.0\n", "", "amounts.1"),
        ("  period: jaar", "  period: eeuw", "amounts.0.period"),
        ("  kind: grens", "  kind: plafond", "amounts.1.kind"),
        ("  organisation: Gemeente Enschede\n", "", "contact.organisation"),
        ("links:\n- www.enschede.nl", "links: www.enschede.nl", "links"),
    ],
)
def test_a_field_that_is_wrong_is_named(tmp_path: Path, old: str, new: str, field: str) -> None:
    if not field:
        return
    with pytest.raises(ContentError) as caught:
        _page(tmp_path, (old, new))
    assert str(caught.value).startswith(f"inkomenstoeslag.md: veld '{field}' klopt niet:")


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("## Wat is het?", "Losse tekst.\n\n## Wat is het?"),
        GOOD.replace("title: Inkomenstoeslag", "title: [Inkomenstoeslag"),
    ],
    ids=["text above the first heading", "no yaml"],
)
def test_a_page_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(ContentError, match=r"^inkomenstoeslag\.md kan niet worden gelezen"):
        parse_page(_write(tmp_path, text))


def test_no_front_matter_names_the_first_field(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"veld 'title'"):
        parse_page(_write(tmp_path, "## Wat is het?\n\nTekst.\n"))


def test_another_encoding_and_a_missing_file_are_named(tmp_path: Path) -> None:
    path = tmp_path / "oud.md"
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(ContentError, match=r"oud\.md"):
        parse_page(path)
    with pytest.raises(ContentError, match=r"weg\.md"):
        parse_page(tmp_path / "weg.md")


def test_a_page_in_the_folder_of_another_gemeente_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "regelingen" / "hengelo"
    folder.mkdir(parents=True)
    _write(folder, GOOD)
    with pytest.raises(ContentError, match="hengelo, maar hoort bij enschede"):
        load_regelingen(tmp_path)


def test_pages_come_by_key(tmp_path: Path) -> None:
    folder = tmp_path / "regelingen" / "enschede"
    folder.mkdir(parents=True)
    for name in ("b", "a"):
        (folder / f"{name}.md").write_text(GOOD, encoding="utf-8")
    assert [page.key for page in load_regelingen(tmp_path)] == ["enschede/a", "enschede/b"]
    assert load_regelingen(tmp_path / "leeg") == ()

"""Reads and validates `content/regelingen`; the only place that knows the page format.

A page is Markdown with YAML front matter. The body has fixed headings; a paragraph is the unit
that is cited, so each must be understandable alone.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import frontmatter
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from knowledge import figures
from knowledge.errors import ContentError
from knowledge.types import (
    HEADINGS,
    Amount,
    AmountKind,
    Certainty,
    Contact,
    Period,
    Regeling,
    Section,
    Source,
    Validity,
)

CONTENT = Path(__file__).parent / "content"
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_YEAR = re.compile(r"(?:19|20)\d\d")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _SourceModel(_Model):
    url: str
    title: str
    peildatum: str
    zekerheid: Certainty


class _AmountModel(_Model):
    label: str
    cents: int | None = None
    percent: float | None = None
    period: Period | None = None
    note: str | None = None
    valid: str | None = None
    kind: AmountKind = "bedrag"
    norm: str | None = None

    @model_validator(mode="after")
    def _one_figure(self) -> "_AmountModel":
        if (self.cents is None) == (self.percent is None):
            raise ValueError("geef precies een van cents en percent")
        return self


class _ContactModel(_Model):
    organisation: str
    phones: tuple[str, ...] = ()
    email: str | None = None
    address: str | None = None
    url: str | None = None
    hours: str | None = None


class _ValidityModel(_Model):
    start: str | None = None
    end: str | None = None
    stopped: bool = False


class _LimitsModel(_Model):
    income: str | None = None
    wealth: str | None = None


class _PageModel(_Model):
    """Front matter of a page, as `docs/schrijfwijzer.md` describes it."""

    title: str
    gemeente: str
    topic: str
    uitvoerder: str | None = None
    source: _SourceModel
    validity: _ValidityModel = _ValidityModel()
    doubtful: bool = False
    amounts: tuple[_AmountModel, ...] = ()
    limits: _LimitsModel = _LimitsModel()
    contact: _ContactModel | None = None
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    upl: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()


def split_sections(body: str) -> tuple[Section, ...]:
    """Cut a page body at its `## ` headings; blank lines separate paragraphs."""
    parts = _HEADING.split(body)
    if parts[0].strip():
        raise ValueError("er staat tekst boven het eerste kopje")
    sections = []
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        paragraphs = tuple(p.strip() for p in re.split(r"\n\s*\n", text) if p.strip())
        sections.append(Section(heading=heading.strip(), paragraphs=paragraphs))
    return tuple(sections)


def parse_page(path: Path) -> Regeling:
    """Read one page.

    Raises:
        ContentError: the file is unreadable or its front matter breaks the format; the message
            (Dutch) names the file and the field.
    """
    try:
        post = frontmatter.load(str(path))
        page = _PageModel.model_validate(post.metadata)
        sections = split_sections(post.content)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ContentError(f"{path.name}: veld '{field}' klopt niet: {first['msg']}") from error
    except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError) as error:
        raise ContentError(f"{path.name} kan niet worden gelezen: {error}") from error
    return Regeling(
        slug=path.stem,
        title=page.title,
        scope=page.gemeente,
        topic=page.topic,
        executor=page.uitvoerder,
        source=Source(
            url=page.source.url,
            title=page.source.title,
            peildatum=page.source.peildatum,
            certainty=page.source.zekerheid,
        ),
        validity=Validity(**page.validity.model_dump()),
        amounts=tuple(Amount(**amount.model_dump()) for amount in page.amounts),
        income_limit=page.limits.income,
        wealth_limit=page.limits.wealth,
        contact=Contact(**page.contact.model_dump()) if page.contact else None,
        phones=page.phones,
        links=page.links,
        upl=page.upl,
        only_for=page.only_for,
        doubtful=page.doubtful,
        sections=sections,
    )


def load_regelingen(content: Path = CONTENT) -> tuple[Regeling, ...]:
    """All pages under `content`/regelingen, sorted by key.

    Raises:
        ContentError: a page is broken, or stands in the folder of another scope.
    """
    pages = []
    for path in sorted((content / "regelingen").glob("*/*.md")):
        page = parse_page(path)
        if page.scope != path.parent.name:
            raise ContentError(f"{path.name} staat in de map {path.parent.name}, maar hoort bij {page.scope}")
        pages.append(page)
    return tuple(pages)


Rule = Literal["kop", "bedrag", "procent", "telefoon", "gestopt", "jaar", "belofte", "zin", "leeg"]
_PROMISE = re.compile(r"\bu (?:krijgt|ontvangt|heeft recht op)\b(?! misschien| soms| mogelijk)", re.IGNORECASE)
_MAX_WORDS = 25


def problems(page: Regeling) -> Iterator[tuple[Rule, str]]:
    """What is wrong with a page, as (rule, Dutch explanation); nothing for a good page."""
    yield from _heading_problems(page)
    yield from _figure_problems(page)
    text = page.body
    if page.validity.stopped and "deze regeling is gestopt" not in text.lower():
        yield "gestopt", "de regeling is gestopt, maar de tekst zegt niet: Deze regeling is gestopt."
    # Only amounts need their year in the text: the age of a page itself is shown beside every citation.
    old = {m.group() for a in page.amounts if a.kind == "bedrag" and a.valid for m in _YEAR.finditer(a.valid)}
    missing = {year for year in old if int(year) <= 2024 and int(year) not in figures.years(text)}
    if missing:
        yield "jaar", f"de tekst noemt niet dat bedragen van {', '.join(sorted(missing))} zijn"
    for match in _PROMISE.finditer(text):
        yield "belofte", f"belofte: '{text[match.start() : match.end() + 20]}'"
    for sentence in re.split(r"(?<=[.!?:])\s+|\n", text):
        if len(sentence.split()) > _MAX_WORDS:
            yield "zin", f"zin van {len(sentence.split())} woorden: '{sentence[:60]}'"


def _heading_problems(page: Regeling) -> Iterator[tuple[Rule, str]]:
    names = [section.heading for section in page.sections]
    unknown = [name for name in names if name not in HEADINGS]
    if unknown:
        yield "kop", f"onbekend kopje: {', '.join(unknown)}"
    elif names != sorted(names, key=HEADINGS.index) or len(names) != len(set(names)):
        yield "kop", "de kopjes staan niet in de vaste volgorde"
    if "Wat is het?" not in names:
        yield "kop", "het kopje 'Wat is het?' ontbreekt"
    for section in page.sections:
        if not section.paragraphs:
            yield "leeg", f"onder '{section.heading}' staat niets"


def _figure_problems(page: Regeling) -> Iterator[tuple[Rule, str]]:
    pairs: tuple[tuple[Rule, set[Any], set[Any]], ...] = (
        ("bedrag", figures.amounts(page.body), {a.cents for a in page.amounts if a.cents is not None}),
        (
            "procent",
            figures.percentages(page.body),
            {a.percent for a in page.amounts if a.percent is not None},
        ),
        ("telefoon", figures.phones(page.body), known_phones(page)),
    )
    for rule, in_body, in_data in pairs:
        for figure in sorted(in_body - in_data):
            yield rule, f"{rule} {_show(rule, figure)} staat in de tekst, maar niet in de gegevens"
        for figure in sorted(in_data - in_body):
            yield rule, f"{rule} {_show(rule, figure)} staat in de gegevens, maar niet in de tekst"


def _show(rule: Rule, figure: Any) -> str:
    return figures.format_euro(figure) if rule == "bedrag" else str(figure)


def known_phones(page: Regeling) -> set[str]:
    """Normalised phone numbers of the page's contact and other numbers."""
    contact = page.contact.phones if page.contact else ()
    return {figures.normalise_phone(phone) for phone in (*contact, *page.phones)}

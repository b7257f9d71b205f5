"""Where numbers of a person stand in a text: accounts, cards, service numbers, phones, dates of birth, references.

Bank accounts are recognised by their form per country, citizen service numbers by the eleven-test and cards by
the Luhn test (python-stdnum). Every finder reads text from `fold_in_place` and gives spans as (start, end).
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from stdnum import iban, luhn, numdb
from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

from assistant.checks.personal_data.words import cue, either, load_words, mask

Span = tuple[int, int]

_GAP = r"[\s.\-‐-―/()]{0,3}"
_NO_AMOUNT_BEFORE = r"(?<![\d€])(?<!€\s)(?<!\d[.,])(?<!eur\s)(?<!euro\s)"
_NO_AMOUNT_AFTER = r"(?!\d|[.,]\d|\s?(?:euro|eur\b|,-|€|%|procent|cent\b))"
_EIGHT_DIGITS = (
    r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
_EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{1,80}(?:@[\w-]{1,80}(?:\.[\w-]{2,80})*|"
    r"\s?(?:@|\(at\)|\[at\]|\bat\b|\bapenstaart(?:je)?\b)\s?[\w-]{1,80}(?:\s?(?:\.|\bpunt\b|\bdot\b)\s?[\w-]{2,80})*"
    r"\s?(?:\.|\bpunt\b|\bdot\b)\s?(?:nl|com|net|org|eu|de|be|info|me|online)\b)"
)
_ACCOUNT_START = re.compile(r"(?<![^\W_])[a-z]{2}[\s.\-]{0,2}\d{2}(?=[\s.\-]{0,2}[a-z0-9])")
_ACCOUNT_REST = re.compile(r"[\s.\-]{0,2}([a-z0-9])")
_CARD = re.compile(rf"{_NO_AMOUNT_BEFORE}\d(?:[ -]?\d){{12,18}}{_NO_AMOUNT_AFTER}")
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ -]?)+")
_SERVICE = re.compile(
    rf"{_NO_AMOUNT_BEFORE}(?<!\d[ -])(?:\d{{3}}[ .-]?\d{{2,3}}[ .-]?\d{{3}}|\d{{4}}[ .-]\d{{2}}[ .-]\d{{3}}"
    rf"|\d{{3}}[ .-]\d\d[ .-]\d{{4}}|\d{{3}}[ .-]\d\d[ .-]\d\d[ .-]\d\d){_NO_AMOUNT_AFTER}"
)
_LONG = re.compile(
    rf"{_NO_AMOUNT_BEFORE}(?:\d{{9,}}|\d{{3}}([ -])\d{{3}}\1\d{{3}}|\d{{2,4}}\.\d\d\.\d\d\.\d{{3}}){_NO_AMOUNT_AFTER}"
)
_PLATE_FORM = re.compile(
    r"(?<![\w-])(?=[\dA-Z-]{8}(?![\w-]))(?=[A-Z-]*\d)(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{2,3}|\d{2,3})-(?:[A-Z]{1,2}|\d{1,2})"
)
_PHONE = re.compile(
    rf"""(?<![\d€+])(?<!€\s)(?<!\d[.,])(?:
        (?:\+|\b00)[\s(]{{0,2}}[1-9](?:{_GAP}\d){{7,10}}(?:[.-]?\d){{0,3}}  # with a country code
      | (?!0?\d([-./])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?!\1?\d))(?!0[1-57-9]\s\d\d\s(?:19|20)\d\d(?!\d))
        \(?(?:0(?!0)|(?<!\w)o(?=6))(?:{_GAP}\d){{9}}  # ten digits
      | (?!(?:{_EIGHT_DIGITS})(?!\d))0[89]0[069]{_GAP}\d(?:{_GAP}\d){{3}}(?:(?:{_GAP}\d){{3}})?  # service numbers
    )(?!\d)""",
    re.VERBOSE,
)


def emails(low: str) -> Iterator[Span]:
    """E-mail addresses, also spelled out ("jan apenstaartje gmail punt com")."""
    if "@" in low or " at " in low or "(at)" in low or "[at]" in low or "apenstaart" in low:
        yield from (match.span() for match in _EMAIL.finditer(low))


def accounts(low: str) -> Iterator[Span]:
    """Bank accounts of any country, with or without spaces, also with a wrong check number; and cued older ones."""
    end = 0
    for match in _ACCOUNT_START.finditer(low):
        if match.start() >= end and (found := _account_end(low, match.start())):
            end = found
            yield match.start(), end
    yield from (match.span(1) for match in _cued_accounts().finditer(low))


def _account_end(low: str, start: int) -> int | None:
    """Where the account that starts here ends; None when its form is of no country."""
    length = _account_length(low[start : start + 2].upper())
    letters, place = "", start
    while len(letters) < length and (match := _ACCOUNT_REST.match(low, place)):
        letters, place = letters + match.group(1).upper(), match.end()
    return place if length and len(letters) == length and _is_account(letters) else None


@cache
def _account_length(country: str) -> int:
    """Characters of an account of this country, by the registry that python-stdnum holds; 0 for no country."""
    (_, known), *_ = numdb.get("iban").info(f"{country}00")
    return 4 + sum(map(int, re.findall(r"\d+", known["bban"]))) if "bban" in known else 0


def _is_account(letters: str) -> bool:
    """Whether the form fits the country; a slip in the check number must not let the account through."""
    try:
        iban.validate(letters[:2] + str(iban.calc_check_digits(letters)) + letters[4:], check_country=False)
    except (ValidationError, ValueError):
        return False
    return True


def cards(low: str) -> Iterator[Span]:
    """Payment cards: 13 to 19 digits that pass the Luhn test, and sixteen digits in fours that are no years."""
    for match in _CARD.finditer(low):
        written = match.group()
        digits = re.sub(r"\D", "", written)
        in_fours = len(digits) == 16 and re.fullmatch(r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}", written)
        if (in_fours or luhn.is_valid(digits)) and not _YEARS.fullmatch(written):
            yield match.span()


def cued_service_numbers(low: str) -> Iterator[Span]:
    """Whatever number a text calls a citizen service number, also with a slip of the pen in it."""
    yield from (match.span(1) for match in _cued_service().finditer(low))


def service_numbers(low: str) -> Iterator[Span]:
    """Citizen service numbers that pass the eleven-test, in any grouping; eight digits that read as a date do not."""
    for match in _SERVICE.finditer(low):
        digits = re.sub(r"\D", "", match.group())
        if bsn.is_valid(digits) and not re.fullmatch(_EIGHT_DIGITS, digits):
            yield match.span()


def long_numbers(low: str) -> Iterator[Span]:
    """Digits too many for an amount or a year: whatever they are, they point to one person."""
    yield from (match.span() for match in _LONG.finditer(low))


def phones(low: str) -> Iterator[Span]:
    """Dutch and foreign phone numbers, oddly spaced too; other ones only after a cue, and never 112 or 14 053."""
    yield from (match.span() for match in _PHONE.finditer(low))
    yield from (match.span(1) for match in _cued_phones().finditer(low))


def births(low: str) -> Iterator[Span]:
    """Dates, with a day, that the text calls someone's birthday."""
    for pattern in _births():
        yield from (match.span(1) for match in pattern.finditer(low))


def references(low: str) -> Iterator[Span]:
    """Numbers of clients, files, cases, policies, passports and so on: always after a cue."""
    for pattern in _references():
        yield from (match.span(1) for match in pattern.finditer(low))


def plates(low: str) -> Iterator[Span]:
    """Licence plates after a cue."""
    yield from (match.span(1) for match in _plates().finditer(low))


def bare_plates(text: str) -> Iterator[Span]:
    """Licence plates without a cue, in `text` itself: groups of capitals and of figures with dashes, and no date."""
    for match in _PLATE_FORM.finditer(text):
        letters = {part for part in match.group().lower().split("-") if part.isalpha()}
        if letters and not letters & set(load_words()["months"].split()):
            yield match.span()


def secrets(low: str) -> Iterator[Span]:
    """User names, passwords and pin codes, after a cue that says what they are."""
    yield from (match.span(1) for pattern in _secrets() for match in pattern.finditer(low))


def _filled(most: int, *, any_word: bool = False) -> str:
    """Up to `most` words between a cue and its number: small ones, or any."""
    word = r"[^\W\d]{1,20}" if any_word else either(load_words()["fillers"])
    return rf"(?:[\s:=#.,(]{{1,3}}(?:{word}\b)){{0,{most}}}[\s:=#.,(]{{0,3}}"


@lru_cache(maxsize=1)
def date_pattern() -> str:
    """A pattern for a date with day, month and year, in figures or words."""
    day, year = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:(?:19|20)\d\d|\d\d)"
    months = either(load_words()["months"].split())
    return (
        rf"(?<!\d)(?:{day}\s?[-/.\s]\s?(?:0?[1-9]|1[0-2])\s?[-/.\s]\s?{year}"
        rf"|{day}(?:e|de|ste|\.)?\s?-?{months}\.?\s?[-,]?\s?'?{year}"
        rf"|(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.]{day}|{_EIGHT_DIGITS})(?!\d)"
    )


@lru_cache(maxsize=1)
def _cued_accounts() -> re.Pattern[str]:
    amount = r"(?!\d{1,3}(?:\.\d{3})+(?!\d))"
    return re.compile(rf"{cue('account_cues')}{_filled(3)}{amount}(\d(?:[ .-]?\d){{6,9}}){_NO_AMOUNT_AFTER}")


@lru_cache(maxsize=1)
def _cued_service() -> re.Pattern[str]:
    return re.compile(rf"{cue('service_cues')}{_filled(4, any_word=True)}(\d(?:[ .-]?\d){{5,9}}){_NO_AMOUNT_AFTER}")


@lru_cache(maxsize=1)
def _cued_phones() -> re.Pattern[str]:
    short = r"(?!14\s?0\d)"
    return re.compile(
        rf"{cue('phone_cues')}{_filled(3)}{short}(?!{date_pattern()})(\d(?:{_GAP}\d){{5,13}}){_NO_AMOUNT_AFTER}"
    )


@lru_cache(maxsize=1)
def _births() -> tuple[re.Pattern[str], ...]:
    date, word = date_pattern(), r"[^\W\d]{1,25}"
    more = rf"(?:\s?(?:,|\ben\b|&)\s?(?:{word}\s){{0,3}}{date})*"
    after = either(load_words()["birth_after"])
    return (
        re.compile(rf"{cue('birth_cues')}(?:[\s:,.()=]{{1,3}}{word}){{0,5}}?[\s:,.()=]{{0,3}}({date}{more})"),
        re.compile(rf"({date})(?:\s(?:ben ik|is hij|is zij|is ze))?(?:\s(?:in|te)\s{word})?\s{after}\b"),
        re.compile(rf"{re.escape(mask('name'))}\s?\(({date})\)"),
    )


@lru_cache(maxsize=1)
def _references() -> tuple[re.Pattern[str], ...]:
    numbers, no_date = either(load_words()["number_words"]), rf"(?!{date_pattern()})"
    code = r"((?=(?:[\w./-]{0,12}?\d){3})[a-z0-9](?:[\w./-]{0,28}\w)?(?:[ -]\d{3,6}){0,4})"
    plain = r"((?!(?:19|20)\d\d(?!\d|[./-]\d))(?!14\s?0\d)(?:[a-z]{1,4}[./-]?)?\d{4,}(?:[./-][a-z\d]{1,12}){0,3})"
    cues = either(load_words()["reference_cues"])
    return (
        re.compile(rf"(?<!\w){cues}[\s-]?{numbers}\b\.?{_filled(4, any_word=True)}{no_date}{code}{_NO_AMOUNT_AFTER}"),
        re.compile(rf"{cue('short_reference_cues')}(?:\sis)?[\s:#]{{1,3}}{no_date}{plain}{_NO_AMOUNT_AFTER}"),
        re.compile(rf"\b[^\W\d]{{0,25}}nummer{_filled(4, any_word=True)}{no_date}{plain}{_NO_AMOUNT_AFTER}"),
        re.compile(rf"(?<!\w)v-?\s?(?:nummer|nr\.?){_filled(2)}(\d(?:[ .-]?\d){{7,11}})"),
    )


@lru_cache(maxsize=1)
def _plates() -> re.Pattern[str]:
    return re.compile(
        rf"{cue('plate_cues')}{_filled(3)}((?=[a-z-]*\d)(?=[\d-]*[a-z])[a-z0-9]{{1,3}}[\s-]?[a-z0-9]{{2,3}}[\s-]?[a-z0-9]{{1,2}})\b"
    )


@lru_cache(maxsize=1)
def _secrets() -> tuple[re.Pattern[str], ...]:
    said = r"(?:\s[^\W\d]{1,15}){0,3}?\s?(?:\bis\b:?|:|=)\s?"
    token = r"(?=[^\s]{0,30}[\d!@#$%^&*_])([^\s,\[\]]{3,40})"  # noqa: S105  (a pattern, no password)
    return (
        re.compile(rf"{cue('secret_cues')}{said}{token}"),
        re.compile(rf"{cue('pin_cues')}{_filled(2)}(\d{{4,8}})(?!\d)"),
    )

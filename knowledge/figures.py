"""Figures in Dutch text: amounts, percentages, phone numbers, URLs, e-mail addresses, dates.

One reading of a figure serves content tests, indexing and grounding: two texts agree on a
figure when these functions give the same value for both ("€ 1.250,-" and "1250 euro").
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?"
_SCALE = {"duizend": 1_000, "miljoen": 1_000_000, "miljard": 1_000_000_000}
_SCALES = "|".join(_SCALE)
_JOIN = r"\s*(?:tot|en|of|-|–|à|/|tot en met)\s*"
EURO_BEFORE = re.compile(rf"(?:€|\bEUR\b)\s*(?P<first>{_NUMBER})(?:,-|,–)?(?:\s(?P<scale>{_SCALES}))?", re.IGNORECASE)
EURO_AFTER = re.compile(
    rf"(?P<numbers>(?<![\d.,])(?:{_NUMBER})(?:(?:,\s|{_JOIN})(?:{_NUMBER}))*)(?:,-)?\s*(?P<scale>{_SCALES})?\s*(?:euro\b|(?P<cent>eurocent\b)|EUR\b)",
    re.IGNORECASE,
)
_SHARE = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,3})?|\d+(?:,\d{1,3})?"
PERCENT = re.compile(
    rf"(?P<numbers>(?<![\d.,])(?:{_SHARE})(?:(?:{_JOIN})(?:{_SHARE}))*)\s*(?:%|procent\b)", re.IGNORECASE
)
NUMBER = re.compile(_NUMBER)
SHARE = re.compile(_SHARE)
PHONE = re.compile(
    r"""(?<![\d.,/€-])(?<!€\s)(?!0\d[\s–-]+\d\d[\s–-]+(?:19|20)\d\d(?![\s–-]{0,3}\d))(?:
        (?:\+31|0031)[\s-]?\(?0?\)?[\s-]?\d(?:[\s-]{0,3}\d){8}     # international
      | \(?0\d{1,3}\)?(?:[\s–-]{0,3}\d){5,8}                        # national, with or without area code in brackets
      | 14[\s-]?0\d{2,3}                                            # 14 + area code
      | 11[23](?![\s,.]?\d|\s*(?:euro|procent|,-))                  # emergency and suicide prevention
    )(?![\d%])""",
    re.VERBOSE,
)
URL = re.compile(
    r"(?:https?://|www\.)[^\s<>()\"'„”]+|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:nl|com|org|eu|nu|info|net|app)(?:/[^\s<>()\"'„”]*)?(?![\w@])",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
YEAR = re.compile(r"(?<![\d.,€-])(?:19[5-9]\d|20[0-4]\d)(?![\d%]|[.,]\d|\s*(?:euro|procent))")
BARE = re.compile(rf"(?<![\w.,/-])(?:{_NUMBER})(?![\w/])")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
DATE = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})(?:\s+((?:19|20)\d\d))?\b", re.IGNORECASE)
DATE_IN_DIGITS = re.compile(r"(?<![\d-])(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d)(?!\d|-\d)")
_DIGITS = (
    "", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien",
    "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
)  # fmt: skip
_TENS = ("", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_LETTERS = re.compile(r"[a-zà-ÿ]+", re.IGNORECASE)
_TIMES = "maal"
_SIGNS_OF_PARTS = ("half", "anderhal", "een ", "eens", "eenmalig", "een\n", "een\t", "een\u00a0")
_HALF_PAST = re.compile(r"\bhalf\s+([2-9]|1[0-2]?)\b(?:\s+uur\b)?", re.IGNORECASE)
_HALVES = (
    (re.compile(r"\b(\d+)\s+en\s+een\s+half(?:ve)?\b", re.IGNORECASE), r"\1,5"),
    (re.compile(r"\b(?:een\s+|1\s+)?half\s?jaar\b", re.IGNORECASE), "6 maanden"),
    (re.compile(r"\banderhalf\s+jaar\b", re.IGNORECASE), "18 maanden"),
    (re.compile(r"\banderhal(?:f|ve)\b", re.IGNORECASE), "1,5"),
    (re.compile(r"\been(?=\s+(?:week|maand|jaar|kwartaal)\b)", re.IGNORECASE), "1"),
    (re.compile(r"\beens(?=\s+(?:per|in)\b)", re.IGNORECASE), "1 keer"),
    (re.compile(r"\beenmalige?\b", re.IGNORECASE), "1 keer"),
)


def to_cents(number: str, scale: str | None) -> int:
    """Integer cents of a Dutch number of euros, times a scale such as "miljoen"."""
    whole, _, fraction = number.replace(".", "").partition(",")
    cents = int(whole) * 100 + int((fraction + "00")[:2])
    return cents * _SCALE[scale.lower()] if scale else cents


def amounts(text: str) -> set[int]:
    """Amounts of money in `text`, in integer cents.

    "50 tot 100 euro" gives both ends; "€ 2 miljoen" is scaled.
    """
    found = {to_cents(m["first"], m["scale"]) for m in EURO_BEFORE.finditer(text)}
    for match in EURO_AFTER.finditer(text):
        numbers = NUMBER.findall(match["numbers"])
        cents = {to_cents(number, match["scale"]) for number in numbers}
        found |= {value // 100 for value in cents} if match["cent"] else cents
    return found


def percentages(text: str) -> set[float]:
    """Percentages in `text`, as numbers: "36,5%" gives 36.5."""
    found: set[float] = set()
    for match in PERCENT.finditer(text):
        for number in SHARE.findall(match["numbers"]):
            found.add(float(number.replace(".", "").replace(",", ".")))
    return found


def normalise_phone(phone: str) -> str:
    """Digits only, national form: "+31 53 481 78 00" and "(053) 481-7800" become "0534817800"."""
    digits = re.sub(r"\D", "", phone)
    if phone.strip().startswith("+31"):
        digits = "0" + digits[2:].lstrip("0")
    elif digits.startswith("0031"):
        digits = "0" + digits[4:].lstrip("0")
    return digits


def phones(text: str) -> set[str]:
    """Dutch phone numbers in `text`, normalised with `normalise_phone`."""
    spans = [m.span() for m in URL.finditer(text)] + [m.span() for m in EMAIL.finditer(text)]
    return {
        normalise_phone(match.group())
        for match in PHONE.finditer(text)
        if not any(start <= match.start() < end for start, end in spans)
    }


def normalise_url(url: str) -> str:
    """Lower case, without scheme, `www.`, closing slash or closing punctuation."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.strip().lower())
    return bare.rstrip("/.,;:!?)")


def urls(text: str) -> set[str]:
    """Web addresses in `text`, normalised with `normalise_url`."""
    masked = EMAIL.sub(" ", text)
    return {normalise_url(match.group()) for match in URL.finditer(masked)}


def emails(text: str) -> set[str]:
    """E-mail addresses in `text`, lower case."""
    return {match.group().lower().rstrip(".") for match in EMAIL.finditer(text)}


def years(text: str) -> set[int]:
    """Calendar years (1950-2049) that `text` names."""
    return {int(match.group()) for match in YEAR.finditer(text)}


def dates(text: str) -> set[str]:
    """Days that `text` names: "1 juli 2026" and "01-07-2026" give "2026-07-01", "1 juli" gives "07-01"."""
    found = {
        f"{year}-{int(month):02d}-{int(day):02d}"
        for day, _, month, year in DATE_IN_DIGITS.findall(text)
        if int(month) <= 12
    }
    for day, month, year in DATE.findall(text):
        stem = f"{MONTHS.index(month.lower()) + 1:02d}-{int(day):02d}"
        found.add(f"{year}-{stem}" if year else stem)
    return found


def numbers(text: str) -> set[float]:
    """Every other number written in digits (ages, durations, counts), amounts included."""
    return {float(match.group().replace(".", "").replace(",", ".")) for match in BARE.finditer(text)}


def _below_hundred(number: int) -> str:
    if number < 20:
        return _DIGITS[number]
    unit, ten = _DIGITS[number % 10], _TENS[number // 10]
    link = "ën" if unit.endswith("e") else "en"
    return f"{unit}{link}{ten}" if unit else ten


@lru_cache(maxsize=1)
def number_words() -> dict[str, int]:
    """Dutch number words up to 1.999, in lower case, with and without their accents; "een" is no number here."""
    small = {_below_hundred(number): number for number in range(2, 100)}
    hundreds = {"honderd": 100} | {f"{_DIGITS[n]}honderd": n * 100 for n in range(2, 20) if n != 10}
    large = {f"{head}{tail}": base + rest for head, base in hundreds.items() for tail, rest in small.items()}
    every = small | hundreds | large | {"duizend": 1_000, "één": 1, "eén": 1}
    return every | {word.replace("ë", "e"): number for word, number in every.items()}


def with_digits(text: str) -> str:
    """`text` with its number words in digits: "drie jaar" becomes "3 jaar", "een half jaar" becomes "6 maanden".

    "tweemaal" becomes "2 keer", "half negen" "8.30 uur"; "een" only counts before week, month, quarter and year.
    """
    lowered = text.lower()
    if not number_words().keys().isdisjoint(_LETTERS.findall(lowered)) or _TIMES in lowered:
        text = _LETTERS.sub(_in_digits, text)
    if not any(sign in lowered for sign in _SIGNS_OF_PARTS):
        return text
    for pattern, digits in _HALVES:
        text = pattern.sub(digits, text)
    return _HALF_PAST.sub(lambda match: f"{int(match[1]) - 1}.30 uur", text)


def _in_digits(match: re.Match[str]) -> str:
    word, known = match.group().lower(), number_words()
    if word in known:
        return str(known[word])
    if word.endswith(_TIMES):
        times = 1 if word == f"een{_TIMES}" else known.get(word.removesuffix(_TIMES))
        return f"{times} keer" if times else match.group()
    return match.group()


def spans_of_phones(text: str) -> Iterator[tuple[int, int]]:
    """Where phone numbers stand in `text`, as (start, end)."""
    return (match.span() for match in PHONE.finditer(text))


def format_euro(cents: int) -> str:
    """Dutch notation: 134567 gives "€ 1.345,67"; whole euros carry no decimals."""
    euros, rest = divmod(cents, 100)
    whole = f"{euros:,}".replace(",", ".")
    return f"€ {whole},{rest:02d}" if rest else f"€ {whole}"


def format_percent(percent: float) -> str:
    """Dutch notation: 36.5 gives "36,5%"."""
    return f"{percent:g}".replace(".", ",") + "%"

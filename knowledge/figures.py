"""Figures in Dutch text: amounts, percentages, phone numbers, URLs, e-mail addresses, dates.

One reading of a figure serves content tests, indexing and grounding: two texts agree on a
figure when these functions give the same value for both ("€ 1.250,-" and "1250 euro").
"""

import re
from collections.abc import Iterator

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?"
_SCALE = {"duizend": 1_000, "miljoen": 1_000_000, "miljard": 1_000_000_000}
_SCALES = "|".join(_SCALE)
_JOIN = r"\s*(?:tot|en|of|-|–|à|/|tot en met)\s*"
_EURO_BEFORE = re.compile(rf"(?:€|\bEUR\b)\s*(?P<first>{_NUMBER})(?:,-|,–)?(?:\s(?P<scale>{_SCALES}))?", re.IGNORECASE)
_EURO_AFTER = re.compile(
    rf"(?P<numbers>(?<![\d.,])(?:{_NUMBER})(?:(?:,\s|{_JOIN})(?:{_NUMBER}))*)(?:,-)?\s*(?P<scale>{_SCALES})?\s*(?:euro\b|(?P<cent>eurocent\b)|EUR\b)",
    re.IGNORECASE,
)
_SHARE = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,3})?|\d+(?:,\d{1,3})?"
_PERCENT = re.compile(
    rf"(?P<numbers>(?<![\d.,])(?:{_SHARE})(?:(?:{_JOIN})(?:{_SHARE}))*)\s*(?:%|procent\b)", re.IGNORECASE
)
_NUMBER_RE = re.compile(_NUMBER)
_SHARE_RE = re.compile(_SHARE)
_PHONE = re.compile(
    r"""(?<![\d.,/€-])(?<!€\s)(?!0\d[\s–-]+\d\d[\s–-]+(?:19|20)\d\d(?![\s–-]{0,3}\d))(?:
        (?:\+31|0031)[\s-]?\(?0?\)?[\s-]?\d(?:[\s-]{0,3}\d){8}     # international
      | \(?0\d{1,3}\)?(?:[\s–-]{0,3}\d){5,8}                        # national, with or without area code in brackets
      | 14[\s-]?0\d{2,3}                                            # 14 + area code
      | 11[23](?![\s,.]?\d|\s*(?:euro|procent|,-))                  # emergency and suicide prevention
    )(?![\d%])""",
    re.VERBOSE,
)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>()\"'„”]+|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:nl|com|org|eu|nu|info|net|app)(?:/[^\s<>()\"'„”]*)?(?![\w@])",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_YEAR = re.compile(r"(?<![\d.,€-])(?:19[5-9]\d|20[0-4]\d)(?![\d%]|[.,]\d|\s*(?:euro|procent))")
_BARE = re.compile(rf"(?<![\w.,/-])(?:{_NUMBER})(?![\w/])")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_DATE = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})(?:\s+((?:19|20)\d\d))?\b", re.IGNORECASE)


def _to_cents(number: str, scale: str | None) -> int:
    whole, _, fraction = number.replace(".", "").partition(",")
    cents = int(whole) * 100 + int((fraction + "00")[:2])
    return cents * _SCALE[scale.lower()] if scale else cents


def amounts(text: str) -> set[int]:
    """Amounts of money in `text`, in integer cents.

    "50 tot 100 euro" gives both ends; "€ 2 miljoen" is scaled.
    """
    found = {_to_cents(m["first"], m["scale"]) for m in _EURO_BEFORE.finditer(text)}
    for match in _EURO_AFTER.finditer(text):
        numbers = _NUMBER_RE.findall(match["numbers"])
        cents = {_to_cents(number, match["scale"]) for number in numbers}
        found |= {value // 100 for value in cents} if match["cent"] else cents
    return found


def percentages(text: str) -> set[float]:
    """Percentages in `text`, as numbers: "36,5%" gives 36.5."""
    found: set[float] = set()
    for match in _PERCENT.finditer(text):
        for number in _SHARE_RE.findall(match["numbers"]):
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
    spans = [m.span() for m in _URL.finditer(text)] + [m.span() for m in EMAIL.finditer(text)]
    return {
        normalise_phone(match.group())
        for match in _PHONE.finditer(text)
        if not any(start <= match.start() < end for start, end in spans)
    }


def normalise_url(url: str) -> str:
    """Lower case, without scheme, `www.`, closing slash or closing punctuation."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.strip().lower())
    return bare.rstrip("/.,;:!?)")


def urls(text: str) -> set[str]:
    """Web addresses in `text`, normalised with `normalise_url`."""
    masked = EMAIL.sub(" ", text)
    return {normalise_url(match.group()) for match in _URL.finditer(masked)}


def emails(text: str) -> set[str]:
    """E-mail addresses in `text`, lower case."""
    return {match.group().lower().rstrip(".") for match in EMAIL.finditer(text)}


def years(text: str) -> set[int]:
    """Calendar years (1950-2049) that `text` names."""
    return {int(match.group()) for match in _YEAR.finditer(text)}


def dates(text: str) -> set[str]:
    """Days that `text` names: "1 juli 2026" gives "2026-07-01", "1 juli" gives "07-01"."""
    found: set[str] = set()
    for day, month, year in _DATE.findall(text):
        stem = f"{MONTHS.index(month.lower()) + 1:02d}-{int(day):02d}"
        found.add(f"{year}-{stem}" if year else stem)
    return found


def numbers(text: str) -> set[float]:
    """Every other number written in digits (ages, durations, counts), amounts included."""
    return {float(match.group().replace(".", "").replace(",", ".")) for match in _BARE.finditer(text)}


def spans_of_phones(text: str) -> Iterator[tuple[int, int]]:
    """Where phone numbers stand in `text`, as (start, end)."""
    return (match.span() for match in _PHONE.finditer(text))


def format_euro(cents: int) -> str:
    """Dutch notation: 134567 gives "€ 1.345,67"; whole euros carry no decimals."""
    euros, rest = divmod(cents, 100)
    whole = f"{euros:,}".replace(",", ".")
    return f"€ {whole},{rest:02d}" if rest else f"€ {whole}"


def format_percent(percent: float) -> str:
    """Dutch notation: 36.5 gives "36,5%"."""
    return f"{percent:g}".replace(".", ",") + "%"

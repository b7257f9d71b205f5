"""Personal data in a text, masked before anything stores, logs or sends it.

Citizen service numbers are recognised by their eleven-test, bank accounts by ISO 7064 mod 97 (python-stdnum).
Amounts, years and the postcode that tells the gemeente stay.
"""

import re
from collections.abc import Callable

from stdnum import iban
from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

from knowledge import figures

_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ ]?[A-Za-z0-9]{4}){2,7}(?:[ ]?[A-Za-z0-9]{1,4})?\b")
_BSN = re.compile(r"(?<![\d.,€-])(?<!€ )\d{3}[ .]?\d{2,3}[ .]?\d{3}(?![\d]|[.,]\d|\s*(?:euro|,-))", re.IGNORECASE)
_DATE_DIGITS = re.compile(
    r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
_CARD = re.compile(r"\b(?:\d{4}[ -]?){3}\d{4}\b")
_BIRTH = re.compile(
    rf"\b(?:geboren(?: op)?|geboortedatum(?: is)?|geb\.?(?: datum)?)[:\s]*"
    rf"\d{{1,2}}(?:[-/. ]\d{{1,2}}[-/. ]|\s+(?:{'|'.join(figures.MONTHS)})\s+)(?:19|20)?\d{{2}}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b[A-Z][\w'’-]*(?:straat|laan|weg|plein|dijk|hof|kade|pad|steeg|singel|dreef|gracht|markt|brink|es|kamp)\s+\d{1,4}\s?[a-zA-Z]?\b"
)
_MASK = re.compile(
    r"\[(?:e-mailadres|rekeningnummer|geboortedatum|kaartnummer|nummer|burgerservicenummer|telefoonnummer|adres|naam)\]"
)
_PARTICLES = r"van|de|der|den|ten|ter|el|al|te"
_NAME = re.compile(
    r"\b((?:[Mm]ijn naam is|[Ii]k heet|[Mm]ijn naam:|[Nn]aam:)\s+)"
    rf"([A-ZÀ-Ý][\w'’-]+(?:\s+(?:{_PARTICLES}|[A-ZÀ-Ý][\w'’-]+))*)"
)
_CLIENT = re.compile(
    r"\b((?:klant|client|cliënt|dossier|zaak|polis)(?:nummer|nr\.?)?(?: is)?[:\s#]+)([A-Z]{0,4}[-]?\d{4,})\b",
    re.IGNORECASE,
)


def _valid(check: Callable[[str], object], text: str) -> bool:
    try:
        check(text)
    except ValidationError:
        return False
    return True


def _is_service_number(text: str) -> bool:
    """Whether it passes the eleven-test; eight digits that read as a date do not count."""
    return _valid(bsn.validate, text) and not _DATE_DIGITS.fullmatch(text)


def without_masks(text: str) -> str:
    """`text` without the words that stand for masked data, for reading what the person means."""
    return " ".join(_MASK.sub(" ", text).split())


def mask_personal_data(text: str) -> tuple[str, bool]:
    """`text` with personal data replaced by words in square brackets, and whether anything was."""
    masked = figures.EMAIL.sub("[e-mailadres]", text)
    masked = _IBAN.sub(lambda m: "[rekeningnummer]" if _valid(iban.validate, m.group()) else m.group(), masked)
    masked = _BIRTH.sub("[geboortedatum]", masked)
    masked = _CARD.sub("[kaartnummer]", masked)
    masked = _CLIENT.sub(lambda m: f"{m.group(1)}[nummer]", masked)
    for start, end in reversed(list(figures.spans_of_phones(masked))):
        if len(figures.normalise_phone(masked[start:end])) >= 9:
            masked = f"{masked[:start]}[telefoonnummer]{masked[end:]}"
    masked = _BSN.sub(lambda m: "[burgerservicenummer]" if _is_service_number(m.group()) else m.group(), masked)
    masked = _ADDRESS.sub("[adres]", masked)
    masked = _NAME.sub(lambda m: f"{m.group(1)}[naam]", masked)
    return masked, masked != text

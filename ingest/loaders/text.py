"""Bytes to text, and text without what only a printer needs."""

import re
import unicodedata

from charset_normalizer import from_bytes

from ingest.errors import UnreadableDocumentError

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WESTERN = ["cp1252", "latin_1", "mac_roman", "cp850"]
_LIGATURES = {
    **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000\t\r\f\v", " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
}
_PRINTABLE = str.maketrans(_LIGATURES)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SPACES = re.compile(r" {2,}")
_BINARY_SHARE = 0.02


def decode(data: bytes, charset: str | None = None) -> str:
    """Text of `data`: by its byte order mark, as UTF-8, as `charset` says, or else as Western European.

    Raises:
        UnreadableDocumentError: the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if sum(byte < 9 for byte in data[:4096]) > _BINARY_SHARE * min(len(data), 4096):
        raise UnreadableDocumentError(
            "Dit bestand bevat geen tekst. Sla het op als tekst (UTF-8) en probeer het opnieuw."
        )
    for name in ("utf-8", charset or "utf-8"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    best = from_bytes(data, cp_isolation=_WESTERN).best()
    return str(best) if best is not None else data.decode("cp1252", errors="replace")


def clean(text: str) -> str:
    """One line or paragraph: ligatures opened, odd spaces plain, control characters gone."""
    normal = unicodedata.normalize("NFC", text).translate(_PRINTABLE)
    lines = (_SPACES.sub(" ", line).strip() for line in _CONTROL.sub("", normal).split("\n"))
    return "\n".join(line for line in lines if line)


def flatten(text: str) -> str:
    """`clean`, on one line."""
    return " ".join(clean(text).split())

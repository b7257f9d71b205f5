"""What somebody typed as plain, visible text: no markup, no invisible characters, no letters in disguise."""

import html
import re
import unicodedata

from lxml import etree
from lxml.html import defs, document_fromstring

_TAG = re.compile(r"<(?:!--|[!?][^<>]*>|/?([a-zA-Z][\w:-]*)((?:\s[^<>]*)?/?)>)")
_LESS_THAN = re.compile("<")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});")
_NOT_SHOWN = ("script", "style", "template", "noscript", "title", "object", "iframe", etree.Comment, etree.PI)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])")
_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code del em font i ins kbd mark q s samp small span strong sub sup tt u var
    """.split()  # noqa: SIM905
)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^\[\]\n]{1,40}\])")
_REFERENCE = re.compile(r"^[ ]{0,3}\[[^\[\]\n]{1,40}\]:\s*\S+[^\n]*$", re.MULTILINE)
_FENCE = re.compile(r"^\s{0,3}(?:`{3,}|~{3,})[^\n`]*$", re.MULTILINE)
_TICKS = re.compile(r"`+")
_PILED_UP = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2})"
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_WORD = re.compile(r"\w+")
_OTHER_ALPHABET = re.compile(r"[\u0370-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
# Letters of Greek and Cyrillic that look like a Latin one (Unicode TR39), for words that mix alphabets.
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԁаеѕіјһорсухѵԛԝгпткмнвΑΒΕΖΗΙΚΜΝΟΡΤΥΧαειοκρυνχτ",
    "ABESIJKMHOPCTYXdaesijhopcyxvqwrntkmhbABEZHIKMNOPTYXaeiokpuvxt",
)
# Default ignorable characters (Unicode) outside category C, and the blank Braille pattern.
_UNSEEN = frozenset({0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0x2800, *range(0x180B, 0x1810)})
_UNSEEN_RANGES = (range(0xFE00, 0xFE10), range(0xE0000, 0xE1000))
_ROUNDS = 2


class _Visible(dict[int, str]):
    """Every character as it may stay, filled as characters turn up."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if code in _UNSEEN or any(code in unseen for unseen in _UNSEEN_RANGES) or category == "Cf":
            self[code] = ""
        else:
            self[code] = " " if category[0] in "CZ" else char
        return self[code]


_VISIBLE = _Visible({10: "\n", 13: "\n", 0x2028: "\n", 0x2029: "\n"})


def clean(text: str) -> str:
    """`text` without markup, invisible characters and disguised letters, on one line."""
    return " ".join(clean_lines(text).split())


def clean_lines(text: str) -> str:
    """As `clean`, with its lines kept."""
    text = _visible(text)
    for _ in range(_ROUNDS):
        if "&" not in text and "<" not in text:
            break
        text = _visible(_without_markup(_ENTITY.sub(lambda match: html.unescape(match.group()), text)))
    text = _without_markdown(text)
    return _WORD.sub(_one_alphabet, text) if _OTHER_ALPHABET.search(text) else text


def _visible(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _PILED_UP.sub(r"\1", text.translate(_VISIBLE)))
    return text.translate(_VISIBLE)


def _without_markup(text: str) -> str:
    """The text of what may be HTML; "<3" and "a < b" are no HTML."""
    if not any(_is_tag(match) for match in _TAG.finditer(text)):
        return text
    escaped = text.replace("&", "&amp;")
    escaped = _LESS_THAN.sub(lambda match: "<" if _is_tag(_TAG.match(escaped, match.start())) else "&lt;", escaped)
    try:
        tree = document_fromstring(f"<div>{escaped}</div>")
    except (etree.ParserError, ValueError):
        return _TAG.sub(" ", text)
    etree.strip_elements(tree, *_NOT_SHOWN, with_tail=False)
    parts: list[str] = []
    hidden = {child for element in tree.iter() if _is_hidden(element) for child in element.iter()}
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        border = "" if element.tag in _INLINE else "\n"
        shown = (element.text if event == "start" and element not in hidden else None) or ""
        parts += [border, shown] if event == "start" else [border]
        if event == "end" and element.tail and element.getparent() not in hidden:
            parts.append(element.tail)
    return "".join(parts)


def _is_tag(match: re.Match[str] | None) -> bool:
    """Whether this is markup: a known tag, a bare one, or one with attributes."""
    if match is None:
        return False
    name, rest = match.group(1), match.group(2)
    return name is None or not rest.strip(" /") or "=" in rest or name.lower() in defs.tags


def _is_hidden(element: etree._Element) -> bool:
    style = _HIDDEN.search(element.get("style", "").lower())
    return "hidden" in element.attrib or element.get("aria-hidden") == "true" or bool(style)


def _without_markdown(text: str) -> str:
    """Links and images as their words, code as text."""
    if "[" in text:
        text = _LINK.sub(r"\1", _REFERENCE.sub(" ", text))
    return _TICKS.sub(" ", _FENCE.sub(" ", text)) if "`" in text or "~" in text else text


def _one_alphabet(match: re.Match[str]) -> str:
    """A word that mixes alphabets is Latin in disguise; a word of one alphabet is what it is."""
    word = match.group()
    return word.translate(_LOOKALIKES) if _LATIN.search(word) and _OTHER_ALPHABET.search(word) else word

"""Whom to call, as a stored sentence tells it."""

import re
from dataclasses import dataclass

from assistant.generation.protocol import Page
from assistant.generation.sentences import split_sentences
from assistant.types import Evidence
from knowledge import figures

_STORED_CALL = re.compile(r"^(?:Bel|U kunt) (?P<name>.+?)(?: bellen)?: (?P<phone>[^:]+?)\.$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A number to call with whose it is, and the stored paragraph that says so."""

    name: str
    phone: str
    evidence: Evidence


def first_call(page: Page | None) -> Call | None:
    """The first stored sentence under Contact of a page that gives a number to call."""
    if page is None:
        return None
    for chunk in page.under("Contact"):
        for paragraph in chunk.paragraphs:
            for sentence in split_sentences(paragraph):
                match = _STORED_CALL.match(sentence)
                if match and figures.phones(match["phone"]):
                    evidence = Evidence(chunk=chunk, paragraph=paragraph)
                    return Call(name=match["name"], phone=match["phone"].strip(), evidence=evidence)
    return None

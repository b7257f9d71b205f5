"""From what a document says about itself to Sam's scopes and topics."""

import re
from functools import cache

from knowledge.gemeenten import load_gemeenten
from knowledge.text import fold
from knowledge.topics import load_topics


@cache
def _gemeenten() -> dict[str, str]:
    return {fold(gemeente.name): gemeente.slug for gemeente in load_gemeenten().values()}


@cache
def _products() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for topic in load_topics().values():
        for name, _ in topic.upl:
            found[_letters(name)] = found.get(_letters(name), frozenset()) | {topic.slug}
    return found


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", fold(name))


def scope_of(authority: str) -> str | None:
    """Slug of the gemeente called `authority`; None when it is none of Sam's."""
    name = re.sub(r"^gemeente\s+", "", fold(authority).strip())
    return _gemeenten().get(name.replace("-", " ")) or _gemeenten().get(name)


def topic_of(product: str) -> str | None:
    """Topic of a uniform product name, whatever its spaces; None when none holds it, or several do.

    Of several topics the one that is called like the product is meant. Catalogues and the official
    list differ in endings too, so a longer name that starts alike counts.
    """
    wanted = _letters(product)
    if not wanted:
        return None
    topics = set(_products().get(wanted, ()))
    if not topics:
        near = (name for name in _products() if min(len(name), len(wanted)) > 8)
        topics = {t for n in near if n.startswith(wanted) or wanted.startswith(n) for t in _products()[n]}
    namesakes = {topic for topic in topics if wanted.startswith(_letters(topic))}
    chosen = namesakes or topics
    return chosen.pop() if len(chosen) == 1 else None

"""Everything the routes share, built once per app."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from assistant.composition import Assistant
from assistant.texts import Texts
from web.catalogue import Catalogue
from web.conversations import Conversations
from web.dialogue import Dialogue
from web.feedback import FeedbackLog
from web.texts import load_texts

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The assistant, the conversations and the catalogue."""

    assistant: Assistant
    conversations: Conversations
    dialogue: Dialogue
    catalogue: Catalogue
    texts: Texts


def build_site(assistant: Assistant, conversations: Conversations | None = None) -> Site:
    """The shared parts, with a conversation store of its own unless one is given."""
    texts = load_texts("chat")
    conversations = conversations if conversations is not None else Conversations()
    feedback = FeedbackLog(assistant.settings.data_dir / "feedback.jsonl")
    return Site(
        assistant=assistant,
        conversations=conversations,
        dialogue=Dialogue(assistant, conversations, feedback, texts),
        catalogue=Catalogue(assistant),
        texts=texts,
    )


def get_site(request: Request) -> Site:
    """The site of the app that handles a request."""
    site: Site = request.app.state.site
    return site


SiteDep = Annotated[Site, Depends(get_site)]

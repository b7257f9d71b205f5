"""The conversation as a page: a plain form that works without JavaScript."""

import logging
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from web.chat.view import Presenter, keeps_typed
from web.conversations import Conversation
from web.errors import UnavailableError, UnknownAnswerError, UnknownConversationError
from web.feedback import LONGEST_REMARK, Feedback, Reason, Verdict
from web.rendering import Renderer
from web.site import Site, SiteDep

logger = logging.getLogger(__name__)
EXAMPLES = ("voorbeeld_1", "voorbeeld_2", "voorbeeld_3", "voorbeeld_4")
REASONS = ("klopt-niet", "niet-mijn-vraag", "onduidelijk", "onvolledig", "verouderd")
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Screen:
    """Renders the one page of the conversation."""

    request: Request
    site: Site

    def show(
        self,
        conversation: Conversation | None,
        *,
        gemeente: str | None = None,
        typed: str = "",
        notice: str | None = None,
        status: int = 200,
    ) -> Response:
        """The conversation, or the start when there is none yet."""
        renderer: Renderer = self.request.app.state.renderer
        presenter = Presenter(self.site.catalogue)
        people = presenter.people()
        chosen = conversation.gemeente if conversation else gemeente
        return renderer.page(
            self.request,
            "gesprek.html",
            status,
            conversation=conversation,
            turns=presenter.turns(conversation),
            chosen=chosen,
            people=people,
            person=people.get(chosen or ""),
            examples=EXAMPLES,
            reasons=REASONS,
            typed=typed,
            notice=notice,
        )


def _screen(request: Request, site: SiteDep) -> Screen:
    return Screen(request, site)


ScreenDep = Annotated[Screen, Depends(_screen)]


@router.api_route("/", methods=["GET", "HEAD"])
def start(screen: ScreenDep, gemeente: Annotated[str, Query()] = "", vraag: Annotated[str, Query()] = "") -> Response:
    """The start; a link may bring a gemeente and a question to begin with."""
    return screen.show(None, gemeente=_known(screen.site, gemeente), typed=vraag[:2_000])


class Said(BaseModel):
    """The form of the page; `keuze` is a quick reply, `knop` another button than the one that asks."""

    gesprek: str = ""
    beurt: str = ""
    gemeente: str = ""
    vraag: str = ""
    keuze: str = ""
    knop: str = ""

    @property
    def text(self) -> str:
        """The question."""
        return self.keuze or self.vraag

    @property
    def unsent(self) -> str:
        """What stands in the field but was not asked."""
        return self.vraag if self.keuze or self.knop == "gemeente" else ""


class Judged(BaseModel):
    """The form under an answer."""

    oordeel: Verdict
    antwoord: str = Field(max_length=100)
    gesprek: str = ""
    reden: Reason | None = None
    toelichting: str = ""


@router.post("/")
def say(screen: ScreenDep, said: Annotated[Said, Form()]) -> Response:
    """What a person did on the page: ask, pick a quick reply, choose a gemeente, or begin again."""
    site, chosen = screen.site, _known(screen.site, said.gemeente)
    if said.knop == "opnieuw":
        site.conversations.remove(said.gesprek)
        return screen.show(None, gemeente=chosen)
    if said.knop == "toon":
        return screen.show(_find(site, said.gesprek), gemeente=chosen)
    if said.knop != "gemeente" and not said.text.strip():
        return screen.show(_find(site, said.gesprek), gemeente=chosen, notice=site.texts.get("melding_leeg"))
    conversation, notice = _open(site, said.gesprek, chosen)
    if said.knop == "gemeente" or _already_answered(conversation, said):
        return screen.show(conversation, typed=said.unsent, notice=notice)
    return _ask(screen, conversation, said, notice)


def _ask(screen: Screen, conversation: Conversation, said: Said, notice: str | None) -> Response:
    """Ask, and keep what was typed in the field when it could not be answered."""
    site = screen.site
    try:
        site.dialogue.ask(conversation.id, said.text)
    except UnavailableError as error:
        logger.error("%s", error)
        notice = site.texts.get("melding_storing")
        return screen.show(conversation, typed=said.text, notice=notice, status=503)
    conversation = site.conversations.get(conversation.id)
    typed = said.vraag if keeps_typed(conversation.turns[-1]) else said.unsent
    return screen.show(conversation, typed=typed, notice=notice)


@router.post("/oordeel")
def judge(screen: ScreenDep, judged: Annotated[Judged, Form()]) -> Response:
    """What a person thought of an answer. A forgotten answer is no trouble of theirs."""
    site = screen.site
    remark = judged.toelichting[:LONGEST_REMARK] or None
    notice = None
    try:
        site.dialogue.judge(judged.antwoord, Feedback(verdict=judged.oordeel, reason=judged.reden, remark=remark))
    except UnknownAnswerError:
        notice = site.texts.get("melding_verlopen")
    return screen.show(_find(site, judged.gesprek), notice=notice)


def _known(site: Site, gemeente: str) -> str | None:
    return gemeente if gemeente in site.catalogue.gazetteer.gemeenten else None


def _find(site: Site, identifier: str) -> Conversation | None:
    try:
        return site.conversations.get(identifier)
    except UnknownConversationError:
        return None


def _open(site: Site, identifier: str, gemeente: str | None) -> tuple[Conversation, str | None]:
    """The conversation of the form, or a new one; says so when the old one was forgotten."""
    if identifier:
        try:
            return site.dialogue.choose(identifier, gemeente), None
        except UnknownConversationError:
            return site.conversations.start(gemeente), site.texts.get("melding_verlopen")
    return site.conversations.start(gemeente), None


def _already_answered(conversation: Conversation, said: Said) -> bool:
    """Whether this is a page that was sent again: then the question is not asked twice."""
    later: list[str] = []
    if said.beurt.isdecimal() and len(said.beurt) < 4:
        later = [turn.question for turn in conversation.turns[int(said.beurt) :]]
    return " ".join(said.text.split()) in later

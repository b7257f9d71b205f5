"""Calls that start a conversation, ask, and judge an answer."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Request, Response

from assistant.wire import answer_to_json
from web.api.models import Antwoord, Feedback, Gesprek, NieuwGesprek, Vraag
from web.api.openapi import problems
from web.errors import ProblemError
from web.feedback import Feedback as Judgement
from web.site import SiteDep


def require_json(request: Request) -> None:
    """Refuse a body that is not JSON, and a caller that cannot read JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    has_body = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    if (kind or has_body) and kind != "application/json":
        raise ProblemError(415, "uitleg_415")
    accept = request.headers.get("accept", "*/*").lower()
    if not any(form in accept for form in ("*/*", "application/*", "application/json", "application/problem+json")):
        raise ProblemError(406, "uitleg_406")


router = APIRouter(tags=["gesprekken"], dependencies=[Depends(require_json)])
Identifier = Annotated[str, Path(alias="id", max_length=100)]


@router.post("/gesprekken", status_code=201, operation_id="beginGesprek", responses=problems(400, 406, 413, 415))
def start(site: SiteDep, body: Annotated[NieuwGesprek | None, Body()] = None) -> Gesprek:
    """Begin een gesprek."""
    gemeente = body.gemeente if body else None
    known = site.catalogue.gazetteer.gemeenten
    if gemeente is not None and gemeente not in known:
        raise ProblemError(400, "gemeente_onbekend", {"keuze": ", ".join(known)})
    conversation = site.conversations.start(gemeente)
    return Gesprek(id=conversation.id, gemeente=conversation.gemeente)


@router.post(
    "/gesprekken/{id}/vragen",
    operation_id="stelVraag",
    response_model=Antwoord,
    responses=problems(400, 404, 406, 413, 415, 503),
)
def ask(site: SiteDep, identifier: Identifier, body: Vraag) -> dict[str, Any]:
    """Stel een vraag in een gesprek."""
    return answer_to_json(site.dialogue.ask(identifier, body.vraag))


@router.post(
    "/antwoorden/{id}/feedback",
    status_code=204,
    operation_id="geefFeedback",
    responses=problems(400, 404, 406, 413, 415),
)
def judge(site: SiteDep, identifier: Identifier, body: Feedback) -> Response:
    """Vertel wat u van een antwoord vond."""
    site.dialogue.judge(identifier, Judgement(verdict=body.oordeel, reason=body.reden, remark=body.toelichting))
    return Response(status_code=204)

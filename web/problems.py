"""Errors as readers get them: problem details (RFC 9457) for the API, a page for a browser."""

import logging
from collections.abc import Mapping, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.texts import Texts
from web.errors import ProblemError, UnavailableError, UnknownAnswerError, UnknownConversationError
from web.security import add_headers, is_api, local_path
from web.texts import load_texts

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


@cache
def problem_texts() -> Texts:
    """The Dutch titles and explanations."""
    return load_texts("problemen")


def problem_response(
    status: int,
    key: str | None = None,
    *,
    variables: Mapping[str, str] | None = None,
    fields: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Problem details with a Dutch title and explanation; `fields` says what is wrong where."""
    texts = problem_texts()
    keys = texts.keys()
    known = f"titel_{status}" in keys
    title = texts.get(f"titel_{status}") if known else HTTPStatus(status).phrase
    detail_key = key or (f"uitleg_{status}" if known else "uitleg_anders")
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": texts.get(detail_key, **dict(variables or {})),
    }
    if fields:
        content["fouten"] = [dict(field) for field in fields]
    return JSONResponse(content, status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def explain(error: RequestValidationError) -> list[dict[str, str]]:
    """What is wrong with a request, field by field, in Dutch; never what was sent."""
    texts = problem_texts()
    known = texts.keys()
    rows = []
    for row in error.errors():
        place = [str(part) for part in row["loc"][1:] if not isinstance(part, int)]
        key = f"veld_{row['type']}"
        text = texts.get(key if key in known else "veld_anders")
        rows.append({"veld": ".".join(place) or str(row["loc"][0]), "melding": text})
    return rows


async def on_problem(request: Request, error: Exception) -> Response:
    """One of our own problems."""
    assert isinstance(error, ProblemError)
    return problem_response(error.status, error.key, variables=error.variables)


async def on_unknown_conversation(request: Request, error: Exception) -> Response:
    """A conversation that is not there."""
    return problem_response(404, "gesprek_onbekend")


async def on_unknown_answer(request: Request, error: Exception) -> Response:
    """An answer that is not there."""
    return problem_response(404, "antwoord_onbekend")


async def on_unavailable(request: Request, error: Exception) -> Response:
    """Sam cannot answer now."""
    logger.error("unavailable: %s", error)
    return problem_response(503, headers={"Retry-After": "60"})


async def on_invalid(request: Request, error: Exception) -> Response:
    """A request that breaks the schema."""
    assert isinstance(error, RequestValidationError)
    return problem_response(400, fields=explain(error))


async def on_http(request: Request, error: Exception) -> Response:
    """What the framework refuses: unknown path, wrong method and the like."""
    assert isinstance(error, HTTPException)
    status = 400 if error.status_code == 422 else error.status_code
    return problem_response(status, headers=error.headers)


async def on_crash(request: Request, error: Exception) -> Response:
    """What nobody expected; the reader learns only that it was us."""
    response = problem_response(500)
    finish(request, response)
    return response


def finish(request: Request, response: Response) -> None:
    """Give a response made outside the middleware the headers it would have had."""
    add_headers(MutableHeaders(raw=response.raw_headers), local_path(request.scope))
    if is_api(request.url.path):
        response.headers["Cache-Control"] = "no-store"


HANDLERS: dict[int | type[Exception], Any] = {
    ProblemError: on_problem,
    UnknownConversationError: on_unknown_conversation,
    UnknownAnswerError: on_unknown_answer,
    UnavailableError: on_unavailable,
    RequestValidationError: on_invalid,
    HTTPException: on_http,
    Exception: on_crash,
}

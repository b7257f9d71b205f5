"""Builds the site: pages, API, health and static files in one app."""

import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from assistant.composition import Assistant
from assistant.errors import AssistantError
from knowledge.errors import KnowledgeError
from web import health
from web.api.app import create_api
from web.api.openapi import BASE, describe
from web.chat import regeling, routes
from web.chat.regeling import error_page
from web.conversations import Conversations
from web.problems import HANDLERS, finish, problem_response
from web.rendering import Renderer
from web.security import BodyLimit, SecurityHeaders, is_api, local_path
from web.site import STATIC, Site, build_site

logger = logging.getLogger(__name__)
Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]
router = APIRouter(include_in_schema=False)


def create_app(assistant: Assistant, *, conversations: Conversations | None = None, warm_up: bool = True) -> FastAPI:
    """The site over an assistant; with `warm_up` it loads models and index before the first request."""
    site = build_site(assistant, conversations)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if warm_up:
            try:
                await run_in_threadpool(_warm_up, site)
            except (KnowledgeError, AssistantError) as error:
                logger.error("%s", error)
        yield

    app = FastAPI(
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers={kind: _for_reader(handler) for kind, handler in HANDLERS.items()},
    )
    app.state.site = site
    app.state.api = create_api(site)
    app.state.renderer = Renderer(site.texts)
    for part in (router, health.router, routes.router, regeling.router):
        app.include_router(part)
    app.mount(BASE, app.state.api)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(BodyLimit, refuse=refuse)
    app.add_middleware(SecurityHeaders)
    return app


def _warm_up(site: Site) -> None:
    site.assistant.warm_up()
    _ = site.assistant.pipeline, site.catalogue.regelingen, site.catalogue.topics


def _for_reader(handler: Handler) -> Handler:
    """Problem details under the API paths, a page everywhere else."""

    async def handle(request: Request, error: Exception) -> Response:
        if is_api(local_path(request.scope)):
            return await handler(request, error)
        status = error.status_code if isinstance(error, HTTPException) else 500
        status = 400 if isinstance(error, RequestValidationError) else status
        response = error_page(request, status)
        if isinstance(error, HTTPException) and error.headers:
            response.headers.update(error.headers)
        if status == 500:
            finish(request, response)
        return response

    return handle


async def refuse(request: Request, status: int) -> Response:
    """An answer to a request that no route gets to see."""
    if is_api(local_path(request.scope)):
        return problem_response(status)
    return error_page(request, status)


@router.get("/openapi.json")
def document(request: Request) -> JSONResponse:
    """The description of the API, also where people first look for it."""
    api: FastAPI = request.app.state.api
    content: dict[str, Any] = describe(api)
    return JSONResponse(content)


@router.api_route("/favicon.ico", methods=["GET", "HEAD"])
def favicon() -> FileResponse:
    """The picture on the tab."""
    return FileResponse(STATIC / "sam.svg", media_type="image/svg+xml")

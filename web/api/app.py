"""Builds the API as an app of its own, to be mounted under `/api/v1`."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request

from web.api import catalogue, conversations
from web.api.openapi import BASE, LICENSE, describe
from web.problems import HANDLERS
from web.security import API_VERSION
from web.site import Site
from web.texts import load_texts

_TAGS = ("gesprekken", "gemeenten", "onderwerpen", "regelingen")
router = APIRouter(include_in_schema=False)


def create_api(site: Site) -> FastAPI:
    """The API over a site."""
    texts = load_texts("api")
    api = FastAPI(
        title=texts.get("titel"),
        version=API_VERSION,
        summary=texts.get("samenvatting"),
        description=texts.get("beschrijving"),
        contact={field: texts.get(f"contact_{field}") for field in ("name", "url", "email")},
        license_info=LICENSE,
        servers=[{"url": BASE, "description": texts.get("server")}],
        openapi_tags=[{"name": tag, "description": texts.get(f"groep_{tag}")} for tag in _TAGS],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers=HANDLERS,
    )
    api.state.site = site
    for part in (router, conversations.router, catalogue.router):
        api.include_router(part)
    return api


@router.get("/openapi.json")
def document(request: Request) -> dict[str, Any]:
    """The description of the API."""
    return describe(request.app)

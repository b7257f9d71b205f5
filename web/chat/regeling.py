"""One regeling as a page to read, and pages for errors."""

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE
from web.catalogue import in_words
from web.chat.view import Presenter, person_view, safe_url
from web.problems import problem_texts
from web.rendering import Renderer
from web.site import SiteDep

router = APIRouter(include_in_schema=False)


@router.api_route("/regelingen/{gemeente}/{slug}", methods=["GET", "HEAD"])
def read(request: Request, site: SiteDep, gemeente: str, slug: str) -> Response:
    """A regeling with its source, its date and a warning where one is due."""
    page = site.catalogue.regelingen.get(f"{gemeente}/{slug}")
    if page is None:
        raise HTTPException(404)
    presenter = Presenter(site.catalogue)
    texts = site.texts
    known = site.catalogue.gazetteer.gemeenten.get(page.scope)
    where = {REGION_SCOPE: "regeling_geldt_regio", NATIONAL_SCOPE: "regeling_geldt_land"}.get(page.scope)
    renderer: Renderer = request.app.state.renderer
    return renderer.page(
        request,
        "regeling.html",
        page=page,
        place=texts.get(where) if where else texts.get("regeling_geldt", gemeente=presenter.place(page.scope)),
        sections=presenter.sections(page),
        warning=site.catalogue.warning(page),
        date=in_words(page.source.peildatum),
        url=safe_url(page.source.url),
        chosen=known.slug if known else None,
        person=person_view(known) if known else None,
    )


def error_page(request: Request, status: int, detail: str | None = None) -> Response:
    """An error for people: what happened, and two ways on."""
    texts = problem_texts()
    known = texts.keys()
    code = status if f"titel_{status}" in known else 400
    renderer: Renderer = request.app.state.renderer
    return renderer.page(
        request,
        "fout.html",
        status,
        title=texts.get(f"titel_{code}"),
        detail=detail or texts.get(f"uitleg_{code}" if code != 400 else "uitleg_anders"),
        chosen=None,
        person=None,
    )

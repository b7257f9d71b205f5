"""Calls that list what Sam knows."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from web.api import mapping
from web.api.models import Gemeenten, Onderwerpen, Regeling, Regelingen, RegelingenVraag
from web.api.openapi import problems
from web.catalogue import Selection
from web.errors import ProblemError
from web.site import Site, SiteDep

router = APIRouter()
Slug = Annotated[str, Path(max_length=150)]


@router.get("/gemeenten", tags=["gemeenten"], operation_id="lijstGemeenten", responses=problems(400))
def gemeenten(site: SiteDep) -> Gemeenten:
    """De gemeenten waarvoor Sam werkt."""
    return Gemeenten(gemeenten=[mapping.to_gemeente(g) for g in site.catalogue.gazetteer.gemeenten.values()])


@router.get("/onderwerpen", tags=["onderwerpen"], operation_id="lijstOnderwerpen", responses=problems(400))
def onderwerpen(site: SiteDep) -> Onderwerpen:
    """De onderwerpen waarover Sam iets weet."""
    return Onderwerpen(onderwerpen=[mapping.to_onderwerp(topic) for topic in site.catalogue.topics.values()])


@router.get("/regelingen", tags=["regelingen"], operation_id="zoekRegelingen", responses=problems(400, 503))
def regelingen(
    request: Request, response: Response, site: SiteDep, asked: Annotated[RegelingenVraag, Query()]
) -> Regelingen:
    """Zoek in de regelingen."""
    gemeente, onderwerp = asked.gemeente or None, asked.onderwerp or None
    _check(site, gemeente, onderwerp)
    found = site.catalogue.select(scope=gemeente, topic=onderwerp, search=asked.zoek, number=asked.pagina)
    query = {"gemeente": gemeente, "onderwerp": onderwerp, "zoek": asked.zoek}
    given = {name: value for name, value in query.items() if value}
    response.headers["Link"] = _links(request.scope["root_path"] + "/regelingen", given, found)
    return Regelingen(
        regelingen=[mapping.to_kort(page, site.catalogue.warning(page)) for page in found.pages],
        totaal=found.total,
        pagina=found.number,
        paginas=found.last,
    )


@router.get(
    "/regelingen/{gemeente}/{slug}",
    tags=["regelingen"],
    operation_id="leesRegeling",
    responses=problems(400, 404),
)
def regeling(site: SiteDep, gemeente: Slug, slug: Slug) -> Regeling:
    """Een regeling met bron, bedragen, contact en tekst."""
    page = site.catalogue.regelingen.get(f"{gemeente}/{slug}")
    if page is None:
        raise ProblemError(404, "regeling_onbekend")
    return mapping.to_regeling(page, site.catalogue.warning(page))


def _check(site: Site, gemeente: str | None, onderwerp: str | None) -> None:
    if gemeente is not None and gemeente not in site.catalogue.scopes:
        raise ProblemError(400, "gemeente_onbekend", {"keuze": ", ".join(site.catalogue.scopes)})
    if onderwerp is not None and onderwerp not in site.catalogue.topics:
        raise ProblemError(400, "onderwerp_onbekend", {"keuze": ", ".join(site.catalogue.topics)})


def _links(path: str, query: dict[str, str], found: Selection) -> str:
    """The Link header: first, previous, next and last page."""
    numbers = {"first": 1, "last": found.last}
    if found.number > 1:
        numbers["prev"] = min(found.number - 1, found.last)
    if found.number < found.last:
        numbers["next"] = found.number + 1
    return ", ".join(
        f'<{path}?{urlencode({**query, "pagina": number})}>; rel="{name}"' for name, number in numbers.items()
    )

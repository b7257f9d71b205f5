"""Health of the site, for the platform it runs on."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from knowledge.errors import IndexUnavailableError
from knowledge.generations import read_manifest
from web.problems import problem_response
from web.site import SiteDep

router = APIRouter(prefix="/health", include_in_schema=False)


@router.api_route("/live", methods=["GET", "HEAD"])
def live() -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"})


@router.api_route("/ready", methods=["GET", "HEAD"])
def ready(site: SiteDep) -> Response:
    """There is an index to answer from; names its generation and embedder."""
    try:
        manifest = read_manifest(site.assistant.settings.data_dir)
    except IndexUnavailableError:
        manifest = None
    if manifest is None:
        return problem_response(503, "geen_index")
    return JSONResponse(
        {
            "status": "ok",
            "generatie": manifest.generation,
            "embedder": manifest.embedder,
            "gemaakt": manifest.created,
            "documenten": len(manifest.documents),
        }
    )

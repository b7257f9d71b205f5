"""The description of the API, in the form the Dutch API design rules ask."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from web.api.models import Probleem
from web.problems import MEDIA_TYPE, problem_texts
from web.security import API_VERSION

BASE = "/api/v1"
LICENSE = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
_SCHEMA = {"$ref": "#/components/schemas/Probleem"}
_HEADER = {
    "API-Version": {
        "description": "Volledige versie van de API.",
        "schema": {"type": "string"},
        "example": API_VERSION,
    }
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error responses of a route."""
    texts = problem_texts()
    return {
        status: {
            "description": texts.get(f"titel_{status}"),
            "content": {MEDIA_TYPE: {"schema": _SCHEMA}},
        }
        for status in (*statuses, 500)
    }


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document: version headers everywhere, problem details for every error, no 422."""
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
        servers=app.servers,
        contact=app.contact,
        license_info=app.license_info,
    )
    schemas = document["components"]["schemas"]
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    definition = Probleem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(definition.pop("$defs", {}))
    schemas["Probleem"] = definition
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            for response in operation["responses"].values():
                response.setdefault("headers", {}).update(_HEADER)
    app.openapi_schema = document
    return document

"""Templates to HTML; everything is escaped."""

import hashlib
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from assistant.texts import Texts
from web.site import STATIC


class Renderer:
    """Renders pages with the texts of the site."""

    def __init__(self, texts: Texts) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(STATIC.parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["t"] = texts.get
        self._environment.globals["versie"] = _version()

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A whole page. Links start with the prefix of a proxy, never with a host."""
        html = self._environment.get_template(template).render(base=request.scope.get("root_path", ""), **values)
        return HTMLResponse(html, status_code=status)


def _version() -> str:
    """Changes when a static file does, so that browsers may keep them."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

"""Product pages of Samenwerkende Catalogi (scproduct), one or many in a file."""

from html import escape
from xml.etree.ElementTree import Element, tostring

from ingest.errors import UnreadableDocumentError
from ingest.loaders.html_tree import collect, parse_html
from ingest.loaders.scopes import scope_of, topic_of
from ingest.loaders.sections import SectionCollector
from ingest.loaders.xml import descendants, first, parse_xml, value
from ingest.types import LoadedDocument


def load_catalogus(data: bytes, *, name: str, url: str) -> tuple[LoadedDocument, ...]:
    """Read the product pages in a file; a product without text is left out.

    Raises:
        UnreadableDocumentError: no product in it has text.
    """
    products = (_product(element, name, url) for element in descendants(parse_xml(data), "scproduct"))
    documents = tuple(document for document in products if document is not None)
    if not documents:
        raise UnreadableDocumentError("In deze catalogus staat geen productbeschrijving met tekst.")
    return documents


def _product(element: Element, name: str, url: str) -> LoadedDocument | None:
    title = value(element, "title") or name
    collector = SectionCollector(title)
    collector.paragraph(value(element, "abstract"))
    markup = first(element, "productHTML")
    if markup is not None:
        tree = parse_html(_as_html(markup))
        if tree is not None:
            collect(tree, collector)
    sections = collector.sections()
    if not sections:
        return None
    address = value(element, "identifier")
    return LoadedDocument(
        title=title,
        url=address if address.startswith(("https://", "http://")) else f"{url}#{value(element, 'productID')}",
        sections=sections,
        peildatum=value(element, "modified") or "onbekend",
        scope=scope_of(value(element, "authority")) or scope_of(value(element, "spatial")),
        topic=topic_of(value(element, "uniformeProductnaam")),
    )


def _as_html(markup: Element) -> str:
    """The page as HTML: catalogues give it as elements, or as escaped text."""
    if len(markup) == 0:
        raw = markup.text or ""
        return raw if "<" in raw else f"<p>{escape(raw)}</p>"
    for part in markup.iter():
        if isinstance(part.tag, str):
            part.tag = part.tag.rpartition("}")[2]
    return tostring(markup, encoding="unicode", method="html")

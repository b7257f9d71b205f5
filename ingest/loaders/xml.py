"""Reading XML that may be hostile: no entities, no document type, nothing fetched."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ingest.errors import UnreadableDocumentError
from ingest.loaders.text import flatten


def parse_xml(data: bytes) -> Element:
    """Root of an XML document.

    Raises:
        UnreadableDocumentError: it is not well-formed, or declares entities.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise UnreadableDocumentError(
            "Dit XML-bestand bevat onveilige verwijzingen (entiteiten). Sam leest het daarom niet."
        ) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableDocumentError("Dit XML-bestand is beschadigd. Haal het opnieuw op.") from error
    return root


def local(element: Element) -> str:
    """Name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def descendants(element: Element, name: str) -> Iterator[Element]:
    """All elements called `name` in or under `element`, in document order."""
    return (part for part in element.iter() if local(part) == name)


def first(element: Element, name: str) -> Element | None:
    """The first element called `name` in or under `element`."""
    return next(descendants(element, name), None)


def text(element: Element | None) -> str:
    """All text in an element, on one line."""
    return flatten("".join(element.itertext())) if element is not None else ""


def value(element: Element, name: str) -> str:
    """Text of the first element called `name`; empty when there is none."""
    return text(first(element, name))

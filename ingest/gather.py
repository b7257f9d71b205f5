"""From what someone names (files, folders, addresses, the register) to documents for the index.

Whatever cannot be read is reported with its reason, and the rest goes on.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.crawl import FetchedPage, Fetcher, is_sitemap, sitemap_urls
from ingest.errors import FetchError, IngestError, UnreadableDocumentError
from ingest.loaders import load_all
from ingest.loaders.scopes import scope_of
from ingest.register import RegisteredSource
from ingest.splitting import loaded_document
from ingest.texts import text
from ingest.types import LoadedDocument
from knowledge.types import NATIONAL_SCOPE, Document

_log = logging.getLogger(__name__)
MAX_FILE_BYTES = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the user chose, and what there is to choose from."""

    scopes: frozenset[str]
    topics: frozenset[str]
    scope: str | None = None
    topic: str | None = None
    url: str | None = None


class Gatherer:
    """Reads what it is given; `succeeded` and `failed` count what became of it."""

    def __init__(self, fetcher: Fetcher, choices: Choices, *, today: date, report: Callable[[str], None]) -> None:
        self._fetcher = fetcher
        self._choices = choices
        self._today = today
        self._report = report
        self.succeeded = 0
        self.failed = 0

    def target(self, target: str) -> Iterator[Document]:
        """Documents of a file, a folder, an address or a sitemap."""
        if "://" in target:
            yield from self._guarded(target, lambda: self._address(target))
            return
        path = Path(target)
        if not path.is_dir():
            yield from self._guarded(target, lambda: self._file(path))
            return
        files = [file for file in sorted(path.rglob("*")) if file.is_file() and not _hidden(file, path)]
        if not files:
            self._fail(target, text("lege_map"))
        for file in files:
            yield from self._guarded(str(file), lambda file=file: self._file(file))  # type: ignore[misc]

    def registered(self, source: RegisteredSource) -> Iterator[Document]:
        """Documents of a page in the source register, one for each scope it is about."""
        yield from self._guarded(source.url, lambda: self._registered(source))

    def _guarded(self, name: str, read: Callable[[], Sequence[Document]]) -> Iterator[Document]:
        """What `read` gives; a failure is reported and gives nothing."""
        try:
            documents = read()
        except IngestError as error:
            self._fail(name, str(error))
        except Exception as error:
            # A loader that breaks on a strange file may not take the other files with it.
            _log.debug("%s", name, exc_info=True)
            self._fail(name, text("interne_fout", soort=type(error).__name__))
        else:
            self.succeeded += bool(documents)
            yield from documents

    def _fail(self, name: str, reason: str) -> None:
        self.failed += 1
        self._report(text("mislukt", naam=name, reden=" ".join(reason.split())))

    def _file(self, path: Path) -> list[Document]:
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                raise UnreadableDocumentError(text("te_groot", grens=MAX_FILE_BYTES // 1_000_000))
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise UnreadableDocumentError(text("bestaat_niet")) from error
        except OSError as error:
            raise UnreadableDocumentError(text("onleesbaar_bestand")) from error
        url = self._choices.url or path.resolve().as_uri()
        loaded = load_all(data, name=path.name, url=url, today=self._today)
        return [self._document(document, str(path)) for document in loaded]

    def _address(self, url: str) -> list[Document]:
        page = self._fetcher.fetch(url)
        if not is_sitemap(page.body):
            return [self._document(document, url) for document in self._load(page)]
        addresses = sitemap_urls(self._fetcher, page)
        if not addresses:
            raise FetchError(text("lege_sitemap"))
        documents: list[Document] = []
        for address in addresses:
            documents.extend(
                self._guarded(
                    address,
                    lambda address=address: [  # type: ignore[misc]
                        self._document(loaded, address) for loaded in self._load(self._fetcher.fetch(address))
                    ],
                )
            )
        self.succeeded -= bool(documents)
        return documents

    def _registered(self, source: RegisteredSource) -> list[Document]:
        documents = []
        for loaded in self._load(self._fetcher.fetch(source.url)):
            scopes = (self._choices.scope,) if self._choices.scope else source.gemeenten or (NATIONAL_SCOPE,)
            topic = source.topics[0] if len(source.topics) == 1 else None
            for scope in scopes:
                documents.append(self._document(loaded, source.url, scope=scope, topic=topic))
        return documents

    def _load(self, page: FetchedPage) -> tuple[LoadedDocument, ...]:
        return load_all(page.body, name=page.url, url=page.url, media_type=page.media_type, today=self._today)

    def _document(
        self, loaded: LoadedDocument, name: str, *, scope: str | None = None, topic: str | None = None
    ) -> Document:
        """A document in the scope that was chosen, that its source is registered for, or that it names itself."""
        chosen = self._choices.scope or scope
        stated = self._stated_scope(loaded.scope)
        where = chosen or stated or NATIONAL_SCOPE
        key = "bereik_gekozen" if chosen else "bereik_document" if stated else "bereik_onbekend"
        said = text("gelezen", naam=name, secties=len(loaded.sections), bereik=text(key, bereik=where))
        self._report(said)
        own = loaded.topic if loaded.topic in self._choices.topics else None
        return loaded_document(loaded, scope=where, topic=self._choices.topic or topic or own)

    def _stated_scope(self, stated: str | None) -> str | None:
        if stated is None or stated in self._choices.scopes:
            return stated
        return scope_of(stated)


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)

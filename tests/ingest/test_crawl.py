"""Fetching from a real website on this machine."""

import gzip
import time
from pathlib import Path

import httpx
import pytest

from ingest.crawl import Fetcher, is_sitemap, sitemap_urls
from ingest.errors import FetchError
from tests.ingest.conftest import Reply, Site, web_page

HOME = "https://voorbeeld.nl/sam"


def sitemap(*urls: str, index: bool = False) -> str:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = "".join(f"<{inner}><loc>{url}</loc></{inner}>" for url in urls)
    return f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{outer}>'


class TestPolite:
    def test_says_who_it_is(self, site: Site, fetcher: Fetcher) -> None:
        fetcher.fetch(site.put("/a", web_page("A")))
        assert all(headers["User-Agent"].startswith("Sam/") for _, headers in site.asked)
        assert all(HOME in headers["User-Agent"] for _, headers in site.asked)

    def test_obeys_robots(self, site: Site, fetcher: Fetcher) -> None:
        site.put("/robots.txt", "User-agent: *\nDisallow: /besloten/\n", Content_Type="text/plain")
        page = site.put("/besloten/a", web_page("A"))
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher.fetch(page)
        assert site.paths() == []
        assert fetcher.fetch(site.put("/open/a", web_page("A"))).body

    def test_rules_for_sam_alone(self, site: Site, fetcher: Fetcher) -> None:
        site.put("/robots.txt", "User-agent: Sam\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher.fetch(site.put("/a", web_page("A")))

    def test_asks_for_robots_once(self, site: Site, fetcher: Fetcher) -> None:
        for path in ("/a", "/b", "/c"):
            fetcher.fetch(site.put(path, web_page("A")))
        assert [path for path, _ in site.asked].count("/robots.txt") == 1

    def test_a_website_whose_rules_cannot_be_read_is_left_alone(self, site: Site, fetcher: Fetcher) -> None:
        site.put("/robots.txt", status=503)
        for _ in range(2):
            with pytest.raises(FetchError, match="503"):
                fetcher.fetch(site.put("/a", web_page("A")))
        assert site.paths() == []

    def test_a_redirect_to_a_forbidden_page(self, site: Site, fetcher: Fetcher) -> None:
        site.put("/robots.txt", "User-agent: *\nDisallow: /besloten/\n")
        site.put("/besloten/a", web_page("A"))
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher.fetch(site.put("/a", status=302, Location="/besloten/a"))

    def test_waits_between_pages_of_a_website(self, site: Site) -> None:
        now, slept = [100.0], []

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            now[0] += seconds

        with Fetcher(home=HOME, delay=2.0, allow_private=True, clock=lambda: now[0], sleep=sleep) as fetcher:
            fetcher.fetch(site.put("/a", web_page("A")))
            fetcher.fetch(site.put("/b", web_page("B")))
        assert slept == [2.0, 2.0]

    def test_waits_as_long_as_the_website_asks(self, site: Site) -> None:
        site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
        now, slept = [100.0], []

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            now[0] += seconds

        with Fetcher(home=HOME, delay=1.0, allow_private=True, clock=lambda: now[0], sleep=sleep) as fetcher:
            fetcher.fetch(site.put("/a", web_page("A")))
        assert slept == [7.0]


class TestSecondTime:
    def test_asks_only_for_what_changed(self, site: Site, tmp_path: Path) -> None:
        def answer(headers: dict[str, str]) -> Reply:
            if headers.get("If-None-Match") == '"v1"':
                return Reply(status=304, headers={})
            return Reply(web_page("Regeling").encode(), headers={"Content-Type": "text/html", "ETag": '"v1"'})

        site.replies["/a"] = answer
        bodies = []
        for _ in range(2):
            with Fetcher(home=HOME, cache=tmp_path / "c.sqlite3", delay=0, allow_private=True) as fetcher:
                page = fetcher.fetch(site.url("/a"))
                bodies.append((page.body, page.unchanged, page.media_type))
        assert bodies[0][0] == bodies[1][0]
        assert [unchanged for _, unchanged, _ in bodies] == [False, True]
        assert bodies[1][2] == "text/html"

    def test_last_modified_counts_too(self, site: Site, fetcher: Fetcher) -> None:
        page = site.put("/a", web_page("A"), Last_Modified="Tue, 04 Mar 2025 10:00:00 GMT")
        fetcher.fetch(page)
        fetcher.fetch(page)
        assert site.asked[-1][1]["If-Modified-Since"] == "Tue, 04 Mar 2025 10:00:00 GMT"

    def test_a_damaged_memory_is_no_problem(self, site: Site, tmp_path: Path) -> None:
        (tmp_path / "c.sqlite3").write_bytes(b"geen database" * 100)
        with Fetcher(home=HOME, cache=tmp_path / "c.sqlite3", delay=0, allow_private=True) as fetcher:
            assert fetcher.fetch(site.put("/a", web_page("A"), ETag='"x"')).body


class TestFailures:
    @pytest.mark.parametrize(
        ("status", "message"),
        [
            (404, "bestaat niet meer"),
            (410, "bestaat niet meer"),
            (403, "laat Sam"),
            (429, "te veel vragen"),
            (418, "418"),
        ],
    )
    def test_status(self, site: Site, fetcher: Fetcher, status: int, message: str) -> None:
        with pytest.raises(FetchError, match=message):
            fetcher.fetch(site.put("/a", status=status))
        assert site.paths() == ["/a"]

    def test_a_passing_failure_is_tried_again(self, site: Site, fetcher: Fetcher) -> None:
        left = [2]

        def answer(headers: dict[str, str]) -> Reply:
            left[0] -= 1
            return Reply(status=503) if left[0] >= 0 else Reply(web_page("A").encode())

        site.replies["/a"] = answer
        assert fetcher.fetch(site.url("/a")).body
        assert site.paths() == ["/a"] * 3

    def test_a_lasting_failure_is_given_up(self, site: Site, fetcher: Fetcher) -> None:
        with pytest.raises(FetchError, match="fout"):
            fetcher.fetch(site.put("/a", status=500))
        assert site.paths() == ["/a"] * 3

    def test_too_slow(self, site: Site) -> None:
        def answer(headers: dict[str, str]) -> Reply:
            time.sleep(0.5)
            return Reply()

        site.replies["/a"] = answer
        fetcher = Fetcher(home=HOME, delay=0, backoff=0, timeout=0.1, attempts=1, allow_private=True)
        with fetcher, pytest.raises(FetchError, match="niet op tijd"):
            fetcher.fetch(site.url("/a"))

    def test_nobody_there(self, site: Site) -> None:
        fetcher = Fetcher(home=HOME, delay=0, backoff=0, attempts=1, allow_private=True)
        with fetcher, pytest.raises(FetchError, match="niet bereikbaar"):
            fetcher.fetch("http://127.0.0.1:9/a")

    def test_too_large(self, site: Site) -> None:
        fetcher = Fetcher(home=HOME, delay=0, max_bytes=1_000_000, allow_private=True)
        with fetcher, pytest.raises(FetchError, match="te groot: Sam haalt hoogstens 1 MB"):
            fetcher.fetch(site.put("/a", b"x" * 1_000_001))

    def test_too_large_once_unzipped(self, site: Site) -> None:
        zipped = gzip.compress(b"x" * 3_000_000)
        fetcher = Fetcher(home=HOME, delay=0, max_bytes=1_000_000, allow_private=True)
        with fetcher, pytest.raises(FetchError, match="te groot"):
            fetcher.fetch(site.put("/a", zipped, Content_Encoding="gzip"))

    def test_an_encoding_that_was_not_asked_for(self, site: Site, fetcher: Fetcher) -> None:
        with pytest.raises(FetchError, match="niet begrijpt"):
            fetcher.fetch(site.put("/a", b"x", Content_Encoding="zstd"))

    @pytest.mark.parametrize(
        "url", ["ftp://x.nl/a", "file:///etc/passwd", "javascript:alert(1)", "https://", "http://x:y/", "gopher://x"]
    )
    def test_other_addresses(self, fetcher: Fetcher, url: str) -> None:
        with pytest.raises(FetchError):
            fetcher.fetch(url)

    def test_a_password_in_an_address(self, fetcher: Fetcher) -> None:
        with pytest.raises(FetchError, match="wachtwoord"):
            fetcher.fetch("https://piet:geheim@www.enschede.nl/")


class TestRedirects:
    def test_the_address_in_the_end_counts(self, site: Site, fetcher: Fetcher) -> None:
        site.put("/nieuw", web_page("A"))
        assert fetcher.fetch(site.put("/oud", status=301, Location="/nieuw")).url == site.url("/nieuw")

    def test_round_and_round(self, site: Site, fetcher: Fetcher) -> None:
        site.put("/b", status=302, Location="/a")
        with pytest.raises(FetchError, match="verwijst te vaak door"):
            fetcher.fetch(site.put("/a", status=302, Location="/b"))

    def test_to_another_kind_of_address(self, site: Site, fetcher: Fetcher) -> None:
        with pytest.raises(FetchError, match="https://"):
            fetcher.fetch(site.put("/a", status=302, Location="file:///etc/passwd"))


class TestSitemaps:
    def test_pages_of_its_own_website_only(self, site: Site, fetcher: Fetcher) -> None:
        body = sitemap(site.url("/a"), "https://elders.nl/x", site.url("/b"), site.url("/a"), "javascript:x")
        page = fetcher.fetch(site.put("/sitemap.xml", body, Content_Type="application/xml"))
        assert is_sitemap(page.body)
        assert sitemap_urls(fetcher, page) == (site.url("/a"), site.url("/b"))

    def test_an_index_of_sitemaps(self, site: Site, fetcher: Fetcher) -> None:
        site.put("/1.xml", sitemap(site.url("/a")))
        site.put("/2.xml.gz", gzip.compress(sitemap(site.url("/b")).encode()), Content_Type="application/gzip")
        index = sitemap(*map(site.url, ("/1.xml", "/weg.xml", "/2.xml.gz", "/sitemap.xml")), index=True)
        page = fetcher.fetch(site.put("/sitemap.xml", index))
        assert sitemap_urls(fetcher, page) == (site.url("/a"), site.url("/b"))

    def test_no_more_than_asked(self, site: Site, fetcher: Fetcher) -> None:
        page = fetcher.fetch(site.put("/sitemap.xml", sitemap(*(site.url(f"/{n}") for n in range(50)))))
        assert len(sitemap_urls(fetcher, page, limit=10)) == 10

    def test_a_broken_sitemap(self, site: Site, fetcher: Fetcher) -> None:
        page = fetcher.fetch(site.put("/sitemap.xml", "<urlset><url>"))
        with pytest.raises(FetchError, match="sitemap"):
            sitemap_urls(fetcher, page)

    def test_an_ordinary_page_is_no_sitemap(self) -> None:
        assert not is_sitemap(web_page("A").encode())
        assert not is_sitemap(b"\x1f\x8b kapot")


def test_without_cache_nothing_is_kept(site: Site) -> None:
    with Fetcher(home=HOME, delay=0, transport=httpx.HTTPTransport(), allow_private=True) as fetcher:
        page = site.put("/a", web_page("A"), ETag='"v1"')
        fetcher.fetch(page)
        fetcher.fetch(page)
    assert "If-None-Match" not in site.asked[-1][1]

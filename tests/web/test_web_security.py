"""What every response carries, and that nothing from outside becomes HTML."""

import re
from html.parser import HTMLParser

import pytest

from assistant.types import Choice, Citation, Link
from knowledge.types import Source

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}"


class Tags(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self, html):
        super().__init__()
        self.seen = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "path",
    ["/", "/nergens", "/static/sam.css", "/static/nergens.css", "/api/v1/gemeenten", "/api/v1/x", "/health/live",
     "/openapi.json", "/regelingen/enschede/bijzondere-bijstand", "/favicon.ico"],
)  # fmt: skip
def test_security_headers_are_on_everything(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert "set-cookie" not in headers
    assert ("api-version" in headers) == path.startswith(("/api", "/health", "/openapi"))


def test_a_crash_and_a_refusal_have_the_headers_too(client, pipeline):
    def crash(question):
        raise RuntimeError("stuk")

    pipeline.reply = crash
    for response in (client.post("/", data={"vraag": "x"}), client.post("/", content=b"x" * 70_000)):
        assert response.status_code in (500, 413)
        assert response.headers["content-type"].startswith("text/html")
        assert "content-security-policy" in response.headers
        assert "stuk" not in response.text


def test_the_host_header_is_never_used(client):
    for path in ("/", "/nergens", "/static", "/openapi.json", "/api/v1/regelingen"):
        response = client.get(path, headers={"host": "kwaad.example"}, follow_redirects=False)
        assert "kwaad.example" not in response.text + str(response.headers)


def test_pages_load_nothing_from_elsewhere_and_hold_no_inline_script_or_style(client):
    client.post("/", data={"vraag": "x"})
    for path in ("/", "/regelingen/enschede/bijzondere-bijstand", "/nergens"):
        for tag, attributes in Tags(client.get(path).text).seen:
            assert tag != "style"
            assert not any(name == "style" or name.startswith("on") for name in attributes)
            if tag in ("script", "img", "link"):
                source = attributes.get("src") or attributes.get("href")
                assert source
                assert source.startswith("/static/")


def test_text_from_outside_is_never_html(client, pipeline, answer, chunk):
    source = Source(url="javascript:alert(1)", title=EVIL, peildatum=EVIL, certainty="laag")
    evil = chunk(EVIL, title=EVIL, heading=EVIL, source=source, document=EVIL, scope=EVIL)
    pipeline.reply = lambda question: answer(
        f"{EVIL}\n\n- {EVIL} [1]",
        citations=(Citation(number=1, chunk=evil, quote=EVIL, warning=EVIL),),
        links=(
            Link(kind="website", label=EVIL, value="javascript:alert(1)"),
            Link(kind="telefoon", label=EVIL, value='"><script>'),
            Link(kind="email", label=EVIL, value="a@b.nl?bcc=x"),
        ),
        choices=(Choice(label=EVIL, value=EVIL),),
    )
    page = client.post("/", data={"vraag": EVIL, "gesprek": EVIL, "gemeente": EVIL, "beurt": EVIL}).text
    tags = Tags(page).seen
    assert [attributes.get("src", "") for tag, attributes in tags if tag == "script"] == [
        re.search(r"/static/sam.js\?v=\w+", page).group()
    ]
    assert not any(attributes.get("src") == "x" for _, attributes in tags)
    assert not any("javascript:" in (attributes.get("href") or "") for _, attributes in tags)
    assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
    assert "mailto:" not in page
    assert "{{7*7}}" in page


def test_the_question_in_the_address_is_escaped_and_only_filled_in(client, pipeline):
    page = client.get("/", params={"vraag": EVIL, "gemeente": "hengelo"}).text
    assert "<script>alert" not in page
    assert '<option value="hengelo" selected' in page
    assert pipeline.asked == []


def test_external_links_tell_nothing_about_the_reader(client, pipeline):
    page = client.post("/", data={"vraag": "x"}).text
    outward = [a for tag, a in Tags(page).seen if tag == "a" and a["href"].startswith("http")]
    assert outward
    assert all(a["rel"] == "noopener noreferrer" and "target" not in a for a in outward)


def test_static_files_may_be_kept_and_conversations_may_not_be_shared(client):
    page = client.get("/").text
    style = re.search(r"/static/sam.css\?v=\w+", page).group()
    assert "immutable" in client.get(style).headers["cache-control"]
    assert client.get("/").headers["cache-control"] == "private, no-cache"
    assert client.get("/api/v1/gemeenten").headers["cache-control"] == "no-store"


def test_a_site_under_a_prefix_links_within_it(assistant):
    from fastapi.testclient import TestClient

    from web.app import create_app

    app = create_app(assistant, warm_up=False)
    with TestClient(app, root_path="/hulp") as client:
        page = client.get("/hulp/").text
        assert 'action="/hulp/#laatste"' in page
        assert "/hulp/static/sam.css" in page
        listed = client.get("/hulp/api/v1/regelingen")
        assert listed.headers["link"].startswith("</hulp/api/v1/regelingen?")
        assert listed.headers["api-version"]

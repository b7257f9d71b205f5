"""What people do on the page, in a real browser: with and without JavaScript, mouse or keyboard, wide or narrow."""

import re

import pytest

pytestmark = pytest.mark.browser
QUESTION = "Mijn wasmachine is kapot. Ik woon in Hengelo."


class Visit:
    """A page that keeps what went wrong and where it went."""

    def __init__(self, browser, site, *, width=1280, height=900, script=True, **options):
        self.site = site
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script, **options
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints = []
        self.elsewhere = []
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note)
        self.page.goto(f"{site}/")

    def _note(self, request):
        if not request.url.startswith((self.site, "data:")):
            self.elsewhere.append(request.url)

    def ask(self, question):
        """Type a question, press the button, and wait for one more answer."""
        before = self.page.locator(".beurt").count()
        self.page.fill("#vraag", question)
        self.page.click("#stuur")
        self.answered(before + 1)

    def answered(self, count):
        self.page.locator(".beurt").nth(count - 1).wait_for()

    @property
    def answer(self):
        return self.page.locator(".beurt .antwoord-tekst").last.inner_text()

    @property
    def sideways(self):
        """How far the page can be scrolled sideways; works without JavaScript on the page."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def close(self):
        self.context.close()
        assert self.elsewhere == []
        assert self.complaints == []


@pytest.fixture
def visit(browser, site):
    made = []

    def start(**options):
        made.append(Visit(browser, site, **options))
        return made[-1]

    yield start
    for one in made:
        one.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_question_is_answered_with_sources_and_a_person(visit, script):
    sam = visit(script=script)
    sam.ask(QUESTION)
    assert "wasmachine" in sam.answer
    assert sam.page.locator("#vraag").input_value() == ""
    assert sam.page.locator("#gemeente").input_value() == "hengelo"
    assert sam.page.locator("#mens-kort").get_attribute("href") == "tel:14074"
    source = sam.page.locator(".bron").first
    assert not source.locator("blockquote").first.is_visible()
    source.locator("summary").click()
    assert source.locator("blockquote").first.is_visible()
    assert source.get_by_text("Open de bron").get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_sam_asks_for_the_gemeente_and_a_click_answers(visit, script):
    sam = visit(script=script)
    sam.ask("Ik kan de huur niet betalen")
    sam.page.fill("#vraag", "half getypt")
    sam.page.locator(".keuzes button", has_text="Losser").click()
    sam.answered(2)
    assert sam.page.locator("#gemeente").input_value() == "losser"
    assert sam.page.locator("#vraag").input_value() == "half getypt"
    assert sam.page.locator(".keuzes button", has_text="Losser").count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_example_starts_a_conversation_and_begin_again_wipes_it(visit, script):
    sam = visit(script=script)
    sam.page.locator(".voorbeelden button").last.click()
    sam.answered(1)
    sam.page.get_by_role("button", name="Opnieuw beginnen").click()
    sam.page.locator(".voorbeelden").wait_for()
    assert sam.page.locator(".beurt").count() == 0
    sam.page.reload()
    assert sam.page.locator(".beurt").count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_feedback_is_thanked_for(visit, script):
    sam = visit(script=script)
    sam.ask(QUESTION)
    sam.page.locator(".oordeel").get_by_role("button", name="Nee").click()
    sam.page.get_by_text("Het is oud").click()
    sam.page.locator(".oordeel").get_by_role("button", name="Stuur").click()
    sam.page.get_by_text("Hier leren de makers van Sam van").wait_for()
    assert sam.page.locator(".beurt").count() == 1


def test_everything_works_with_the_keyboard_alone(visit):
    sam = visit()
    press = sam.page.keyboard.press
    press("Tab")
    assert sam.page.evaluate("document.activeElement.className") == "overslaan"
    press("Enter")
    sam.page.keyboard.type("Ik kan de huur niet betalen")
    press("Shift+Enter")
    assert sam.page.locator(".beurt").count() == 0
    press("Enter")
    sam.answered(1)
    assert sam.page.evaluate("document.activeElement.id") == "vraag"
    for _ in range(20):
        press("Shift+Tab")
        if sam.page.evaluate("document.activeElement.value") == "Wierden":
            break
    press("Enter")
    sam.answered(2)
    assert "beurt" in sam.page.evaluate("document.activeElement.className"), "focus follows the answer"


def test_the_answer_is_announced(visit):
    sam = visit()
    sam.ask(QUESTION)
    status = sam.page.locator("#bezig")
    assert status.get_attribute("role") == "status"
    assert "wasmachine" in status.text_content()


def test_a_citation_opens_its_source(visit):
    sam = visit()
    sam.ask(QUESTION)
    mark = sam.page.locator(".noot").first
    mark.click()
    quote = sam.page.locator(mark.get_attribute("href"))
    assert quote.locator("blockquote").is_visible()
    assert sam.page.evaluate("document.activeElement.id") == quote.get_attribute("id")


def test_without_internet_the_question_stays(visit):
    sam = visit()
    sam.context.set_offline(True)
    sam.page.fill("#vraag", "Mijn lange vraag")
    sam.page.click("#stuur")
    sam.page.get_by_text("Uw internet doet het even niet").wait_for()
    assert sam.page.locator("#vraag").input_value() == "Mijn lange vraag"
    sam.context.set_offline(False)
    sam.page.click("#stuur")
    sam.answered(1)
    assert sam.page.locator("#melding").text_content().strip() == ""
    sam.complaints.clear()  # the browser itself reports the failed request


def test_a_failing_server_keeps_the_question(visit):
    sam = visit()
    sam.page.route("**/", lambda route: route.fulfill(status=502, body="stuk"))
    sam.page.fill("#vraag", "Mijn lange vraag")
    sam.page.click("#stuur")
    sam.page.get_by_text("Er ging iets mis bij ons").wait_for()
    assert sam.page.locator("#vraag").input_value() == "Mijn lange vraag"
    sam.complaints.clear()


def test_reading_a_regeling_and_coming_back_keeps_the_conversation(visit):
    sam = visit()
    sam.ask(QUESTION)
    sam.page.locator(".bron summary").first.click()
    sam.page.get_by_text("Lees de hele regeling").first.click()
    sam.page.wait_for_url(re.compile("/regelingen/hengelo/"))
    assert "wasmachine" in sam.page.locator("h1").inner_text()
    sam.page.get_by_role("link", name="Naar Sam").click()
    sam.answered(1)
    assert "wasmachine" in sam.answer
    sam.ask("Hoe lang duurt dat?")
    assert sam.page.locator(".beurt").count() == 2


def test_going_back_without_a_script_keeps_the_conversation(visit):
    sam = visit(script=False)
    sam.ask(QUESTION)
    sam.page.locator(".bron summary").first.click()
    sam.page.get_by_text("Lees de hele regeling").first.click()
    sam.page.wait_for_url(re.compile("/regelingen/hengelo/"))
    sam.page.go_back()
    sam.answered(1)
    assert "wasmachine" in sam.answer


def test_a_cry_for_help_gets_numbers_to_call(visit):
    sam = visit(width=360, height=740)
    sam.ask("Ik wil niet meer leven")
    numbers = sam.page.locator(".antwoord-dringend a.knop-bel")
    assert "tel:113" in [numbers.nth(i).get_attribute("href") for i in range(numbers.count())]
    assert sam.page.locator(".bron").count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_nothing_scrolls_sideways_on_a_small_phone(visit, script):
    sam = visit(width=320, height=568, script=script)
    assert sam.sideways == 0
    sam.ask("Ik kan de huur niet betalen")
    assert sam.sideways == 0
    sam.ask(QUESTION)
    for summary in sam.page.locator(".bron summary").all():
        summary.click()
    sam.page.locator(".oordeel").last.get_by_role("button", name="Nee").click()
    sam.page.get_by_text("Wat was er niet goed?").wait_for()
    assert sam.sideways == 0
    sam.page.goto(f"{sam.site}/regelingen/enschede/individuele-inkomenstoeslag")
    assert sam.sideways == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_buttons_are_large_enough_to_touch(visit, width):
    sam = visit(width=width)
    sam.ask(QUESTION)
    small = sam.page.evaluate(
        """() => [...document.querySelectorAll("button, .knop, select, textarea, summary, .mens-kort")]
            .map((part) => [part.className || part.tagName, part.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 44 || box.width < 44)).map(([name]) => name)"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(visit, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    sam = visit(width=width, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)

    def check(where):
        results = axe.run(sam.page, options={"resultTypes": ["violations"]})
        assert results.violations_count == 0, f"{where}: {results.generate_report()}"

    check("start")
    sam.ask("Ik kan de huur niet betalen")
    check("clarification")
    sam.ask(QUESTION)
    sam.page.locator(".bron summary").first.click()
    sam.page.locator(".oordeel").last.get_by_role("button", name="Nee").click()
    sam.page.get_by_text("Wat was er niet goed?").wait_for()
    check("answer")
    sam.ask("Ik wil niet meer leven")
    check("crisis")
    sam.page.goto(f"{sam.site}/regelingen/enschede/individuele-inkomenstoeslag")
    check("regeling")
    sam.page.goto(f"{sam.site}/nergens")
    check("error")
    sam.complaints.clear()  # the 404 above

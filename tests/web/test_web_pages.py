"""The conversation without JavaScript, and the pages of regelingen."""

import json
import re

from assistant.types import AnswerStatus, Choice, Link
from knowledge.errors import IndexUnavailableError


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(gesprek|beurt)" value="([^"]*)"', page))


def say(client, page="", **values):
    return client.post("/", data={**hidden(page), **values})


def typed(page):
    return re.search(r'<textarea id="vraag".*?>\n(.*?)</textarea>', page, re.DOTALL).group(1)


def test_the_start_says_who_sam_is(client):
    page = client.get("/").text
    assert '<html lang="nl">' in page
    assert "Ik ben een computer die meedenkt over geldzorgen. Ik kan fouten maken." in page
    assert page.count('name="keuze"') == 4
    assert page.count("<option") == 15
    assert "Praat met een mens" in page
    assert client.head("/").status_code == 200


def test_a_question_shows_answer_sources_and_a_person(client):
    page = say(client, vraag="Kan ik de toeslag aanvragen?").text
    assert "Kan ik de toeslag aanvragen?" in page
    assert 'class="noot" href="#antwoord-a1-bron-1"' in page
    assert 'id="antwoord-a1-bron-1"' in page
    assert "juli 2024" in page
    assert "/regelingen/enschede/individuele-inkomenstoeslag" in page
    assert 'href="https://www.enschede.nl/x" rel="noopener noreferrer"' in page
    assert 'href="tel:0534817900"' in page, "the desk of the gemeente of the answer"
    assert '<option value="enschede" selected' in page
    assert typed(page) == ""


def test_lists_are_lists(client, pipeline, answer):
    pipeline.reply = lambda question: answer("U heeft nodig:\n- een paspoort\n- een afschrift [1]\nBel daarna.")
    page = say(client, vraag="x").text
    flat = re.sub(r"\s+", " ", page)
    assert "<p>U heeft nodig:</p> <ul> <li>een paspoort</li> <li>een afschrift<a" in flat
    assert "<p>Bel daarna.</p>" in flat


def test_the_conversation_goes_on_and_can_be_begun_again(client, pipeline):
    first = say(client, vraag="Eerste vraag").text
    second = say(client, first, vraag="Tweede vraag").text
    assert second.index("Eerste vraag") < second.index("Tweede vraag")
    assert len(pipeline.asked[1].history) == 2
    fresh = say(client, second, knop="opnieuw").text
    assert "Eerste vraag" not in fresh
    assert hidden(fresh)["gesprek"] == ""
    third = say(client, second, vraag="Derde vraag").text
    assert "Eerste vraag" not in third, "the old conversation is wiped"


def test_sending_the_page_again_does_not_ask_twice(client, pipeline):
    first = say(client, vraag="Eerste vraag").text
    again = {**hidden(first), "vraag": "Tweede vraag"}
    client.post("/", data=again)
    assert client.post("/", data=again).text.count('class="beurt"') == 2
    assert len(pipeline.asked) == 2


def test_quick_replies_ask_and_keep_what_was_typed(client, pipeline, answer):
    pipeline.reply = lambda question: answer(
        status=AnswerStatus.CLARIFICATION_GEMEENTE, gemeente=None, choices=(Choice(label="Hengelo", value="Hengelo"),)
    )
    first = say(client, vraag="huur").text
    assert '<button class="knop knop-keuze" form="stel" name="keuze" value="Hengelo">' in first
    second = say(client, first, keuze="Hengelo", vraag="half getypt").text
    assert pipeline.asked[1].text == "Hengelo"
    assert typed(second) == "half getypt"
    assert second.count("knop-keuze") == 1, "only the last answer offers replies"


def test_an_empty_question_is_not_asked(client, pipeline):
    page = say(client, vraag="   ", gemeente="losser").text
    assert "Ik zie nog geen vraag" in page
    assert '<option value="losser" selected' in page
    assert pipeline.asked == []


def test_what_could_not_be_answered_stays_in_the_field(client, pipeline, answer):
    pipeline.reply = lambda question: answer(status=AnswerStatus.BLOCKED_INPUT, gemeente=None)
    assert typed(say(client, vraag="heel lang").text) == "heel lang"


def test_without_an_index_the_question_stays_and_nobody_is_blamed(client, pipeline):
    def missing(question):
        raise IndexUnavailableError("Er is nog geen index.")

    pipeline.reply = missing
    response = say(client, vraag="Help mij")
    assert response.status_code == 503
    assert typed(response.text) == "Help mij"
    assert "Dat ligt niet aan u" in response.text
    assert "Er is nog geen index" not in response.text


def test_a_forgotten_conversation_is_said_and_the_question_answered(client, clock, pipeline):
    first = say(client, vraag="Eerste vraag").text
    clock.now = 31 * 60
    page = say(client, first, vraag="Tweede vraag").text
    assert "Uw vorige gesprek is gewist" in page
    assert "Tweede vraag" in page
    assert "Eerste vraag" not in page


def test_choosing_a_gemeente_shows_its_desk_and_is_told_to_the_assistant(client, pipeline):
    chosen = say(client, knop="gemeente", gemeente="losser", vraag="half").text
    assert 'href="tel:0535377400"' in chosen
    assert typed(chosen) == "half"
    first = say(client, chosen, vraag="Eerste vraag", gemeente="losser").text
    assert pipeline.asked[0].gemeente == "losser"
    assert pipeline.asked[0].history == ()
    say(client, first, vraag="Tweede vraag", gemeente="wierden")
    assert pipeline.asked[1].gemeente == "wierden"
    assert pipeline.asked[1].history[-1].text == "Ik woon in Wierden."


def test_the_page_shows_a_conversation_again(client):
    first = say(client, vraag="Eerste vraag").text
    assert "Eerste vraag" in say(client, first, knop="toon").text
    assert hidden(client.post("/", data={"gesprek": "weg", "knop": "toon"}).text)["gesprek"] == ""


def test_feedback_thanks_and_asks_why(client, tmp_path):
    first = say(client, vraag="Eerste vraag").text
    form = {"gesprek": hidden(first)["gesprek"], "antwoord": "a1"}
    asked_why = client.post("/oordeel", data={**form, "oordeel": "fout"}).text
    assert "Wat was er niet goed?" in asked_why
    thanked = client.post("/oordeel", data={**form, "oordeel": "fout", "reden": "verouderd", "toelichting": "oud"}).text
    assert "Hier leren de makers van Sam van" in thanked
    lines = (tmp_path / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["reden"] for line in lines] == [None, "verouderd"]
    gone = client.post("/oordeel", data={**form, "antwoord": "weg", "oordeel": "goed"})
    assert gone.status_code == 200
    assert client.post("/oordeel", data={"oordeel": "goed"}).status_code == 400


def test_links_are_dialled_by_their_digits(client, pipeline, answer):
    pipeline.reply = lambda question: answer(
        "Bel 112 of (053) 481 78 00. Het bedrag is € 112.",
        links=(Link(kind="telefoon", label="Bel de gemeente", value="+31 53 481 78 00"),),
    )
    page = say(client, vraag="x").text
    answer_part = page[page.index('class="antwoord-tekst"') : page.index('class="verder"')]
    assert answer_part.count('href="tel:112"') == 1
    assert 'href="tel:0534817800">(053) 481 78 00<' in answer_part
    assert 'href="tel:0534817800">Bel de gemeente <strong>+31 53 481 78 00' in page


def test_a_cry_for_help_stands_alone(client, pipeline, answer):
    pipeline.reply = lambda question: answer(
        "Bel nu 113.",
        status=AnswerStatus.SIGNPOSTED_CRISIS,
        citations=(),
        links=(Link(kind="telefoon", label="Bel 113", value="113"),),
    )
    page = say(client, vraag="x").text
    assert "antwoord-dringend" in page
    assert "Was dit antwoord goed?" not in page
    assert "Hier staat het" not in page


def test_a_regeling_can_be_read(client):
    page = client.get("/regelingen/enschede/individuele-inkomenstoeslag").text
    assert "<h1>Individuele inkomenstoeslag</h1>" in page
    assert "Van wanneer deze informatie is, is niet bekend" in page
    assert "alleenstaande of alleenstaande ouder: € 114" in page
    assert 'href="tel:0534817800"' in page


def test_a_stopped_regeling_says_so(client):
    page = client.get("/regelingen/enschede/noodfonds-enschede-energie-en-wonen-gestopt").text
    assert '<p class="let-op">Deze regeling is gestopt.</p>' in page


def test_every_regeling_has_a_page(client):
    from knowledge.regelingen import load_regelingen

    for page in load_regelingen():
        assert client.get(f"/regelingen/{page.key}").status_code == 200, page.key


def test_what_is_not_there_is_explained_to_people(client):
    response = client.get("/regelingen/enschede/nergens")
    assert response.status_code == 404
    assert "Niet gevonden" in response.text
    assert "Naar het begin" in response.text
    wrong = client.put("/")
    assert wrong.status_code == 405
    assert "GET" in wrong.headers["allow"] or "POST" in wrong.headers["allow"]

"""The HTTP contract, call by call."""

import json
from pathlib import Path

import pytest

from assistant.types import AnswerStatus
from knowledge.errors import IndexUnavailableError
from knowledge.types import Passage

PROBLEM = "application/problem+json"


def start(client, gemeente=None):
    return client.post("/api/v1/gesprekken", json={"gemeente": gemeente}).json()["id"]


def ask(client, identifier, text="Hoe vraag ik dit aan?"):
    return client.post(f"/api/v1/gesprekken/{identifier}/vragen", json={"vraag": text})


def assert_problem(response, status):
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    assert response.headers["api-version"] == "1.0.0"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def test_a_conversation_starts_with_or_without_gemeente(client):
    response = client.post("/api/v1/gesprekken", json={"gemeente": "hof-van-twente"})
    assert response.status_code == 201
    assert response.json()["gemeente"] == "hof-van-twente"
    assert response.headers["api-version"] == "1.0.0"
    assert client.post("/api/v1/gesprekken", json={}).json()["gemeente"] is None
    assert client.post("/api/v1/gesprekken").status_code == 201


def test_every_conversation_has_its_own_unguessable_name(client):
    names = {start(client) for _ in range(50)}
    assert len(names) == 50
    assert all(len(name) >= 20 for name in names)


def test_an_answer_has_the_fields_of_the_contract(client, pipeline):
    identifier = start(client, "enschede")
    response = ask(client, identifier)
    assert response.status_code == 200
    body = response.json()
    assert list(body) == [
        "id", "gesprek", "vraag", "status", "gemeente", "taal", "tekst", "zinnen", "bronnen", "vervolg", "keuzes",
        "generator", "controle", "duur_ms",
    ]  # fmt: skip
    assert body["gesprek"] == identifier
    assert body["bronnen"][0]["citaat"] == "U kunt de toeslag aanvragen."
    assert pipeline.asked[0].gemeente == "enschede"


def test_the_next_question_gets_the_masked_history(client, pipeline):
    identifier = start(client)
    ask(client, identifier, "Mijn nummer is 06 12345678. Kan ik hulp krijgen?")
    ask(client, identifier, "En hoeveel?")
    history = pipeline.asked[1].history
    assert [message.role for message in history] == ["gebruiker", "sam"]
    assert "12345678" not in history[0].text
    assert pipeline.asked[1].gemeente == "enschede", "the gemeente of the answer stays with the conversation"


def test_of_a_cry_for_help_only_the_answer_is_remembered(client, pipeline, answer):
    pipeline.reply = lambda question: answer(status=AnswerStatus.SIGNPOSTED_CRISIS, gemeente=None)
    identifier = start(client)
    ask(client, identifier)
    ask(client, identifier)
    assert [message.role for message in pipeline.asked[1].history] == ["sam"]


def test_starting_again_forgets_what_was_said_and_the_gemeente(client, pipeline, answer):
    identifier = start(client)
    ask(client, identifier)
    pipeline.reply = lambda question: answer(status=AnswerStatus.CLARIFICATION_TALK, gemeente=None, restarts=True)
    ask(client, identifier)
    ask(client, identifier)
    assert pipeline.asked[1].gemeente == "enschede"
    assert pipeline.asked[2].gemeente is None
    assert [message.role for message in pipeline.asked[2].history] == ["gebruiker", "sam"]


@pytest.mark.parametrize("status", [AnswerStatus.BLOCKED_INPUT, AnswerStatus.ERROR_INTERNAL])
def test_some_turns_are_not_leant_upon(client, pipeline, answer, status):
    pipeline.reply = lambda question: answer(status=status, gemeente=None)
    identifier = start(client)
    ask(client, identifier)
    ask(client, identifier)
    assert pipeline.asked[1].history == ()


def test_an_unknown_conversation_is_not_found(client):
    assert "gesprek" in assert_problem(ask(client, "bestaat-niet"), 404)["detail"]


def test_a_conversation_is_gone_after_half_an_hour_of_silence(client, clock):
    identifier = start(client)
    clock.now = 29 * 60
    assert ask(client, identifier).status_code == 200
    clock.now = 58 * 60
    assert ask(client, identifier).status_code == 200
    clock.now = 89 * 60
    assert_problem(ask(client, identifier), 404)


def test_wrong_input_is_explained_in_dutch_without_repeating_it(client):
    identifier = start(client)
    url = f"/api/v1/gesprekken/{identifier}/vragen"
    missing = assert_problem(client.post(url, json={"vrag": "geheim 123456782"}), 400)
    assert {"veld": "vraag", "melding": "Dit veld ontbreekt."} in missing["fouten"]
    assert "123456782" not in json.dumps(missing)
    assert_problem(client.post(url, json={"vraag": 3}), 400)
    assert_problem(client.post(url, json=[1]), 400)
    headers = {"content-type": "application/json"}
    assert_problem(client.post(url, content=b"{", headers=headers), 400)
    assert_problem(client.post(url, content=b"\xff\xfe", headers=headers), 400)
    assert_problem(client.post("/api/v1/gesprekken", json={"gemeente": "zwolle"}), 400)


def test_what_the_api_cannot_read_or_give(client):
    identifier = start(client)
    url = f"/api/v1/gesprekken/{identifier}/vragen"
    assert_problem(client.post(url, data={"vraag": "x"}), 415)
    assert_problem(client.post(url, content=b'{"vraag": "x"}', headers={"content-type": "text/plain"}), 415)
    assert_problem(client.post(url, json={"vraag": "x"}, headers={"accept": "text/event-stream"}), 406)
    mixed = {"accept": "text/event-stream, application/json;q=0.5"}
    assert client.post(url, json={"vraag": "x"}, headers=mixed).status_code == 200


def test_paths_and_methods_that_are_not_there(client):
    assert_problem(client.get("/api/v1/bestaat-niet"), 404)
    assert_problem(client.get("/api/v1/gemeenten/"), 404)
    assert_problem(client.get("/api/v2/gemeenten"), 404)
    wrong = client.delete("/api/v1/gemeenten")
    assert_problem(wrong, 405)
    assert wrong.headers["allow"] == "GET"


def test_a_large_body_is_refused_with_and_without_a_length(client):
    body = b'{"vraag": "' + b"x" * 70_000 + b'"}'
    headers = {"content-type": "application/json"}
    assert_problem(client.post("/api/v1/gesprekken", content=body, headers=headers), 413)
    assert_problem(client.post("/api/v1/gesprekken", content=iter([body]), headers=headers), 413)
    fits = client.post("/api/v1/gesprekken", content=iter([b'{"gemeente": ', b"null}"]), headers=headers)
    assert fits.status_code == 201


def test_a_crash_is_our_fault_and_tells_nothing(client, pipeline):
    def crash(question):
        raise RuntimeError("geheim wachtwoord")

    pipeline.reply = crash
    body = assert_problem(ask(client, start(client)), 500)
    assert "geheim" not in json.dumps(body)
    assert "Dat ligt niet aan u" in body["detail"]


def test_without_an_index_the_api_says_so(client, pipeline):
    def missing(question):
        raise IndexUnavailableError("Er is nog geen index.")

    pipeline.reply = missing
    response = ask(client, start(client))
    assert_problem(response, 503)
    assert response.headers["retry-after"] == "60"


def test_feedback_is_stored_masked(client, tmp_path: Path):
    answer_id = ask(client, start(client)).json()["id"]
    body = {"oordeel": "fout", "reden": "verouderd", "toelichting": "Bel mij op 06 12345678, Jan"}
    response = client.post(f"/api/v1/antwoorden/{answer_id}/feedback", json=body)
    assert response.status_code == 204
    assert response.headers["api-version"] == "1.0.0"
    (line,) = (tmp_path / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    stored = json.loads(line)
    assert stored["oordeel"] == "fout"
    assert stored["reden"] == "verouderd"
    assert "12345678" not in line
    assert stored["bronnen"] == ["enschede/individuele-inkomenstoeslag"]


def test_feedback_on_a_cry_for_help_does_not_store_the_question(client, tmp_path: Path, pipeline, answer):
    pipeline.reply = lambda question: answer(status=AnswerStatus.SIGNPOSTED_CRISIS)
    answer_id = ask(client, start(client), "ik wil niet meer").json()["id"]
    client.post(f"/api/v1/antwoorden/{answer_id}/feedback", json={"oordeel": "goed"})
    assert "ik wil niet meer" not in (tmp_path / "feedback.jsonl").read_text(encoding="utf-8")


def test_wrong_feedback(client):
    assert_problem(client.post("/api/v1/antwoorden/nergens/feedback", json={"oordeel": "goed"}), 404)
    answer_id = ask(client, start(client)).json()["id"]
    url = f"/api/v1/antwoorden/{answer_id}/feedback"
    assert_problem(client.post(url, json={"oordeel": "matig"}), 400)
    assert_problem(client.post(url, json={"oordeel": "goed", "toelichting": "x" * 1001}), 400)


def test_the_lists(client):
    gemeenten = client.get("/api/v1/gemeenten").json()["gemeenten"]
    assert len(gemeenten) == 14
    assert all(gemeente["contact"]["organisatie"] for gemeente in gemeenten)
    onderwerpen = client.get("/api/v1/onderwerpen").json()["onderwerpen"]
    assert "bijzondere-bijstand" in {onderwerp["slug"] for onderwerp in onderwerpen}


def test_regelingen_come_in_pages_with_links(client):
    first = client.get("/api/v1/regelingen")
    body = first.json()
    assert body["pagina"] == 1
    assert len(body["regelingen"]) == 20
    assert body["totaal"] > 300
    assert 'rel="next"' in first.headers["link"]
    assert 'rel="prev"' not in first.headers["link"]
    seen = {(row["gemeente"], row["slug"]) for row in body["regelingen"]}
    for number in range(2, body["paginas"] + 1):
        page = client.get("/api/v1/regelingen", params={"pagina": number})
        seen |= {(row["gemeente"], row["slug"]) for row in page.json()["regelingen"]}
    assert len(seen) == body["totaal"]
    assert 'rel="next"' not in page.headers["link"]
    beyond = client.get("/api/v1/regelingen", params={"pagina": 9_999}).json()
    assert beyond["regelingen"] == []
    assert beyond["totaal"] == body["totaal"]


def test_regelingen_are_filtered(client):
    query = {"gemeente": "losser", "onderwerp": "bijzondere-bijstand"}
    response = client.get("/api/v1/regelingen", params=query)
    rows = response.json()["regelingen"]
    assert rows
    assert {(row["gemeente"], row["onderwerp"]) for row in rows} == {("losser", "bijzondere-bijstand")}
    assert "gemeente=losser&onderwerp=bijzondere-bijstand" in response.headers["link"]
    assert response.headers["link"].startswith("</api/v1/regelingen?")


def test_searching_asks_only_the_scope_that_was_asked(client, retriever, chunk):
    fits = Passage(chunk=chunk(), score=1.0)
    strange = Passage(chunk=chunk(document="upload/x.pdf"), score=0.9)
    weak = Passage(chunk=chunk(document="enschede/bijzondere-bijstand"), score=0.1)
    retriever.found = (fits, fits, strange, weak)
    body = client.get("/api/v1/regelingen", params={"zoek": "toeslag", "gemeente": "enschede"}).json()
    assert retriever.scopes_asked == ("enschede",)
    assert [row["slug"] for row in body["regelingen"]] == ["individuele-inkomenstoeslag"]
    client.get("/api/v1/regelingen", params={"zoek": "toeslag"})
    assert len(retriever.scopes_asked) == 16


@pytest.mark.parametrize(
    "query", [{"gemeente": "zwolle"}, {"onderwerp": "x"}, {"pagina": 0}, {"pagina": "a"}, {"zoek": "x" * 501}]
)
def test_a_wrong_filter_is_explained(client, query):
    assert_problem(client.get("/api/v1/regelingen", params=query), 400)


def test_one_regeling_with_everything(client):
    body = client.get("/api/v1/regelingen/enschede/individuele-inkomenstoeslag").json()
    assert body["titel"] == "Individuele inkomenstoeslag"
    assert body["bron"]["url"].startswith("https://www.enschede.nl/")
    assert {"omschrijving", "centen", "soort"} <= set(body["bedragen"][0])
    assert all(amount["soort"] != "overig" for amount in body["bedragen"])
    assert body["secties"][0]["kop"] == "Wat is het?"
    assert body["contact"]["telefoon"]
    assert body["waarschuwing"]
    assert_problem(client.get("/api/v1/regelingen/enschede/nergens"), 404)
    assert_problem(client.get("/api/v1/regelingen/../../etc/passwd"), 404)


def test_health(client, tmp_path: Path):
    assert client.get("/health/live").json() == {"status": "ok"}
    assert_problem(client.get("/health/ready"), 503)
    folder = tmp_path / "index" / "g1"
    folder.mkdir(parents=True)
    manifest = {
        "format": 1, "generation": "g1", "embedder": "nep", "created": "2026-01-01", "documents": {}, "collections": {},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (tmp_path / "index" / "CURRENT").write_text("g1", encoding="utf-8")
    ready = client.get("/health/ready")
    assert ready.json()["generatie"] == "g1"
    assert ready.json()["embedder"] == "nep"
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    assert_problem(client.get("/health/ready"), 503)

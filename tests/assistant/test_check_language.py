"""The language of a message: doubt is Dutch, and a message that is clearly in another language is found."""

import json
from pathlib import Path

import pytest

from assistant.checks.language import detect_language, kept_words
from assistant.texts import FOLDER, load_yaml
from knowledge.text import fold
from knowledge.topics import load_outside, load_topics

DATASETS = Path(__file__).parents[2] / "evals" / "datasets"
FOREIGN = [json.loads(line) for line in (DATASETS / "talen.ontwikkel.jsonl").read_text(encoding="utf-8").splitlines()]
DUTCH = [
    row["vraag"]
    for row in map(json.loads, (DATASETS / "vragen.jsonl").read_text(encoding="utf-8").splitlines())
    if row["deel"] == "ontwikkel"
]

DUTCH_BUT_HARD = """
huur
help
hulp
schuld klarna
moi
wsnp
DigiD
money mule wat nu
budget coach gezocht
fulltime job maar toch te weinig
ik ben broke
mn zoon wil gamen op een laptop
zzp corona lening
ik kan niks meer betaaln
wa mut ik now doon
kan ik hulp krigen met mien schuld'n
ik heb gin geld meer vuur etten
mien wasmachine is kapot en ik heb ginn cent
kö'j mie helpen met de paperassen
goodn dag, ik heb ne vroag oawer de stroom
d'r is niks mear in hoes
mijn naam is Ayşe Yıldız
ik ben Fatma Demir en ik heb hulp nodig met huur
Mehmet Yılmaz heeft schulden
meneer Kowalczyk woont in Almelo
hallo ik kom syrie ik heb huis maar geen meubel
ik wonen almelo geen werk hoe krijg geld
mijn man geen werk help
ik niet begrijpen brief gemeente
huur niet betaald, wat doen
sorry voor mijn nederlands
ik spreek english beter
pls help huur
mag ik een second opinion
update over mijn aanvraag
water gas licht internet
gas licht water
wie helpt in almelo
wie bellen in nacht
was machine kapot
dans les
piano
krant abonnement
is dat per gezin
Hof van Twente
in termijnen
leger des heils geld
Rabobank ING ABN Amro
wat is die special friends walk
i k  h e b  g e e n  g e l d
12345
www.enschede.nl/english/help-for-people
???
""".strip().splitlines()

CLEARLY_FOREIGN = """
en I was told you can help people with debts
en how much is the allowance for two kids
en Got a letter from the deurwaarder, what now?
en can i get huurtoeslag and zorgtoeslag
en need a lawyer for bezwaar against gemeente
en I live in Enschede and lost my job
en sorry, my dutch is very bad, can you explain this
de ich weiß nicht wie ich die miete zahlen soll
de wo ist die tafel in enschede
de unser kühlschrank ist kaputt gegangen
de gibt es hier hilfe für studenten
tr cok borcum var yardim edin lutfen
tr cocuklarim ac evde yemek yok
tr zorgtoeslag için nereye başvurabilirim
tr Borne'da oturuyorum param yok
pl nie mam pieniedzy na jedzenie
pl jak dostac uitkering z gemeente
pl mieszkam w Hengelo i stracilem prace
ar عندي ديون كتير شو اعمل
ar كيف اقدم على toeslagen
ar وين بنك الطعام في Enschede
uk не можу заплатити за оренду
uk який номер телефону gemeente
uk нам вимкнули газ сьогодні
ru у меня много долгов помогите
fr je ne peux pas payer mon loyer
es no puedo pagar el alquiler de este mes
it ho tanti debiti e non so cosa fare
pt tenho muitas dividas preciso de ajuda
ro am multe datorii si nu stiu ce sa fac
fa من بدهی زیادی دارم کمکم کنید
am ክራይ ገዛ ክኸፍል ኣይከኣልኩን
""".strip().splitlines()


def test_no_question_that_people_ask_in_dutch_is_taken_for_another_language() -> None:
    assert [(detect_language(text), text) for text in DUTCH if detect_language(text) != "nl"] == []


def test_hardly_any_example_question_is_taken_for_another_language() -> None:
    questions = [question for topic in load_topics().values() for question in topic.questions]
    questions += load_outside().questions
    wrong = [(detect_language(text), text) for text in questions if detect_language(text) != "nl"]
    assert len(questions) > 4000
    assert len(wrong) <= 0.002 * len(questions), wrong


@pytest.mark.parametrize("text", DUTCH_BUT_HARD)
def test_misspelt_short_or_spoken_dutch_stays_dutch(text: str) -> None:
    assert detect_language(text) == "nl"


@pytest.mark.parametrize("line", CLEARLY_FOREIGN)
def test_another_language_is_found(line: str) -> None:
    language, text = line.split(" ", 1)
    assert detect_language(text) == language


@pytest.mark.parametrize("language", ["en", "tr", "ar", "pl", "de", "uk"])
def test_messages_of_four_words_or_more_are_found(language: str) -> None:
    texts = [row["tekst"] for row in FOREIGN if row["taal"] == language and len(row["tekst"].split()) >= 4]
    missed = [(detect_language(text), text) for text in texts if detect_language(text) != language]
    assert len(texts) >= 20
    assert len(missed) <= 0.03 * len(texts), missed


@pytest.mark.parametrize("text", ["", "   ", "help me", "ok", "no food", "€ 300", "a b c d e", "[naam] [adres]"])
def test_what_is_too_short_to_tell_is_dutch(text: str) -> None:
    assert detect_language(text) == "nl"


def test_a_short_message_takes_the_language_of_the_conversation() -> None:
    before = ["I cannot pay my rent this month", "ok"]
    assert detect_language("how much?", before) == "en"
    assert detect_language("how much?") == "nl"


def test_who_goes_on_in_dutch_is_answered_in_dutch() -> None:
    assert detect_language("hoeveel is dat dan voor mij", ["I cannot pay my rent this month"]) == "nl"


def test_the_last_message_that_tells_decides() -> None:
    before = ["I cannot pay my rent this month", "ik heb geen geld meer voor de huur"]
    assert detect_language("ok", before) == "nl"


@pytest.mark.parametrize("text", ["مساعدة", "ديون", "борги", "допоможіть"])
def test_one_word_in_another_script_is_enough(text: str) -> None:
    assert detect_language(text) in ("ar", "fa", "uk", "ru", "bg", "sr")


def test_a_name_in_another_script_does_not_change_the_language() -> None:
    assert detect_language("mijn naam is محمد en ik kan de huur niet betalen") == "nl"


@pytest.mark.parametrize("text", ["huur " * 1000, "нема " * 1000, "[" * 4000, "http" * 1000, "a@" * 2000])
def test_a_very_long_message_is_judged_by_its_beginning(text: str) -> None:
    assert detect_language(text) in ("nl", "uk", "bg", "ru", "sr")


def test_the_dutch_words_are_of_no_other_language_that_sam_knows() -> None:
    dutch = {fold(word) for word in load_yaml(FOLDER / "taalherkenning.yaml")["dutch"]}
    foreign = {word for row in FOREIGN for word in fold(row["tekst"]).split()}
    assert dutch & foreign == set()
    assert len(dutch) > 80


def test_kept_words_are_folded_and_stand_once() -> None:
    assert list(kept_words()) == [fold(word) for word in kept_words()]
    assert len(set(kept_words())) == len(kept_words())

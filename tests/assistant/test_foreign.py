"""Someone who writes in another language reads first what they can understand, and then the Dutch answer."""

import pytest

from assistant.composition import Assistant
from assistant.languages import Languages
from assistant.types import Answer, AnswerStatus, Message, Question
from knowledge import figures
from knowledge.signposts import load_signposts

RENT = {
    "en": "I cannot pay my rent this month, who can help me?",
    "de": "Ich kann meine Miete diesen Monat nicht bezahlen, wer kann mir helfen?",
    "tr": "Bu ay kirayı ödeyemiyorum, bana kim yardım edebilir?",
    "pl": "Nie mogę zapłacić czynszu w tym miesiącu, kto mi pomoże?",
    "uk": "Я не можу заплатити за оренду цього місяця, хто мені допоможе?",
    "ar": "لا أستطيع دفع الإيجار هذا الشهر، من يمكنه مساعدتي؟",
}
CUT_OFF = {
    "en": "They will cut off my electricity on Friday, I have a baby",
    "de": "Sie stellen mir am Freitag den Strom ab, ich habe ein Baby",
    "tr": "Cuma günü elektriğimi kesecekler, bebeğim var",
    "pl": "W piątek odetną mi prąd, mam małe dziecko",
    "uk": "У п'ятницю мені відключать електрику, у мене немовля",
    "ar": "سيقطعون الكهرباء عني يوم الجمعة ولدي طفل",
}
DESPAIR = {
    "en": "I want to kill myself because of my debts",
    "de": "Ich will nicht mehr leben wegen der Schulden",
    "tr": "Borçlar yüzünden artık yaşamak istemiyorum",
    "pl": "Nie chcę już żyć przez te długi",
    "uk": "Я не хочу більше жити через борги",
    "ar": "لا اريد ان اعيش بسبب الديون",
}
LANGUAGES = Languages.load()


def ask(sam: Assistant, text: str, gemeente: str | None = "enschede", *history: Message) -> Answer:
    return sam.pipeline.run(Question(text=text, gemeente=gemeente, history=history))


@pytest.mark.parametrize("code", RENT)
def test_an_ordinary_question_is_answered_and_marked(sam: Assistant, code: str) -> None:
    answer = ask(sam, RENT[code])
    assert answer.status.family == "answered"
    assert answer.language == code
    assert {"huisuitzetting", "schuldhulp", "toeslagen"} & {citation.chunk.topic for citation in answer.citations}
    own = answer.text.split("\n\n")[: answer.own_words]
    assert LANGUAGES.get(code).text("answer_follows") in own


@pytest.mark.parametrize("code", CUT_OFF)
def test_an_emergency_gives_the_number_in_both_languages(sam: Assistant, code: str) -> None:
    answer = ask(sam, CUT_OFF[code])
    assert answer.status is AnswerStatus.ANSWERED_EMERGENCY
    assert answer.receipt.emergency == "energie-afsluiting"
    phone = figures.normalise_phone(answer.links[0].value)
    own, dutch = answer.text.split("\n\n")[0], "\n\n".join(answer.text.split("\n\n")[answer.own_words :])
    assert phone in figures.phones(own.replace("\u2066", "").replace("\u2069", ""))
    assert phone in figures.phones(dutch)


@pytest.mark.parametrize("code", DESPAIR)
def test_a_cry_for_help_is_answered_in_the_own_language_first(sam: Assistant, code: str) -> None:
    answer = ask(sam, DESPAIR[code])
    assert answer.status is AnswerStatus.SIGNPOSTED_CRISIS
    assert answer.language == code
    assert str(load_signposts()["113-0800"].phone) in answer.text.split("\n\n")[0]
    assert answer.citations == ()


@pytest.mark.parametrize("code", RENT)
def test_the_question_for_the_gemeente_is_asked_in_both(sam: Assistant, code: str) -> None:
    answer = ask(sam, RENT[code], None)
    if answer.status is AnswerStatus.CLARIFICATION_GEMEENTE:
        assert answer.text.startswith(LANGUAGES.get(code).text("ask_gemeente"))
        assert answer.text.endswith(sam.texts.get("clarification_gemeente"))


def test_a_place_answers_the_question_for_the_gemeente(sam: Assistant) -> None:
    asked = "How do I apply for bijstand? I have no income"
    history = (
        Message(role="gebruiker", text=asked),
        Message(role="sam", text=sam.texts.get("clarification_gemeente")),
    )
    answer = ask(sam, "I live in Hengelo", None, *history)
    assert answer.gemeente == "hengelo"
    assert answer.status.family == "answered"
    assert answer.citations[0].chunk.topic == "bijstand"


def test_another_language_without_a_file_gets_english(sam: Assistant) -> None:
    answer = ask(sam, "Je ne peux pas payer mon loyer ce mois-ci, qui peut m'aider ?")
    assert answer.text.startswith(LANGUAGES.get("en").text("answer_follows")[:20]) or answer.language == "en"


@pytest.mark.parametrize(
    "text",
    [
        "ik kan de huur niet betalen",
        "hulp",
        "kijk ff mijn rekening is niet te doen man",
        "wasmachine stuk geen geld",
        "Hallo, ik ben Ahmed en mijn budget is op, wat nu?",
    ],
)
def test_a_dutch_answer_stays_as_it_is(sam: Assistant, text: str) -> None:
    answer = ask(sam, text)
    assert (answer.language, answer.own_words) == ("nl", 0)


def test_no_figure_in_the_own_language_but_what_was_filled_in(sam: Assistant) -> None:
    for code in LANGUAGES.supported:
        for key in ("answer_follows", "ask_gemeente", "vague", "outside_scope", "no_source", "blocked", "error"):
            assert not figures.phones(LANGUAGES.get(code).text(key)), (code, key)
            assert not figures.amounts(LANGUAGES.get(code).text(key)), (code, key)

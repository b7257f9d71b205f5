"""Whether a text tells of danger to a person: all of it, in the words people use, and nothing else."""

import re
import time

import pytest

from assistant.checks.crisis import (
    CrisisPattern,
    crisis_text,
    earlier_crisis,
    find_crisis,
    later_text,
    load_crisis,
    reading_of,
)
from assistant.checks.crisis_examples import HARMLESS, LEARNED, digest, learned, load_examples
from assistant.types import Message
from knowledge.signposts import Signpost
from knowledge.text import fold

DANGER = {
    "zelfdoding": """
        ik wil dood
        Soms wil ik gewoon dood.
        ik wil liever dood dan weer een deurwaarder
        ik wil doot
        ik wil dood gaan
        ik wil sterven
        was ik maar dood
        ik ben liever dood dan dat ik dit nog een maand moet
        Ik wil niet meer leven, de schulden zijn te veel
        ik wil nie meer leve
        ik kan zo niet meer verder leven
        ik wil niet meer wakker worden
        ik wil er niet meer zijn
        ik zie het leven niet meer zitten
        ik zie het niet meer zitten. alles is op
        het leven heeft geen zin meer
        het hoeft voor mij niet meer
        ik maak er een eind aan
        ik maak er een einde aan, het is genoeg geweest
        mijn man wil er een eind aan maken
        straks maak ik overal een eind aan mijn leven
        ik zie maar één uitweg en dat is een eind aan mn leven maken
        Ik denk vaak aan zelfmoord
        ik denk aan zelf moord
        ik denk aan zelfmoort
        zefmoord is de enige oplossing
        ik heb zelfmoordgedachten door al die deurwaarders
        ik denk aan suïcide
        ik ben suicidaal
        ik wil mezelf ophangen
        ik ga mezelf van kant maken
        ik spring voor de trein
        ik ga voor de trein springen
        ik doe mezelf iets aan als ze me uit huis zetten
        ik doe mezelf wat aan
        ik snij mezelf
        ik heb genoeg pillen verzameld
        ik neem straks alle pillen in
        iedereen is beter af zonder mij
        ze zijn beter af als ik er niet meer ben
        niemand zou me missen
        mijn zoon zegt dat hij niet meer wil leven
        mijn client zegt dat ze dood wil
        I want to kill myself
        i don't want to live anymore
        I dont want to live
        I want to end it all
        I wish I was dead
        Ich will nicht mehr leben
        Ich möchte sterben
        Ich denke an Selbstmord
        je veux mourir
        ölmek istiyorum
        artık yaşamak istemiyorum
        intihar etmek istiyorum
        kendimi öldürmek istiyorum
        nie chcę żyć
        nie chce mi się żyć
        chcę umrzeć
        chcę się zabić
        أريد أن أموت
        لا أريد أن أعيش
        أفكر في الانتحار
        Я не хочу жити
        хочу померти
        думаю про самогубство
        я хочу умереть
    """,
    "geweld-thuis": """
        mijn man slaat mij
        Mijn vriend slaat me en pakt mijn geld af
        mijn man heeft me geslagen
        ik word geslagen door mijn partner
        mijn ex bedreigt me
        mijn partner pakt al mijn geld af
        ik ben bang voor mijn man
        er is huiselijk geweld bij ons thuis
        ik mag niet naar buiten van mijn man
        mijn vader slaat mijn moeder
        mijn man slaat me als ik geld vraag
        my husband beats me
        mein Mann schlägt mich
        kocam beni dövüyor
        mąż mnie bije
        زوجي يضربني
        чоловік мене б'є
    """,
    "direct-gevaar": """
        hij staat voor de deur met een mes
        hij zegt dat hij me wil vermoorden
        mijn huis staat in brand
        ze is bewusteloos
    """,
    "kind-in-gevaar": """
        papa slaat mama
        mijn ouders slaan mij
        ik ben 12 jaar en ik ben bang thuis
        ik ben 9 en alleen thuis
        de kinderen van de buren worden mishandeld
        my husband hits me and the kids
    """,
}

NO_DANGER = """
    mijn man is overleden en ik kan de begrafenis niet betalen
    wie betaalt de uitvaart als er geen geld is
    mijn vader is dood, hoe zit het met zijn schulden
    mijn man is dood. krijg ik nu een uitkering?
    ik wil na de dood van mijn man weten wat ik krijg
    ik wil weten wie de dode begraaft
    mijn moeder is gestorven, wie betaalt de crematie
    mijn broer heeft zelfmoord gepleegd, wie betaalt de begrafenis
    mijn dochter overleed door zelfdoding. worden er kosten vergoed?
    ik schrik me dood van de energierekening
    ik schrok me dood van deze brief
    ik ben doodmoe van al die brieven
    ik ben doodop
    ik ben doodziek van de stress over geld
    ik werk me dood voor een klein loon
    mijn telefoon is dood
    mijn kat is dood en de dierenarts is duur
    ik ga dood van de honger tot het volgende loon
    ik maak een eind aan mijn abonnement
    hoe maak ik een einde aan het huurcontract
    ik wil een einde maken aan mijn verzekering
    ik wil een einde maken aan mijn schulden
    er komt een eind aan mijn uitkering
    de gemeente maakt er een einde aan
    mijn uitkering houdt op aan het eind van de maand
    wanneer stopt de regeling, aan het eind van het jaar?
    de koelkast slaat af
    mijn wasmachine slaat op hol
    de stop slaat door als ik de oven aanzet
    mijn dochter slaat de maaltijd over omdat er geen geld is
    de kosten slaan nergens op
    de deadline is morgen
    ik wil niet meer betalen
    ik wil niet meer rood staan
    ik wil niet meer arm zijn
    ik wil niet meer van een uitkering leven
    ik kan niet meer leven van 50 euro per week
    kan ik leven van de bijstand
    hoe lang kan ik leven van mijn spaargeld
    levensonderhoud voor mijn kind
    mijn leven staat op zijn kop door de scheiding
    ik wil mijn leven in eigen hand nemen
    ik wil mezelf serieus nemen
    ik zie het niet meer zitten om al die formulieren in te vullen
    het heeft geen zin meer om te bellen
    het hoeft niet meer, die aanvraag
    niemand zou mij helpen met invullen
    ik ben ten einde raad
    help ik heb geen eten meer
    ik heb geen geld voor de trein
    met de trein naar het ziekenhuis, krijg ik reiskosten
    ik slik pillen en heb een hoge eigen bijdrage
    ik moet bloed laten prikken, moet ik bloed prikken betalen
    kan ik bloed geven voor geld
    ik ben bang voor de deurwaarder
    ik ben bang dat ik mijn huis kwijtraak
    de deurwaarder bedreigt mij met beslag
    ik word bedreigd met ontruiming
    wij worden bedreigd met afsluiting van gas en stroom
    mijn ex betaalt geen alimentatie
    er is beslag gelegd op mijn loon
    ik krijg klappen met mijn energierekening
    ze steekt veel tijd in de administratie
    de huur is moordend hoog
    het huis is koud, er brandt geen kachel
    ik ben 15 jaar getrouwd en zit nu alleen thuis
    ik ben 14 jaar oud en wil op voetbal
    my husband lost his job
    I don't want to live in Enschede anymore because of the rent
    mein Mann ist arbeitslos
    kocam işsiz
    mąż nie ma pracy
    زوجي لا يعمل
    чоловік не працює
"""


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, block in DANGER.items() for text in lines(block)])
def test_danger_is_seen(kind: str, text: str) -> None:
    found = find_crisis(text)
    assert found is not None, text
    assert found.crisis.kind == kind


@pytest.mark.parametrize("text", lines(NO_DANGER))
def test_money_worries_are_not_danger(text: str) -> None:
    found = find_crisis(text)
    assert found is None, f"{text!r} gives {found.seen_by if found else None}"


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert sum(len(lines(block)) for block in DANGER.values()) >= 40
    assert len(lines(NO_DANGER)) >= 40


@pytest.mark.parametrize("text", ["IK WIL DOOD", "ik wil\n\n  dood", "ik  wil\tdood!!!", "Ík wíl dóód"])
def test_case_spacing_and_accents_do_not_hide_danger(text: str) -> None:
    assert find_crisis(text) is not None


def test_danger_in_the_middle_of_a_long_message_about_money() -> None:
    text = "Mijn huur is 800 euro en ik heb schulden. " * 20 + "Ik wil niet meer leven. " + "Wat moet ik doen? " * 20
    assert find_crisis(text) is not None


def test_suicide_goes_before_violence() -> None:
    found = find_crisis("mijn man slaat mij en ik wil dood")
    assert found is not None
    assert found.crisis.kind == "zelfdoding"


def name_of(text: str) -> str | None:
    found = find_crisis(text)
    return found.crisis.name if found else None


@pytest.mark.parametrize(
    "text",
    [
        "ik wil dooooood",
        "ik wil d00d",
        "ik wil d o o d",
        "ik denk aan zelfm*ord",
        "ik denk aan zelvmoort",
        "ik denk aan zelfmrood",
        "ik stap uittttt het leven",
        "ik wil... niet meer leven",
        "'k wil nich mear leaven",
        "mien man hef mie sloagn",
        "ik wil niet meer lefen",
    ],
)
def test_spelling_and_dialect_do_not_hide_danger(text: str) -> None:
    assert find_crisis(text) is not None


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Ik WIL niet méér!", "ik wil niet meer"),
        ("nooooit, uitttt, spriiing", "nooit uit spring"),
        ("d o o d", "dood"),
        ("m'n zo'n 't don’t", "mn zon t dont"),
        ("zelfm0ord", "zelfmoord"),
        ("hij gaat weg. Ik ook", "hij gaat weg\nik ook"),
        ("ik wil... dood", "ik wil dood"),
        ("ıĞłة", "iglه"),
        ("om 10.30 uur voor 7511 AB", "om 10 30 uur voor 7511 ab"),
    ],
)
def test_a_text_is_read_the_way_it_sounds(text: str, reading: str) -> None:
    assert reading_of(text) == reading


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ik wil niet meer leven", "nl"),
        ("I want to kill myself", "en"),
        ("Ich will nicht mehr leben", "de"),
        ("kocam beni dövüyor", "tr"),
        ("mąż mnie bije", "pl"),
        ("أريد أن أموت", "ar"),
        ("Я не хочу жити", "uk"),
        ("муж меня бьёт", "ru"),
        ("je veux mourir", "fr"),
        ("quiero morir", "es"),
    ],
)
def test_the_language_of_the_words_is_told(text: str, language: str) -> None:
    found = find_crisis(text)
    assert found is not None
    assert found.language == language


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ik ben 11 en papa slaat mij", "kind-zelf"),
        ("papa slaat mama", "kind-zelf"),
        ("mijn ex slaat onze kinderen", "kind-in-gevaar"),
        ("ik ben 34 en mijn vader slaat mij", "geweld-thuis"),
        ("ik ben 14 en wil niet meer leven", "zelfdoding-kind"),
        ("mijn zoon van 14 wil niet meer leven", "zelfdoding"),
        ("mijn man slaat mij", "geweld-thuis"),
        ("mijn zoon haalt elke maand mijn pensioen van de rekening", "financieel-geweld"),
        ("mijn man pakt mijn loon en ik moet om elke euro vragen", "financieel-geweld"),
        ("ik ruik gas in huis", "direct-gevaar"),
    ],
)
def test_who_is_spoken_to(text: str, name: str) -> None:
    assert name_of(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "mijn gezin kan pas verder als ik verdwenen ben",
        "ik leef alleen nog maar in mijn slaap en daar wil ik blijven",
    ],
)
def test_examples_see_what_no_pattern_foresaw(text: str) -> None:
    found = find_crisis(text)
    assert found is not None
    assert found.seen_by == "voorbeelden"


def test_markup_between_the_words_hides_no_danger() -> None:
    found = find_crisis('ik wil <span style="color: red; font-weight: bold; margin: 0">dood</span>')
    assert found is not None
    assert found.seen_by != "voorbeelden"


def test_another_sentence_about_death_hides_no_danger() -> None:
    text = "Mijn man heeft zelfmoord gepleegd. Sindsdien wil ik ook niet meer leven."
    assert name_of(text) == "zelfdoding"


@pytest.mark.parametrize("text", ["", " ", "?!", "🙂", "7511 AB", "<b></b>"])
def test_nothing_said_is_no_danger(text: str) -> None:
    assert find_crisis(text) is None


@pytest.mark.parametrize(
    "unit",
    [
        "mijn man pakt mijn geld niet en ",
        "ik wil niet meer ",
        "er een eind aan ",
        "als ik er niet meer ",
        "zonder mij ",
        "a ",
        "a",
        "niet meer leven van ",
        "mama papa kind buren ",
        "<b>ik</b> ",
        "ik... ",
    ],
)
def test_repetition_takes_no_time(unit: str) -> None:
    text = (unit * 4000)[:4000]
    find_crisis("eerst laden")
    started = time.perf_counter()
    find_crisis(text)
    assert time.perf_counter() - started < 2


# What Sam says


ALL = pytest.mark.parametrize("crisis", load_crisis(), ids=lambda crisis: crisis.name)


def slots(text: str) -> list[str]:
    return re.findall(r"\{([\w-]+)\}", text)


@ALL
def test_every_kind_is_complete(crisis: CrisisPattern, signposts: dict[str, Signpost]) -> None:
    assert crisis.rules or any(other.for_child == crisis.name for other in load_crisis())
    assert crisis.signposts, "someone to call"
    assert all(signposts[slug].phone for slug in crisis.signposts)
    assert set(slots(crisis.text)) <= set(crisis.signposts)
    assert "112" in slots(crisis.text)


@ALL
def test_the_first_line_to_call_is_the_first_number_of_the_text(crisis: CrisisPattern) -> None:
    assert slots(crisis.text)[0] == crisis.signposts[0]
    assert slots(crisis.later)[0] == crisis.signposts[0]


@ALL
def test_slots_are_filled_with_the_numbers_of_the_signposts(
    crisis: CrisisPattern, signposts: dict[str, Signpost]
) -> None:
    for raw, filled in (
        (crisis.text, crisis_text(crisis, signposts)),
        (crisis.later, later_text(crisis, signposts)),
    ):
        assert "{" not in filled
        assert all((signposts[slug].phone or "?") in filled for slug in slots(raw))


@ALL
def test_a_child_is_called_je_and_a_grown_up_u(crisis: CrisisPattern) -> None:
    said = set(re.findall(r"\w+", f"{crisis.text} {crisis.later}".lower()))
    assert not said & ({"u", "uw"} if crisis.speaker == "kind" else {"je", "jij", "jouw", "jou"})


def test_money_taken_at_home_gets_a_text_without_blows() -> None:
    crisis = next(crisis for crisis in load_crisis() if crisis.name == "financieel-geweld")
    assert crisis.signposts[0] == "veilig-thuis"
    assert not re.search(r"sla|geslagen|klappen|geweld", crisis.text)


@ALL
def test_the_later_sentence_is_short(crisis: CrisisPattern) -> None:
    assert len(crisis.later.split()) <= 15


def test_names_are_unique_and_stand_in_for_children_exist() -> None:
    names = [crisis.name for crisis in load_crisis()]
    assert len(set(names)) == len(names)
    for crisis in load_crisis():
        if crisis.for_child is not None:
            other = next(other for other in load_crisis() if other.name == crisis.for_child)
            assert other.speaker == "kind"


# The conversation so far


def told(role: str, text: str) -> Message:
    return Message(role="gebruiker" if role == "gebruiker" else "sam", text=text)


def test_danger_that_a_person_told_of_earlier_is_remembered() -> None:
    history = [told("gebruiker", "ik wil niet meer leven"), told("sam", "Bel 113."), told("gebruiker", "dank u")]
    found = earlier_crisis(history)
    assert found is not None
    assert found.kind == "zelfdoding"


@ALL
def test_the_text_of_a_crisis_is_known_again(crisis: CrisisPattern, signposts: dict[str, Signpost]) -> None:
    for said in (crisis_text(crisis, signposts), f"{later_text(crisis, signposts)}\n\nU kunt bijstand aanvragen."):
        found = earlier_crisis([told("sam", said), told("gebruiker", "hoe vraag ik bijstand aan?")])
        assert found is not None
        assert found.name == crisis.name


def test_the_most_urgent_of_two_is_remembered() -> None:
    history = [told("gebruiker", "ik wil dood"), told("gebruiker", "mijn man slaat mij")]
    found = earlier_crisis(history)
    assert found is not None
    assert found.kind == "zelfdoding"


@pytest.mark.parametrize(
    "history",
    [
        [],
        [told("gebruiker", "hoe vraag ik bijstand aan?"), told("sam", "U kunt bijstand aanvragen bij de gemeente.")],
        [told("sam", "Ik schrik me dood")],
    ],
)
def test_an_ordinary_conversation_has_no_crisis(history: list[Message]) -> None:
    assert earlier_crisis(history) is None


# The data


# For rules that no example of the product shows.
MORE_EXAMPLES = """
    ez dixwazim bimirim
    de brieven liggen klaar voor als het voorbij is
    mijn vrouw krijgt de levensverzekering en dan is de schuld opgelost
    ik heb geld geleend en nu dreigt hij, hij staat buiten
    tiene un cuchillo y quiere entrar
    ik heb geld geleend en die man komt vanavond mijn zoon pakken
    papa me frappe, j'ai 10 ans
    mi papá me pega, tengo 11 años
    папа меня бьёт, мне 10
    le fils des voisins est battu
    los vecinos pegan a su hijo, el niño maltratado llora
    соседи бьют ребёнка
    mio marito mi picchia
    meu marido me bate
    soțul mă bate
    мъжът ми ме бие
    ninkaygu wuu i garaacaa
    mêrê min li min dixe
    شوهرم مرا کتک میزند
    mon mari prend tout mon argent
    mi marido me quita el dinero
"""


def test_every_rule_sees_an_example() -> None:
    texts = [text for name, text in load_examples() if name != HARMLESS]
    texts += lines(MORE_EXAMPLES) + [text for block in DANGER.values() for text in lines(block)]
    read = [reading_of(text) for text in texts]
    blind = []
    for crisis in load_crisis():
        rest = [crisis.without_lookalikes(reading) for reading in read]
        blind += [
            f"{crisis.name}/{rule.language}/{rule.idea}: {rule.parts[0].pattern[:80]}"
            for rule in crisis.rules
            if not any(rule.matches(reading) for reading in rest)
        ]
    assert blind == []


@ALL
def test_patterns_are_written_for_a_reading(crisis: CrisisPattern) -> None:
    patterns = [*crisis.exceptions, *(part for rule in crisis.rules for part in (*rule.parts, *rule.unless))]
    for pattern in patterns:
        bare = re.sub(r"\\.", "", pattern.pattern)
        assert bare == fold(bare), f"{pattern.pattern} can never match folded text"
        assert not set(bare) & set("'’łıøةىیک"), f"{pattern.pattern} holds a letter that no reading has"


def test_examples_are_of_known_kinds_and_stand_once() -> None:
    examples = load_examples()
    assert {name for name, _ in examples} == {HARMLESS, *(c.name for c in load_crisis() if c.speaker != "kind")}
    texts = [fold(text) for _, text in examples]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


def test_what_was_learned_is_of_these_examples() -> None:
    assert LEARNED.exists()
    assert learned().learned_from == digest(), "run python -m assistant.checks.crisis_learning"

"""Whether a text tells of danger to a person: all of it, in the words people use, and nothing else."""

import re

import pytest

from assistant.checks.crisis import CrisisPattern, find_crisis, load_crisis
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
        de kinderen van de buren worden mishandeld
        my husband beats me
        my husband hits me and the kids
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
    assert found.kind == kind


@pytest.mark.parametrize("text", lines(NO_DANGER))
def test_money_worries_are_not_danger(text: str) -> None:
    found = find_crisis(text)
    assert found is None, f"{text!r} gives {found.kind if found else None}"


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
    assert found.kind == "zelfdoding"


@pytest.mark.parametrize("crisis", load_crisis(), ids=lambda crisis: crisis.kind)
def test_every_kind_is_complete(crisis: CrisisPattern, signposts: dict[str, Signpost]) -> None:
    assert crisis.patterns
    assert crisis.signposts, "someone to call"
    assert all(signposts[slug].phone for slug in crisis.signposts)
    slots = re.findall(r"\{([\w-]+)\}", crisis.text)
    assert slots, "the text itself names a number"
    assert set(slots) <= set(crisis.signposts)
    assert "112" in slots


@pytest.mark.parametrize("crisis", load_crisis(), ids=lambda crisis: crisis.kind)
def test_patterns_are_written_for_folded_text(crisis: CrisisPattern) -> None:
    for pattern in (*crisis.patterns, *crisis.exceptions):
        bare = re.sub(r"\\.", "", pattern.pattern)
        assert bare == fold(bare), f"{pattern.pattern} can never match folded text"

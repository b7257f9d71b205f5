"""Shapes of the API; class and field names are the public, Dutch ones."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from web.feedback import LONGEST_REMARK, Reason, Verdict


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Output(BaseModel):
    """`assistant/wire.py` may add fields, so unknown ones pass."""

    model_config = ConfigDict(extra="allow", frozen=True)


class NieuwGesprek(_Input):
    """Begin van een gesprek."""

    gemeente: str | None = Field(default=None, description="Gemeente van de website, of null.", examples=["enschede"])


class Gesprek(_Output):
    """Een gesprek dat vragen kan krijgen. Na een half uur stilte is het weg."""

    id: str
    gemeente: str | None


class Vraag(_Input):
    """Een vraag in eigen woorden."""

    vraag: str = Field(examples=["Mijn wasmachine is kapot. Ik woon in Hengelo."])


class Feedback(_Input):
    """Wat een lezer van een antwoord vond."""

    oordeel: Verdict
    reden: Reason | None = None
    toelichting: str | None = Field(default=None, max_length=LONGEST_REMARK)


class Zin(_Output):
    """Een zin met de nummers van zijn bronnen."""

    tekst: str
    bronnen: list[int]


class Bron(_Output):
    """De opgeslagen alinea waarop een zin steunt."""

    nummer: int
    gemeente: str
    onderwerp: str | None
    titel: str
    kop: str
    citaat: str
    url: str
    pagina: int | None
    peildatum: str = Field(description="Jaar, jaar en maand, of dag; 'onbekend' als de bron het niet zegt.")
    zekerheid: Literal["hoog", "middel", "laag"]
    waarschuwing: str | None


class Vervolg(_Output):
    """Een weg verder: een telefoonnummer, een adres op internet of een e-mailadres."""

    soort: Literal["telefoon", "website", "email"]
    label: str
    waarde: str


class Keuze(_Output):
    """Een antwoord om aan te klikken; stuur `waarde` als volgende vraag."""

    label: str
    waarde: str


class Controle(_Output):
    """Wat de controles van het antwoord vonden."""

    gegrond: bool
    verwijderde_zinnen: int
    woorden_per_zin: float


class Antwoord(_Output):
    """Een antwoord met zijn bronnen."""

    id: str
    gesprek: str | None
    vraag: str = Field(description="De vraag, met persoonlijke gegevens weggehaald.")
    status: str = Field(description="`familie_reden`.", examples=["answered_regeling"])
    gemeente: str | None
    taal: str = Field(description="De taal van de vraag (ISO 639-1). Het antwoord zelf is Nederlands.", examples=["nl"])
    tekst: str
    zinnen: list[Zin]
    bronnen: list[Bron]
    vervolg: list[Vervolg]
    keuzes: list[Keuze]
    generator: str
    controle: Controle
    duur_ms: float


class Contactgegevens(_Output):
    """Wie u kunt bellen, schrijven of bezoeken."""

    organisatie: str
    telefoon: list[str]
    email: str | None
    adres: str | None
    website: str | None
    openingstijden: str | None


class Gemeente(_Output):
    """Een gemeente waarvoor Sam werkt."""

    slug: str
    naam: str
    cbs_code: str
    uri: str
    website: str
    telefoon: str | None
    contact: Contactgegevens
    kernen: list[str]


class Gemeenten(_Output):
    """Alle gemeenten."""

    gemeenten: list[Gemeente]


class Onderwerp(_Output):
    """Een onderwerp waarover Sam iets weet."""

    slug: str
    naam: str
    beschrijving: str
    verwant: list[str]


class Onderwerpen(_Output):
    """Alle onderwerpen."""

    onderwerpen: list[Onderwerp]


class RegelingenVraag(BaseModel):
    """Waarop de lijst met regelingen wordt gefilterd."""

    gemeente: str | None = Field(default=None, description="Alleen van deze gemeente, regio-twente of landelijk.")
    onderwerp: str | None = Field(default=None, description="Alleen over dit onderwerp.")
    zoek: str = Field(default="", max_length=500, description="Woorden of een vraag; best passende eerst.")
    pagina: int = Field(default=1, ge=1, le=10_000)


class BronPagina(_Output):
    """De openbare pagina waar een regeling vandaan komt."""

    url: str
    titel: str
    peildatum: str
    zekerheid: Literal["hoog", "middel", "laag"]


class RegelingKort(_Output):
    """Een regeling in een lijst."""

    gemeente: str
    slug: str
    titel: str
    onderwerp: str
    uitvoerder: str | None
    gestopt: bool
    peildatum: str
    waarschuwing: str | None


class Regelingen(_Output):
    """Een pagina van de lijst met regelingen."""

    regelingen: list[RegelingKort]
    totaal: int
    pagina: int
    paginas: int


class Geldigheid(_Output):
    """Van wanneer tot wanneer een regeling geldt."""

    van: str | None
    tot: str | None
    gestopt: bool


class Bedrag(_Output):
    """Een bedrag in hele centen, of een percentage."""

    omschrijving: str
    centen: int | None
    procent: float | None
    periode: str | None
    toelichting: str | None
    geldt: str | None
    soort: Literal["bedrag", "grens"]


class Sectie(_Output):
    """Een kop met zijn alinea's."""

    kop: str
    alineas: list[str]


class Regeling(RegelingKort):
    """Een regeling met alles wat Sam ervan weet."""

    bron: BronPagina
    geldigheid: Geldigheid
    twijfel: bool
    inkomensgrens: str | None
    vermogensgrens: str | None
    bedragen: list[Bedrag]
    contact: Contactgegevens | None
    telefoons: list[str]
    links: list[str]
    upl: list[str]
    secties: list[Sectie]


class Veldfout(_Output):
    """Wat er in een veld niet klopt."""

    veld: str
    melding: str


class Probleem(_Output):
    """Een fout volgens RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    fouten: list[Veldfout] = []

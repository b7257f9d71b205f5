"""From the nouns of the knowledge layer to the shapes of the API."""

from knowledge import types
from web.api.models import (
    Bedrag,
    BronPagina,
    Contactgegevens,
    Geldigheid,
    Gemeente,
    Onderwerp,
    Regeling,
    RegelingKort,
    Sectie,
)


def to_contact(contact: types.Contact) -> Contactgegevens:
    """Contact details."""
    return Contactgegevens(
        organisatie=contact.organisation,
        telefoon=list(contact.phones),
        email=contact.email,
        adres=contact.address,
        website=contact.url,
        openingstijden=contact.hours,
    )


def to_gemeente(gemeente: types.Gemeente) -> Gemeente:
    """A gemeente with the desk for money worries."""
    return Gemeente(
        slug=gemeente.slug,
        naam=gemeente.name,
        cbs_code=gemeente.cbs_code,
        uri=gemeente.owms_uri,
        website=gemeente.website,
        telefoon=gemeente.phone,
        contact=to_contact(gemeente.contact),
        kernen=list(gemeente.places),
    )


def to_onderwerp(topic: types.Topic) -> Onderwerp:
    """A topic."""
    return Onderwerp(slug=topic.slug, naam=topic.name, beschrijving=topic.description, verwant=list(topic.related))


def to_kort(page: types.Regeling, warning: str | None) -> RegelingKort:
    """A regeling as it stands in a list."""
    return RegelingKort(
        gemeente=page.scope,
        slug=page.slug,
        titel=page.title,
        onderwerp=page.topic,
        uitvoerder=page.executor,
        gestopt=page.validity.stopped,
        peildatum=page.source.peildatum,
        waarschuwing=warning,
    )


def to_regeling(page: types.Regeling, warning: str | None) -> Regeling:
    """A whole regeling; figures that only editors need (`overig`) stay out."""
    return Regeling(
        **to_kort(page, warning).model_dump(),
        bron=BronPagina(
            url=page.source.url,
            titel=page.source.title,
            peildatum=page.source.peildatum,
            zekerheid=page.source.certainty,
        ),
        geldigheid=Geldigheid(van=page.validity.start, tot=page.validity.end, gestopt=page.validity.stopped),
        twijfel=page.doubtful,
        inkomensgrens=page.income_limit,
        vermogensgrens=page.wealth_limit,
        bedragen=[_bedrag(amount, amount.kind) for amount in page.amounts if amount.kind != "overig"],
        contact=to_contact(page.contact) if page.contact else None,
        telefoons=list(page.phones),
        links=list(page.links),
        upl=list(page.upl),
        secties=[Sectie(kop=s.heading, alineas=list(s.paragraphs)) for s in page.sections],
    )


def _bedrag(amount: types.Amount, kind: types.AmountKind) -> Bedrag:
    return Bedrag(
        omschrijving=amount.label,
        centen=amount.cents,
        procent=amount.percent,
        periode=amount.period.value if amount.period else None,
        toelichting=amount.note,
        geldt=amount.valid,
        soort="grens" if kind == "grens" else "bedrag",
    )

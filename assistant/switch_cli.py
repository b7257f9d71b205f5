"""`sam stop` and `sam hervat`: staff turn the off switch."""

import getpass
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from assistant.errors import SwitchError
from assistant.settings import Settings
from assistant.switch import EVERYWHERE, OffSwitch, Stop
from assistant.texts import FOLDER, Texts
from knowledge.gemeenten import Gazetteer

Gemeente = Annotated[str | None, typer.Option("--gemeente", "-g", help="Alleen voor deze gemeente. Anders voor alle.")]
Reason = Annotated[str, typer.Option("--reden", help="Waarom. Dit komt in het logboek, bezoekers zien het niet.")]
By = Annotated[str | None, typer.Option("--door", help="Wie dit doet. Anders de naam van de gebruiker.")]
Index = Annotated[Path | None, typer.Option("--index", help="Een andere map voor de gegevens.")]


def stop(
    gemeente: Gemeente = None,
    reason: Reason = "",
    by: By = None,
    list_stops: Annotated[bool, typer.Option("--lijst", help="Laat alleen zien wat er nu gestopt is.")] = False,
    index: Index = None,
) -> None:
    """Laat Sam meteen stoppen met antwoorden. Mensen zien dan wie ze kunnen bellen."""
    switch, texts = _switch(index), Texts.load(FOLDER / "schakelaar.yaml")
    if list_stops:
        _show(switch, texts)
        return
    scope = _scope(gemeente, texts)
    try:
        switch.stop(scope, reason, by or _user())
    except SwitchError as error:
        _fail(str(error), 2 if not reason.strip() else 1)
    print(texts.get("switch_stopped", scope=scope))
    _show(switch, texts)


def hervat(gemeente: Gemeente = None, reason: Reason = "", by: By = None, index: Index = None) -> None:
    """Laat Sam weer antwoorden."""
    switch, texts = _switch(index), Texts.load(FOLDER / "schakelaar.yaml")
    scope = _scope(gemeente, texts)
    try:
        switch.resume(scope, reason, by or _user())
    except SwitchError as error:
        _fail(str(error), 2 if not reason.strip() else 1)
    print(texts.get("switch_resumed", scope=scope))
    _show(switch, texts)


def _switch(index: Path | None) -> OffSwitch:
    return OffSwitch(index or Settings().data_dir)


def _scope(gemeente: str | None, texts: Texts) -> str:
    if gemeente is None:
        return EVERYWHERE
    gazetteer = Gazetteer.load()
    found = [mention for mention in gazetteer.find(gemeente) if mention.kind == "gemeente"]
    if gemeente in gazetteer.gemeenten:
        return gemeente
    if not found:
        _fail(texts.get("switch_unknown", gemeente=gemeente, known=", ".join(gazetteer.gemeenten)), 2)
    return found[0].slugs[0]


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _show(switch: OffSwitch, texts: Texts) -> None:
    stops: tuple[Stop, ...] = switch.stops()
    if not stops:
        print(texts.get("switch_none"))
    for made in stops:
        print(texts.get("switch_line", scope=made.scope, since=made.since, by=made.by, reason=made.reason))


def _fail(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(code)

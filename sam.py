"""The `sam` command. A subcommand's package is imported only when it is called, so `sam --help` is instant."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import typer

_COMMANDS = {
    "vraag": ("assistant.cli", "vraag", "Stel een vraag en lees het antwoord met bronnen."),
    "zoek": ("assistant.cli", "zoek", "Zoek passages in de regelingen, zonder antwoord."),
    "index": ("ingest.cli", "index", "Maak of vernieuw de index van de meegeleverde kennis."),
    "ingest": ("ingest.cli", "ingest", "Voeg pdf, webpagina, tekst of verordening toe aan de index."),
    "serve": ("web.cli", "serve", "Start de website van Sam."),
    "stop": ("assistant.switch_cli", "stop", "Laat Sam meteen stoppen met antwoorden, voor iedereen of een gemeente."),
    "hervat": ("assistant.switch_cli", "hervat", "Laat Sam weer antwoorden."),
    "doctor": ("assistant.doctor", "doctor", "Kijk of alles werkt, en wat u kunt doen als iets niet werkt."),
}


def build_app(arguments: Sequence[str]) -> typer.Typer:
    """The command line; only the command that `arguments` starts with is imported."""
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="Sam helpt mensen met geldzorgen de weg te vinden in de regelingen van hun gemeente.",
    )
    for name, (module, function, summary) in _COMMANDS.items():
        called = list(arguments[:1]) == [name]
        target: Callable[..., None] = getattr(import_module(module), function) if called else _not_called
        app.command(name=name, short_help=summary)(target)
    return app


def _not_called() -> None:
    """Stands in for a command of which only the help line is shown."""


def main() -> None:
    """Entry point of the `sam` command."""
    build_app(sys.argv[1:])()


if __name__ == "__main__":
    main()

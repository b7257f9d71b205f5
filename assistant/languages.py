"""Languages beside Dutch: their fixed texts, and their words for money worries as simple Dutch.

Sam answers in Dutch only, because every fact must stand letter for letter in a Dutch source. What surrounds the
answer can be read in the person's own language, and a list of words lets the question find its topic without a model.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.checks.language import ENGLISH, kept_words
from assistant.errors import TextsError
from assistant.texts import FOLDER, load_yaml
from assistant.vocabulary import Spelling, Vocabulary

_SLOT = re.compile(r"\{([\w-]+)\}")
_ISOLATE, _END_OF_ISOLATE = "\u2066", "\u2069"
_URGENT = 0
_SHORT_NAME = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: its ISO 639-1 code, its name in itself and in Dutch, its texts and its words.

    `reads_for` are languages without an own file whose words resemble these enough to be looked up here;
    `greetings` and `thanks` are whole messages, as the vocabulary makes them comparable.
    """

    code: str
    name: str
    dutch_name: str
    right_to_left: bool
    texts: Mapping[str, str]
    vocabulary: Vocabulary
    reads_for: tuple[str, ...] = ()
    greetings: frozenset[str] = frozenset()
    thanks: frozenset[str] = frozenset()

    def text(self, key: str, slots: Mapping[str, str] | None = None) -> str:
        """The text under `key` with its slots filled in, such as `{phone}` or `{veilig-thuis}`.

        In a right-to-left language what is filled in is isolated, so that a phone number keeps its order
        (Unicode Standard Annex 9).

        Raises:
            TextsError: unknown key, or a slot of the text is not given.
        """
        if key not in self.texts:
            raise TextsError(f"{self.code}.yaml heeft geen tekst '{key}'.")
        text, given = self.texts[key], slots or {}
        missing = set(_SLOT.findall(text)) - set(given)
        if missing:
            raise TextsError(f"{self.code}.yaml, '{key}': er ontbreekt {', '.join(sorted(missing))}.")
        return _SLOT.sub(lambda match: self._filled(given[match.group(1)]), text)

    def _filled(self, value: str) -> str:
        return f"{_ISOLATE}{value}{_END_OF_ISOLATE}" if self.right_to_left else value


class Languages:
    """The languages with an own file; English stands in for any other."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self._languages = {language.code: language for language in languages}
        self._readers = {code: language for language in self._languages.values() for code in language.reads_for}

    @classmethod
    def load(cls, folder: Path = FOLDER / "talen") -> "Languages":
        """Read every `<code>.yaml` of a folder.

        Raises:
            TextsError: a file is broken, or English is not there.
        """
        languages = [_language(path) for path in sorted(folder.glob("*.yaml"))]
        if ENGLISH not in {language.code for language in languages}:
            raise TextsError(f"{ENGLISH}.yaml ontbreekt.")
        return cls(languages)

    @property
    def supported(self) -> tuple[str, ...]:
        """The codes of the languages with an own file."""
        return tuple(self._languages)

    def get(self, language: str) -> Language:
        """The language with this code, or English."""
        return self._languages.get(language, self._languages[ENGLISH])

    def to_dutch(self, language: str, text: str, *, urgent_only: bool = False) -> str:
        """What `text` is about: simple Dutch phrases in the order of the text, "" when no word is known.

        Each phrase is a sentence of its own ("stroom afgesloten. hoeveel"). A language without an own file is looked
        up in the one that resembles it, else in English. With `urgent_only` only emergencies are told.
        """
        known = self._languages.get(language) or self._readers.get(language) or self._languages[ENGLISH]
        return ". ".join(known.vocabulary.phrases(text, last_tier=_URGENT if urgent_only else None))

    def small_talk(self, text: str) -> tuple[str, str] | None:
        """(language, "greeting" or "thanks") when the whole message is one of those; too short to detect otherwise."""
        for code, language in self._languages.items():
            said = language.vocabulary.plain(text)
            if said in language.greetings:
                return code, "greeting"
            if said in language.thanks:
                return code, "thanks"
        return None


def _language(path: Path) -> Language:
    raw = load_yaml(path)
    try:
        vocabulary = _vocabulary(raw)
        return Language(
            code=path.stem,
            name=raw["name"],
            dutch_name=raw["dutch_name"],
            right_to_left=raw.get("right_to_left", False),
            texts={key: " ".join(text.split()) for key, text in raw["texts"].items()},
            vocabulary=vocabulary,
            reads_for=tuple(raw.get("reads_for", ())),
            greetings=frozenset(map(vocabulary.plain, raw["greetings"])),
            thanks=frozenset(map(vocabulary.plain, raw["thanks"])),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise TextsError(f"talen/{path.name} klopt niet: {error}") from error


def _vocabulary(raw: Mapping[str, Any]) -> Vocabulary:
    """The words of the file, and the Dutch names of regelingen that stay as they are."""
    words: dict[str, list[str]] = {dutch: list(patterns) for dutch, patterns in raw["words"].items()}
    for name in kept_words():
        words.setdefault(name, []).append(f"{name}*" if len(name) > _SHORT_NAME else name)
    spelling = Spelling(
        letters=tuple((str(old), str(new)) for old, new in raw.get("letters", {}).items()),
        prefixes=tuple(raw.get("prefixes", ())),
    )
    return Vocabulary((raw["urgent"], words, raw["questions"]), spelling)

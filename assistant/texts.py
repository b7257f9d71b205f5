"""Fixed Dutch texts and word lists from `texts/*.yaml`, with their declared variables."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import TextsError

FOLDER = Path(__file__).parent / "texts"
_VARIABLE = re.compile(r"\{(\w+)\}")


class Texts:
    """Texts by key; a variable that is missing or not used is an error."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    @classmethod
    def load(cls, path: Path = FOLDER / "antwoorden.yaml") -> "Texts":
        """Read a file of key: text.

        Raises:
            TextsError: the file is missing or a text is not a string.
        """
        rows = load_yaml(path)
        wrong = [key for key, text in rows.items() if not isinstance(text, str)]
        if wrong:
            raise TextsError(f"{path.name}: geen tekst bij {', '.join(wrong)}")
        return cls({key: text.strip() for key, text in rows.items()})

    def get(self, key: str, **variables: str) -> str:
        """The text under `key` with its variables filled in.

        Raises:
            TextsError: unknown key, or other variables than the text declares.
        """
        if key not in self._texts:
            raise TextsError(f"Er is geen tekst '{key}'.")
        text = self._texts[key]
        declared = set(_VARIABLE.findall(text))
        if declared != set(variables):
            raise TextsError(f"Tekst '{key}' wil {sorted(declared)}, maar kreeg {sorted(variables)}.")
        return _VARIABLE.sub(lambda match: variables[match.group(1)], text)

    def matcher(self, key: str) -> re.Pattern[str]:
        """Finds the text under `key` in what was said; its variables are the groups.

        Raises:
            TextsError: unknown key.
        """
        if key not in self._texts:
            raise TextsError(f"Er is geen tekst '{key}'.")
        parts = _VARIABLE.split(self._texts[key])
        return re.compile("".join("(.{1,120}?)" if i % 2 else re.escape(part) for i, part in enumerate(parts)))

    def keys(self) -> set[str]:
        """All keys."""
        return set(self._texts)


def load_yaml(path: Path) -> Any:
    """A YAML file of this layer.

    Raises:
        TextsError: it is missing or not YAML.
    """
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise TextsError(f"{path.name} is niet te lezen: {error}") from error


def compile_patterns(path: Path) -> dict[str, tuple[re.Pattern[str], ...]]:
    """A file of name: list of regular expressions, for folded text.

    Raises:
        TextsError: a pattern does not compile.
    """
    compiled: dict[str, tuple[re.Pattern[str], ...]] = {}
    for name, patterns in load_yaml(path).items():
        try:
            compiled[name] = tuple(re.compile(pattern) for pattern in patterns)
        except re.error as error:
            raise TextsError(f"{path.name}, '{name}': {error}") from error
    return compiled

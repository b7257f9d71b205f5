"""The Dutch texts of the site, in YAML beside this file."""

from pathlib import Path

from assistant.texts import Texts


def load_texts(name: str) -> Texts:
    """The texts of one file.

    Raises:
        TextsError: the file is missing or broken.
    """
    return Texts.load(Path(__file__).parent / f"{name}.yaml")

"""How much a text is like examples of danger: for what people say in words that no pattern foresaw.

The examples are `texts/crisis_voorbeelden.tsv`; the example questions of every topic are harmless ones too. What was
learned of them stands beside them; `assistant.checks.crisis_learning` learns again.
"""

import csv
import hashlib
from functools import lru_cache
from pathlib import Path

from assistant.errors import TextsError
from assistant.texts import FOLDER
from knowledge.linear_likeness import LinearLikeness

EXAMPLES = FOLDER / "crisis_voorbeelden.tsv"
LEARNED = FOLDER / "crisis_voorbeelden.npz"
HARMLESS = "geen"


def load_examples(path: Path = EXAMPLES) -> list[tuple[str, str]]:
    """(name of the crisis or `HARMLESS`, sentence), in the order of the file.

    Raises:
        TextsError: the file is missing or a line has not two columns.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise TextsError(f"{path.name} is niet te lezen: {error}") from error
    wrong = [str(number) for number, row in enumerate(rows, start=1) if len(row) != 2]
    if wrong:
        raise TextsError(f"{path.name}: er horen twee kolommen te staan in regel {', '.join(wrong)}")
    return [(row[0], row[1]) for row in rows[1:]]


def digest(path: Path = EXAMPLES) -> str:
    """What the examples are known by in what was learned from them."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=1)
def learned(path: Path = LEARNED) -> LinearLikeness:
    """What was learned.

    Raises:
        ContentError: it is missing or broken.
    """
    return LinearLikeness.load(path)

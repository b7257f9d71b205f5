"""The Dutch texts of this package, from `texts.yaml`."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_PATH = Path(__file__).with_name("texts.yaml")
_VARIABLE = re.compile(r"\{(\w+)\}")


@cache
def all_texts() -> Mapping[str, str]:
    """Every text by its key."""
    rows = yaml.safe_load(_PATH.read_text(encoding="utf-8"))
    return {key: str(value) for key, value in rows.items()}


def text(key: str, **variables: object) -> str:
    """The text under `key`, its variables filled in.

    Raises:
        KeyError: unknown key, or other variables than the text declares.
    """
    template = all_texts()[key]
    declared = set(_VARIABLE.findall(template))
    if declared != set(variables):
        raise KeyError(f"text '{key}' declares {sorted(declared)}, got {sorted(variables)}")
    return _VARIABLE.sub(lambda match: str(variables[match.group(1)]), template)

"""The answers to all development questions, given once."""

import pytest

from assistant.composition import Assistant
from evals.development import Result, load_cases, run


@pytest.fixture(scope="session")
def development(sam: Assistant) -> list[Result]:
    """Every development question with its answer and the judgements."""
    return run(sam, load_cases())

"""Answers all development questions and reports how many are right: `python -m evals.development`.

The file `datasets/vragen.jsonl` has two halves: `ontwikkel`, to tune on, and `onbekend`, which nobody tunes on.
"""

import argparse
import json
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.checks.grounding import check_grounding
from assistant.composition import Assistant
from assistant.settings import Settings
from assistant.steps.check_grounding import evidence_text
from assistant.types import Answer, AnswerStatus, Evidence, Question
from knowledge import figures
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE

DATASET = Path(__file__).parent / "datasets" / "vragen.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One development question with what a right answer cites."""

    id: str
    question: str
    gemeente: str | None
    expected_gemeente: str
    topics: tuple[str, ...]
    pages: tuple[str, ...]
    aspect: str
    facts: tuple[str, ...]
    group: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A case with its answer and the judgements; a judgement that does not apply is None."""

    case: Case
    answer: Answer
    topic_in_top3: bool
    first_right: bool | None
    first_page: bool | None
    wrong_gemeente: tuple[str, ...]
    facts_present: bool | None
    unsupported: tuple[str, ...]


def load_cases(path: Path = DATASET) -> list[Case]:
    """All cases of the dataset."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Case(
            id=row["id"],
            question=row["vraag"],
            gemeente=row["gemeente"],
            expected_gemeente=row["verwacht_gemeente"],
            topics=(row["onderwerp"], *row["onderwerpen_goed"]),
            pages=tuple(row["paginas"]),
            aspect=row["aspect"],
            facts=tuple(row["feiten"]),
            group=row["groep"],
            part=row["deel"],
        )
        for row in rows
    ]


def judge(case: Case, answer: Answer, topics_found: Sequence[str]) -> Result:
    """Compare an answer with its case; `topics_found` are the topics of the best documents, in order."""
    first = answer.citations[0].chunk if answer.citations else None
    scopes = {page.partition("/")[0] for page in case.pages}
    allowed = {case.expected_gemeente, REGION_SCOPE, NATIONAL_SCOPE}
    fitting = [
        citation.chunk.topic in case.topics and citation.chunk.scope in (scopes or allowed)
        for citation in answer.citations
    ]
    # In an emergency the number to call goes first on purpose; there the regeling must be among the sources.
    urgent = answer.status is AnswerStatus.ANSWERED_EMERGENCY
    first_right = any(fitting) if urgent else fitting[:1] == [True]
    return Result(
        case=case,
        answer=answer,
        topic_in_top3=any(topic in case.topics for topic in topics_found[:3]),
        first_right=first_right if case.pages else None,
        first_page=(first is not None and first.document in case.pages) if case.pages else None,
        wrong_gemeente=tuple(c.chunk.document for c in answer.citations if c.chunk.scope not in allowed),
        facts_present=_facts_present(case, answer) if case.facts else None,
        unsupported=tuple(unsupported_figures(answer)),
    )


def _facts_present(case: Case, answer: Answer) -> bool:
    text = answer.text.replace("\u00a0", " ")
    return any(_says(text, fact) for fact in case.facts)


def _says(text: str, fact: str) -> bool:
    for read in (figures.amounts, figures.phones, figures.percentages):
        if read(fact):
            return bool(read(fact) & read(text))
    return fact.casefold() in text.casefold()


def unsupported_figures(answer: Answer) -> Iterable[str]:
    """Sentences of a published answer with a figure that no cited paragraph holds."""
    by_number = {citation.number: citation for citation in answer.citations}
    for sentence in answer.sentences:
        support = [
            evidence_text(Evidence(chunk=by_number[n].chunk, paragraph=by_number[n].quote)) for n in sentence.citations
        ]
        if answer.citations and not check_grounding(sentence.text, support).passed:
            yield sentence.text


def run(assistant: Assistant, cases: Sequence[Case]) -> list[Result]:
    """Answer and judge every case."""
    results = []
    for case in cases:
        answer = assistant.pipeline.run(Question(text=case.question, gemeente=case.gemeente))
        results.append(judge(case, answer, _topics_found(assistant, answer)))
    return results


def _topics_found(assistant: Assistant, answer: Answer) -> list[str]:
    """Topics of the best documents, in order, one each."""
    found: dict[str, str] = {}
    for identifier in answer.receipt.chunks:
        document = identifier.rpartition("#")[0]
        chunks = assistant.retriever.document(document.partition("/")[0], document)
        if chunks and chunks[0].topic:
            found.setdefault(document, chunks[0].topic)
    return list(dict.fromkeys(found.values()))


def rate(values: Iterable[bool | None]) -> tuple[float, int]:
    """Share of True among the judged values, and how many were judged."""
    judged = [value for value in values if value is not None]
    return (sum(judged) / len(judged) if judged else 0.0), len(judged)


def summary(results: Sequence[Result]) -> dict[str, tuple[float, int]]:
    """The rates the project steers on."""
    return {
        "onderwerp in eerste drie": rate(r.topic_in_top3 for r in results),
        "eerste bron: juiste onderwerp en gemeente": rate(r.first_right for r in results),
        "eerste bron: juiste pagina": rate(r.first_page for r in results),
        "verwacht feit in antwoord": rate(r.facts_present for r in results),
        "antwoord zonder andere gemeente": rate(not r.wrong_gemeente for r in results),
        "antwoord zonder ongedekt cijfer": rate(not r.unsupported for r in results),
    }


def main() -> None:
    """Print the rates per half, per group, and what went wrong."""
    parser = argparse.ArgumentParser(description="Meet Sam op de ontwikkelvragen.")
    parser.add_argument("--deel", choices=("ontwikkel", "onbekend", "alles"), default="alles")
    parser.add_argument("--fouten", action="store_true", help="toon elke vraag die fout ging")
    options = parser.parse_args()
    cases = [case for case in load_cases() if options.deel in ("alles", case.part)]
    assistant = Assistant(Settings())
    assistant.warm_up()
    results = run(assistant, cases)
    for part in sorted({case.part for case in cases}):
        chosen = [result for result in results if result.case.part == part]
        times = [result.answer.milliseconds for result in chosen]
        print(f"\n{part} ({len(chosen)} vragen), mediaan {statistics.median(times):.0f} ms")
        for name, (share, count) in summary(chosen).items():
            print(f"  {name:45} {share:6.1%}  (n={count})")
        groups: dict[str, list[Result]] = defaultdict(list)
        for result in chosen:
            groups[result.case.group].append(result)
        for group, members in sorted(groups.items()):
            topic, _ = rate(r.topic_in_top3 for r in members)
            first, count = rate(r.first_right for r in members)
            print(f"    {group:16} onderwerp {topic:6.1%}  eerste bron {first:6.1%}  (n={count})")
    if options.fouten:
        for result in results:
            _print_failure(result)


def _print_failure(result: Result) -> None:
    case, answer = result.case, result.answer
    if result.topic_in_top3 and result.first_right in (True, None) and not result.wrong_gemeente:
        return
    first = answer.citations[0].chunk.document if answer.citations else "-"
    topics = ", ".join(f"{slug} {p:.2f}" for slug, p in answer.receipt.topics[:3])
    print(f"\n{case.id} [{case.group}] {case.question}  ({case.gemeente})")
    print(f"   wil {case.topics} {case.pages[:2]}  kreeg {first} {answer.status.value}  | {topics}")


if __name__ == "__main__":
    main()

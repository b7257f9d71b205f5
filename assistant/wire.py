"""Answers and passages as JSON with Dutch names: the one mapping, used by the CLI and the API."""

from collections.abc import Sequence
from typing import Any

from assistant.types import Answer, Citation
from knowledge.types import Passage


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The answer as CONTRACT names its fields."""
    return {
        "id": answer.id,
        "gesprek": answer.conversation,
        "vraag": answer.question,
        "status": answer.status.value,
        "gemeente": answer.gemeente,
        "taal": answer.language,
        "tekst": answer.text,
        "zinnen": [{"tekst": s.text, "bronnen": list(s.citations)} for s in answer.sentences],
        "bronnen": [_citation(citation) for citation in answer.citations],
        "vervolg": [{"soort": link.kind, "label": link.label, "waarde": link.value} for link in answer.links],
        "keuzes": [{"label": choice.label, "waarde": choice.value} for choice in answer.choices],
        "generator": answer.generator,
        "controle": {
            "gegrond": answer.grounded,
            "verwijderde_zinnen": answer.removed,
            "woorden_per_zin": words_per_sentence(answer),
        },
        "duur_ms": round(answer.milliseconds, 1),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    chunk = citation.chunk
    return {
        "nummer": citation.number,
        "gemeente": chunk.scope,
        "onderwerp": chunk.topic,
        "titel": chunk.title,
        "kop": chunk.heading,
        "citaat": citation.quote,
        "url": chunk.source.url,
        "pagina": chunk.page,
        "peildatum": chunk.source.peildatum,
        "zekerheid": chunk.source.certainty,
        "waarschuwing": citation.warning,
    }


def words_per_sentence(answer: Answer) -> float:
    """Mean number of words in the answer's sentences; list items count as sentences. 0 without sentences."""
    lengths = [
        len(part.split())
        for sentence in answer.sentences
        for part in sentence.text.replace(";", "\n").splitlines()
        if part.strip()
    ]
    return round(sum(lengths) / len(lengths), 1) if lengths else 0.0


def passages_to_json(passages: Sequence[Passage]) -> dict[str, Any]:
    """Search results as CONTRACT names them, with the reasons for their place in `waarom`."""
    return {
        "passages": [
            {
                "rang": rank,
                "score": round(passage.score, 4),
                "gemeente": passage.chunk.scope,
                "onderwerp": passage.chunk.topic,
                "titel": passage.chunk.title,
                "kop": passage.chunk.heading,
                "tekst": passage.chunk.text,
                "url": passage.chunk.source.url,
                "pagina": passage.chunk.page,
                "peildatum": passage.chunk.source.peildatum,
                "waarom": list(passage.why),
            }
            for rank, passage in enumerate(passages, start=1)
        ]
    }

"""Turns the texts in `data/documenten` into PDFs, in one or two columns, with running heads and page numbers."""

import io
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer

_MARGIN = 2 * cm
_GAP = 1 * cm


def _frames(columns: int) -> list[Frame]:
    width, height = A4
    column = (width - 2 * _MARGIN - (columns - 1) * _GAP) / columns
    return [
        Frame(_MARGIN + i * (column + _GAP), _MARGIN, column, height - 2 * _MARGIN, leftPadding=0, rightPadding=0)
        for i in range(columns)
    ]


def _flow(lines: list[str]) -> list[Flowable]:
    styles = getSampleStyleSheet()
    story: list[Flowable] = []
    for line in lines:
        mark, _, rest = line.partition(" ")
        if mark in ("#", "##"):
            story.append(Paragraph(rest, styles["Title" if mark == "#" else "Heading2"]))
        elif line.strip():
            story += [Paragraph(line, styles["BodyText"]), Spacer(1, 0.2 * cm)]
    return story


def pdf_of(source: Path) -> bytes:
    """A PDF of a text with `#` and `##` headings; the line `columns: 2` asks for two columns."""
    lines = source.read_text(encoding="utf-8").splitlines()
    columns = next(int(line.split()[1]) for line in lines if line.startswith("columns:"))
    title = lines[0].removeprefix("# ")

    def running_head(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_MARGIN, A4[1] - 1.2 * cm, f"Gemeente Voorbeeldstad - {title}")
        canvas.drawRightString(A4[0] - _MARGIN, 1.2 * cm, f"Pagina {document.page}")

    target = io.BytesIO()
    book = BaseDocTemplate(target, pagesize=A4, title=title, author="Voorbeeldstad")
    book.addPageTemplates([PageTemplate(id="page", frames=_frames(columns), onPage=running_head)])
    book.build(_flow([line for line in lines if not line.startswith("columns:")]))
    return target.getvalue()

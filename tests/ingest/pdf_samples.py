"""PDF files for tests, made with reportlab as an ordinary program would make them."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Table

WIDTH, HEIGHT = A4
STYLES = getSampleStyleSheet()


def drawn(draw: Callable[[Canvas], object]) -> bytes:
    """A PDF drawn by hand."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def flowed(story: Sequence[Flowable], *, head: str = "", columns: int = 1, title: str = "") -> bytes:
    """A PDF laid out by reportlab, with a running head and a page number when `head` is given."""
    buffer = BytesIO()

    def decorate(canvas: Canvas, document: object) -> None:
        if head:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(20 * mm, HEIGHT - 10 * mm, head)
            canvas.drawRightString(WIDTH - 20 * mm, 10 * mm, f"Pagina {canvas.getPageNumber()}")

    if columns == 1:
        document = SimpleDocTemplate(buffer, pagesize=A4, title=title)
        document.build(list(story), onFirstPage=decorate, onLaterPages=decorate)
    else:
        gap, left = 10 * mm, 20 * mm
        width = (WIDTH - 2 * left - gap * (columns - 1)) / columns
        frames = [Frame(left + i * (width + gap), 20 * mm, width, HEIGHT - 40 * mm) for i in range(columns)]
        template = BaseDocTemplate(buffer, pagesize=A4, title=title)
        template.addPageTemplates(PageTemplate(frames=frames, onPage=decorate))
        template.build(list(story))
    return buffer.getvalue()


def heading(text: str) -> Paragraph:
    """A heading, bold and larger."""
    return Paragraph(text, STYLES["Heading2"])


def paragraph(text: str) -> Paragraph:
    """Body text."""
    return Paragraph(text, STYLES["BodyText"])


def table(rows: Sequence[Sequence[str]]) -> Table:
    """A table with plain cells."""
    return Table([list(row) for row in rows], colWidths=[60 * mm] + [45 * mm] * (len(rows[0]) - 1))


def lines_at(canvas: Canvas, x: float, y: float, lines: Iterable[str], *, leading: float = 14) -> float:
    """Draw lines under each other; gives the height under the last one."""
    for line in lines:
        canvas.drawString(x, y, line)
        y -= leading
    return y


def encrypted(data: bytes, *, user: str, algorithm: str) -> bytes:
    """The same PDF with a password."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(user_password=user, owner_password="eigenaar", algorithm=algorithm)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def scanned(pages: int = 2) -> bytes:
    """A PDF of pictures only."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader

    def draw(canvas: Canvas) -> None:
        for number in range(pages):
            picture = Image.new("L", (400, 560), 255)
            ImageDraw.Draw(picture).text((40, 40), f"Brief {number}", fill=0)
            canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
            canvas.showPage()

    return drawn(draw)

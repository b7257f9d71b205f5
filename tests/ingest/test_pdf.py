"""PDF files as they come: columns, running heads, tables, scans, passwords, and files that are broken."""

import logging
import re
import resource
import time
import warnings
import zlib
from collections import Counter
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnreadableDocumentError
from ingest.loaders.pdf import MAX_PAGES, load_pdf
from ingest.types import LoadedDocument
from tests.ingest.pdf_samples import (
    HEIGHT,
    drawn,
    encrypted,
    flowed,
    heading,
    lines_at,
    paragraph,
    scanned,
    table,
)

PLANS = Path(__file__).parents[3] / "shared" / "bronnen"
LEFT = (
    "Heeft u schulden en weet u niet meer hoe",
    "u verder moet? De gemeente kan u helpen",
    "met een plan dat bij u past. U hoeft het",
    "niet alleen te doen.",
    "",
    "Een medewerker kijkt samen met u naar uw",
    "inkomen en naar de rekeningen die nog",
    "open staan. Daarna maakt u samen een plan",
    "om de schulden stap voor stap af te lossen.",
    "Dat plan duurt meestal anderhalf jaar.",
)
RIGHT = (
    "Het gesprek is gratis en vertrouwelijk. U",
    "mag iemand meenemen, bijvoorbeeld een",
    "vriend of een vrijwilliger die u helpt met",
    "uw papieren. Dat maakt het vaak",
    "makkelijker om te praten.",
    "Neem een legitimatie mee en de laatste",
    "brieven die u heeft gekregen. Heeft u die",
    "brieven niet meer, dan is dat geen",
    "probleem: de medewerker vraagt ze op bij",
    "de bedrijven waar u een schuld heeft.",
)


def read(data: bytes, name: str = "plan.pdf") -> LoadedDocument:
    return load_pdf(data, name=name, url="https://voorbeeld.nl/plan.pdf")


def body(document: LoadedDocument) -> str:
    return "\n".join(text for section in document.sections for text in section.paragraphs)


def long_text(number: int) -> str:
    return (
        f"Deel {number} gaat over hulp bij geldzorgen in de gemeente. De hulp is gratis en u mag altijd iemand "
        "meenemen naar het gesprek. Samen met een medewerker maakt u een overzicht van uw inkomen en uw uitgaven."
    )


class TestStructure:
    def test_headings_paragraphs_and_pages(self) -> None:
        story = [part for n in range(1, 9) for part in (heading(f"Onderwerp {n}"), *map(paragraph, [long_text(n)] * 5))]
        document = read(flowed(story, title="Plan van aanpak"))
        assert document.title == "Plan van aanpak"
        assert {section.heading for section in document.sections} == {f"Onderwerp {n}" for n in range(1, 9)}
        assert [section.page for section in document.sections] == sorted(s.page or 0 for s in document.sections)
        assert document.sections[0].page == 1
        assert document.sections[-1].page == 3
        assert all(text == long_text(int(text[5])) for s in document.sections for text in s.paragraphs)

    def test_text_on_a_second_page_is_cited_to_that_page(self) -> None:
        document = read(flowed([heading("Wonen"), *(paragraph(long_text(n)) for n in range(1, 25))]))
        pages = {text: section.page for section in document.sections for text in section.paragraphs}
        assert pages[long_text(1)] == 1
        assert pages[long_text(24)] == 2
        assert {section.heading for section in document.sections} == {"Wonen"}

    def test_larger_headings_stand_above_smaller_ones(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setTitle("Nota armoedebeleid")
            y = 780.0
            for size, font, text in (
                (18, "Helvetica-Bold", "Hoofdstuk een"),
                (13, "Helvetica-Bold", "Bijstand"),
                (10, "Helvetica", "De bijstand is er voor mensen met te weinig inkomen."),
                (13, "Helvetica-Bold", "Schuldhulp"),
                (10, "Helvetica", "De gemeente helpt mensen met schulden."),
            ):
                canvas.setFont(font, size)
                canvas.drawString(60, y, text)
                y -= 30

        sections = read(drawn(draw)).sections
        assert [(section.path, section.heading) for section in sections] == [
            (("Hoofdstuk een",), "Bijstand"),
            (("Hoofdstuk een",), "Schuldhulp"),
        ]

    def test_a_bold_sentence_is_no_heading(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica-Bold", 11)
            canvas.drawString(60, 760, "Bel bij spoed altijd direct met de gemeente.")
            canvas.setFont("Helvetica", 11)
            lines_at(canvas, 60, 730, ["De gemeente heeft een nummer voor spoed.", "Dat nummer staat op de website."])

        document = read(drawn(draw))
        assert "Bel bij spoed altijd direct met de gemeente." in body(document)

    def test_title_falls_back_to_the_largest_line_and_then_the_name(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setTitle("Microsoft Word - concept3.docx")
            canvas.setFont("Helvetica-Bold", 20)
            canvas.drawString(60, 780, "Nota armoedebeleid")
            canvas.setFont("Helvetica", 10)
            lines_at(canvas, 60, 740, ["De gemeente wil dat iedereen kan meedoen.", "Daarvoor is dit beleid."])

        assert read(drawn(draw)).title == "Nota armoedebeleid"
        plain = drawn(lambda canvas: lines_at(canvas, 60, 740, [*LEFT, *RIGHT]))
        assert read(plain, "minima_beleid-2024.pdf").title == "minima beleid 2024"

    def test_the_date_a_document_states_is_its_peildatum(self) -> None:
        story = [heading("Jaarplan"), paragraph("31 oktober 2024"), *[paragraph(long_text(1))] * 4]
        assert read(flowed(story)).peildatum == "2024-10-31"
        assert read(flowed([heading("Plan"), *[paragraph(long_text(1))] * 4])).peildatum == "onbekend"

    def test_table_rows_carry_their_column_names(self) -> None:
        rows = [
            ("Situatie", "Inkomensgrens", "Toeslag"),
            ("Alleenstaand", "€ 1.400", "€ 450"),
            ("Paar", "€ 2.000", "€ 640"),
        ]
        document = read(flowed([heading("Bedragen"), paragraph(long_text(1)), table(rows), paragraph(long_text(2))]))
        assert "- Situatie: Alleenstaand; Inkomensgrens: € 1.400; Toeslag: € 450" in body(document)
        assert "- Situatie: Paar; Inkomensgrens: € 2.000; Toeslag: € 640" in body(document)
        assert long_text(2) in body(document)

    def test_bullets_become_one_list_under_its_lead(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 11)
            y = lines_at(canvas, 60, 780, ["Neem dit mee naar het gesprek:"])
            for item in ("een legitimatie", "uw laatste loonstrook"):
                canvas.drawString(60, y, "•")
                canvas.drawString(75, y, item)
                y -= 16

        assert read(drawn(draw)).sections[0].paragraphs == (
            "Neem dit mee naar het gesprek:\n- een legitimatie\n- uw laatste loonstrook",
        )

    def test_a_table_of_contents_is_left_out(self) -> None:
        contents = [(f"Onderwerp {n}", str(n + 2)) for n in range(1, 6)]
        story = [heading("Inhoudsopgave"), table(contents), heading("Onderwerp 1"), *[paragraph(long_text(1))] * 3]
        document = read(flowed(story))
        assert [section.heading for section in document.sections] == ["Onderwerp 1"]


class TestRunningHeads:
    def test_heads_feet_and_page_numbers_go(self) -> None:
        story = [paragraph(long_text(n)) for n in range(1, 70)]
        document = read(flowed(story, head="Plan van aanpak 2025"))
        assert "Plan van aanpak 2025" not in body(document)
        assert "Pagina" not in body(document)
        assert all(long_text(n) in body(document) for n in range(1, 70))

    def test_a_line_that_recurs_in_the_text_stays(self) -> None:
        def draw(canvas: Canvas) -> None:
            for _ in range(4):
                canvas.setFont("Helvetica", 11)
                lines_at(canvas, 60, 500, ["Let op: deze regeling is tijdelijk.", "Vraag de hulp op tijd aan."])
                canvas.showPage()

        assert body(read(drawn(draw))).count("Let op: deze regeling is tijdelijk.") == 4


class TestColumns:
    @staticmethod
    def check(document: LoadedDocument) -> None:
        text = " ".join(body(document).split())
        wanted = " ".join(line for line in LEFT if line), " ".join(RIGHT)
        assert text.index(wanted[0]) < text.index(wanted[1])

    def test_drawn_column_by_column(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 10)
            lines_at(canvas, 50, 760, LEFT)
            lines_at(canvas, 310, 760, RIGHT)

        self.check(read(drawn(draw)))

    def test_drawn_line_by_line_across_both(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 10)
            for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
                canvas.drawString(50, 760 - 14 * number, left)
                canvas.drawString(310, 760 - 14 * number, right)

        self.check(read(drawn(draw)))

    def test_a_title_over_both_and_a_line_under_both(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawString(50, 800, "Hulp bij schulden in de gemeente: zo werkt het")
            canvas.setFont("Helvetica", 10)
            lines_at(canvas, 310, 760, RIGHT)
            lines_at(canvas, 50, 760, LEFT)
            canvas.drawString(
                50, 560, "Deze folder is gemaakt door de gemeente samen met inwoners die zelf schulden hadden."
            )

        document = read(drawn(draw))
        self.check(document)
        assert body(document).rstrip().endswith("die zelf schulden hadden.")

    def test_text_that_goes_on_in_the_next_column_is_one_paragraph(self) -> None:
        story = [heading("Hulp"), *[paragraph(long_text(n)) for n in range(1, 41)]]
        document = read(flowed(story, columns=2, head="Regioplan"))
        text = [paragraph for section in document.sections for paragraph in section.paragraphs]
        assert text == [long_text(n) for n in range(1, 41)]

    def test_a_table_of_two_columns_is_no_two_columns(self) -> None:
        rows = [
            ("Almelo", "0546 000 000"),
            ("Borne", "074 000 000"),
            ("Hengelo", "074 000 001"),
            ("Losser", "053 000 000"),
        ]
        document = read(flowed([heading("Bellen"), paragraph(long_text(1)), table(rows)]))
        assert "- Borne: 074 000 000" in body(document)


class TestPublishedPlans:
    """Real plan documents, with the text they were made from beside them."""

    @pytest.mark.parametrize(
        ("name", "head", "pages"),
        [
            ("informatiepakket-2024", "Informatiepakket Twentse Koers", 17),
            ("jaarplan-2025", "Twentse Koers - Jaarplan 2025", 24),
            ("kwartaalupdate-2025-q4", "Twentse Koers - Even bijpraten Q4 2025", 5),
            ("regioplan-2023", "Regioplan Twente", 53),
            ("visie-en-uitgangspunten", "Integrale samenwerkingsagenda Twente", 6),
        ],
    )
    def test_nearly_every_word_comes_through_once(self, name: str, head: str, pages: int) -> None:
        if not (PLANS / f"{name}.pdf").exists():
            pytest.skip("the plan documents are not on this machine")
        document = read((PLANS / f"{name}.pdf").read_bytes(), f"{name}.pdf")
        words = re.compile(r"[^\W\d_]{3,}")
        wanted = Counter(words.findall((PLANS / f"{name}.txt").read_text(encoding="utf-8").casefold()))
        headed = "\n".join(" ".join((*s.path, s.heading, *s.paragraphs)) for s in document.sections)
        found = Counter(words.findall(headed.casefold()))
        assert document.title == head
        assert max(section.page or 0 for section in document.sections) >= pages - 1
        assert sum((wanted - found).values()) < 0.015 * sum(wanted.values())
        assert head not in {text for section in document.sections for text in section.paragraphs}


class TestUnreadable:
    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "leeg"),
            (b"%PDF-1.7\n", "beschadigd"),
            (b"%PDF-1.4 dit is geen pdf", "beschadigd"),
        ],
    )
    def test_nothing_in_it(self, data: bytes, message: str) -> None:
        with pytest.raises(UnreadableDocumentError, match=message):
            read(data)

    def test_no_pages(self) -> None:
        from io import BytesIO

        from pypdf import PdfWriter

        buffer = BytesIO()
        PdfWriter().write(buffer)
        with pytest.raises(UnreadableDocumentError, match="leeg"):
            read(buffer.getvalue())

    def test_pictures_only(self) -> None:
        with pytest.raises(UnreadableDocumentError, match=r"bestaat uit plaatjes.*\(OCR\)"):
            read(scanned())

    @pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
    def test_password(self, algorithm: str) -> None:
        plain = flowed([paragraph(long_text(1))] * 4)
        with pytest.raises(UnreadableDocumentError, match="wachtwoord"):
            read(encrypted(plain, user="geheim", algorithm=algorithm))
        assert body(read(encrypted(plain, user="", algorithm=algorithm))) == body(read(plain))

    @pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
    def test_cut_off(self, share: float) -> None:
        whole = flowed([paragraph(long_text(n)) for n in range(1, 60)])
        try:
            said = body(read(whole[: int(share * len(whole))]))
        except UnreadableDocumentError as error:
            said = str(error)
        assert re.search("beschadigd|leeg|plaatjes|Deel 1 gaat", said)

    def test_noise_in_the_file_gives_an_answer_or_our_error(self) -> None:
        whole = bytearray(flowed([paragraph(long_text(n)) for n in range(1, 10)]))
        for start in range(0, len(whole), 97):
            broken = bytes(whole[:start]) + b"\x00\xff<<" + bytes(whole[start + 4 :])
            try:
                read(broken)
            except UnreadableDocumentError:
                continue

    def test_pypdf_stays_quiet(self, caplog: pytest.LogCaptureFixture) -> None:
        whole = flowed([paragraph(long_text(n)) for n in range(1, 10)])
        with warnings.catch_warnings(), caplog.at_level(logging.WARNING):
            warnings.simplefilter("error")
            read(whole.replace(b"startxref\n", b"startxref\n1"))
        assert not [record for record in caplog.records if record.name.startswith("pypdf")]


class TestLimits:
    def test_five_hundred_pages_within_bounds(self) -> None:
        def draw(canvas: Canvas) -> None:
            for number in range(1, 501):
                canvas.setFont("Helvetica", 10)
                canvas.drawString(50, HEIGHT - 30, "Begroting van de gemeente")
                for paragraph_number in range(4):
                    lines_at(canvas, 50, 750 - 150 * paragraph_number, LEFT)
                canvas.drawString(500, 30, str(number))
                canvas.showPage()

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.monotonic()
        document = read(drawn(draw))
        assert max(section.page or 0 for section in document.sections) == 500
        assert "Begroting van de gemeente" not in body(document)
        assert time.monotonic() - started < 60
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes

    def test_too_many_pages(self) -> None:
        def draw(canvas: Canvas) -> None:
            for _ in range(MAX_PAGES + 1):
                canvas.drawString(50, 700, "Een bladzijde met wat tekst erop.")
                canvas.showPage()

        with pytest.raises(UnreadableDocumentError, match="te groot"):
            read(drawn(draw))

    def test_a_stream_that_blows_up_is_stopped(self) -> None:
        bomb = zlib.compress(b"(Hallo) Tj 0 -1 Td " * 12_000_000, 9)
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources"
            b" << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(bomb), bomb),
        ]
        data, offsets = b"%PDF-1.4\n", []
        for number, content in enumerate(objects, start=1):
            offsets.append(len(data))
            data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        start = len(data)
        data += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        data += b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
        started = time.monotonic()
        with pytest.raises(UnreadableDocumentError):
            read(data)
        assert time.monotonic() - started < 30

"""The programme as one printable page, and as the PDF made of it."""

from django.template.loader import render_to_string
from django.utils import translation

from actionprogram.contents import contents
from actionprogram.figures import as_csv
from actionprogram.rich_text import PaperWriter
from actionprogram.view_model import ProgrammeView
from haarlemveilig.pdf import Attachment, render_in_child

CSV = "text/csv"


def html(view: ProgrammeView) -> str:
    """The page that the PDF is made of."""
    context = {"programme": view, "contents": contents(view), "writer": PaperWriter(view.notes)}
    with translation.override("nl"):
        return render_to_string("actionprogram/programme_pdf.html", context)


def pdf(view: ProgrammeView) -> bytes:
    """The PDF, with the figures of every table attached. Takes seconds. Raises PdfError."""
    return render_in_child(html(view), attachments=attachments(view))


def attachments(view: ProgrammeView) -> list[Attachment]:
    """The tables as CSV, named after the chapter they stand in."""
    return [
        Attachment(
            name=f"{section.slug}-{number}.csv",
            media_type=CSV,
            data=as_csv(table).encode("utf-8-sig"),
            description=f"Cijfers bij {section.heading}",
        )
        for section in view.sections
        for number, table in enumerate(section.tables, 1)
    ]


def file_name(view: ProgrammeView) -> str:
    return f"actieprogramma-{view.year}.pdf"

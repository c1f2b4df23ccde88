"""Makes accessible, archivable PDF files of HTML pages. The only package that touches WeasyPrint."""

from haarlemveilig.pdf.child import render_in_child
from haarlemveilig.pdf.engine import render
from haarlemveilig.pdf.errors import PdfError
from haarlemveilig.pdf.finish import Attachment

__all__ = ["Attachment", "PdfError", "render", "render_in_child"]

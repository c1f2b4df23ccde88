"""The last touches and the last checks, when the PDF is complete but not yet written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from haarlemveilig.pdf.assets import ROOT_URL, asset_name
from haarlemveilig.pdf.errors import PdfError
from haarlemveilig.pdf.xmp import claim_pdf_ua

FAMILIES = frozenset({"Source Sans 3", "Source Serif 4"})


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF, such as the figures behind a table."""

    name: str
    media_type: str
    data: bytes
    description: str


def finish(document: Any, pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Claim PDF/UA, and refuse a file that would look or work differently than meant. Raises PdfError."""
    claim_pdf_ua(pdf)
    check_fonts(document.fonts.values())
    dictionaries = [entry for entry in pdf.objects if isinstance(entry, dict)]
    _check_links(dictionaries)
    _describe_attachments(pdf, dictionaries, attachments)


def check_fonts(fonts: Iterable[Any]) -> None:
    """Refuse fonts that are not ours, and letters that they do not have. Raises PdfError."""
    glyphs: dict[str, int] = {}
    for font in fonts:
        if font.missing:
            characters = ", ".join(f"“{chr(code)}” (U+{code:04X})" for code in sorted(font.missing))
            raise PdfError(f"Deze tekens staan niet in de lettertypen van de pdf: {characters}.")
        if font.family not in FAMILIES:
            raise PdfError(f"De pdf gebruikt een lettertype dat er niet bij hoort: {font.family}.")
        # WeasyPrint takes two files of one family and weight for the same font, and prints wrong letters.
        if glyphs.setdefault(font.hash, font.glyph_count) != font.glyph_count:
            raise PdfError(f"Er zijn twee verschillende bestanden voor één lettertype: {font.family}.")


def _check_links(dictionaries: Iterable[dict[str, Any]]) -> None:
    """A link such as `/wijken/` means nothing to somebody who has only the file."""
    for entry in dictionaries:
        target = entry.get("A", {}).get("URI") if entry.get("Subtype") == "/Link" else None
        if target is not None and target.string.startswith(ROOT_URL):
            raise PdfError(f"De link naar “/{asset_name(target.string)}” heeft geen volledig adres.")


def _describe_attachments(
    pdf: Any, dictionaries: Iterable[dict[str, Any]], attachments: Sequence[Attachment]
) -> None:
    """WeasyPrint guesses the media type from the name and lists each file twice; we know better."""
    media_types = {attachment.name: attachment.media_type for attachment in attachments}
    for entry in dictionaries:
        if entry.get("Type") == "/Filespec":
            content = pdf.objects[int(entry["EF"]["F"].split()[0])]
            content.extra["Subtype"] = "/" + media_types[entry["UF"].string].replace("/", "#2f")
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])

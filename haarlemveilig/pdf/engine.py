"""HTML in, one PDF out that is both PDF/A-3a (for the archive) and PDF/UA-1 (for readers)."""

import logging
import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

from haarlemveilig.pdf import assets as shelf
from haarlemveilig.pdf.errors import PdfError
from haarlemveilig.pdf.finish import Attachment, finish
from haarlemveilig.pdf.limits import LIMITS, Limits, check_depth, check_pages, check_size
from haarlemveilig.pdf.tagging import install_hook

FONT_CONFIGURATION = Path(__file__).with_name("fonts.conf")
VARIANT = "pdf/a-3a"
logger = logging.getLogger(__name__)


def render(
    html: str,
    *,
    assets: Mapping[str, bytes] | None = None,
    attachments: Sequence[Attachment] = (),
    limits: Limits = LIMITS,
) -> bytes:
    """Make the PDF of one HTML page in the style of print.css. Same input, same bytes. Raises PdfError.

    The page needs `<html lang>`, `<title>` and `<meta name="dcterms.created">`: every date in the file comes
    from the last. Images are found by name in `assets`. Links need a whole address.

    Memory and time are not bounded here: use `render_in_child` for whatever a user can make long.
    """
    check_size(html, limits)
    shelf.check_assets(assets or ())
    weasyprint = load_engine()
    with _plain_errors():
        source = weasyprint.HTML(
            string=html, base_url=shelf.ROOT_URL, url_fetcher=shelf.fetcher(assets or {})
        )
        check_depth(source.etree_element, limits)
        style, fonts = _style()
        document = source.render(font_config=fonts, stylesheets=[style], pdf_variant=VARIANT)
        check_pages(len(document.pages), limits)
        return _write(document, attachments)


def _write(document: Any, attachments: Sequence[Attachment]) -> bytes:
    created = _check_metadata(document.metadata)
    ordered = sorted(attachments, key=lambda attachment: attachment.name)
    embedded = [_embedded(attachment, created) for attachment in ordered]
    with warnings.catch_warnings():
        # WeasyPrint forgets to close its own colour profile.
        warnings.filterwarnings("ignore", message="unclosed file .*sRGB2014", category=ResourceWarning)
        pdf: bytes = document.write_pdf(
            finisher=partial(finish, attachments=ordered), pdf_variant=VARIANT, attachments=embedded
        )
    return pdf


def _check_metadata(metadata: Any) -> datetime:
    missing = [
        name
        for name, value in (
            ("de taal (lang)", metadata.lang),
            ("de titel (title)", metadata.title),
            ("de datum (dcterms.created)", metadata.created),
        )
        if not value
    ]
    if missing:
        raise PdfError(f"In het document ontbreekt {' en '.join(missing)}.")
    try:
        return datetime.fromisoformat(metadata.created)
    except ValueError as error:
        raise PdfError(f"De datum van het document klopt niet: {metadata.created}.") from error


def _embedded(attachment: Attachment, created: datetime) -> Any:
    return load_engine().Attachment(
        file_obj=BytesIO(attachment.data),
        name=attachment.name,
        description=attachment.description,
        created=created,
        modified=created,
        relationship="Data",
    )


@cache
def load_engine() -> Any:
    """WeasyPrint, loaded at first use: that takes most of a second, which web processes should not pay.

    From here on this process, and what it starts, finds only our own fonts. That is for good: Pango reads the
    environment from threads of its own, so changing it while they run can crash the process.
    """
    os.environ["FONTCONFIG_FILE"] = str(FONT_CONFIGURATION)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No fonts configured")  # that is just what we want
        import weasyprint
    if not install_hook():
        logger.warning("WeasyPrint %s has no hook for our tags: its own are used", weasyprint.VERSION)
    return weasyprint


@cache
def _style() -> tuple[Any, Any]:
    """The style sheet and its fonts, read once a process: in a run of letters they are half of the work."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheet = CSS(
        string=shelf.SHEET.read_text(encoding="utf-8"),
        base_url=shelf.SHEET_URL,
        url_fetcher=shelf.fetcher(shelf.font_files()),
        font_config=fonts,
    )
    return sheet, fonts


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn whatever the engine raises, or only logs, into a PdfError."""
    from weasyprint.urls import FatalURLFetchingError

    faults = _Faults()
    logging.getLogger("weasyprint").addHandler(faults)
    try:
        yield
    except FatalURLFetchingError as error:
        address = re.sub(r'^.*?"(.*)"$', r"\1", str(error))
        raise PdfError(f"Het document vraagt om “{shelf.asset_name(address)}”, en dat is er niet.") from error
    except RecursionError as error:
        raise PdfError("In het document zitten te veel onderdelen in elkaar.") from error
    finally:
        logging.getLogger("weasyprint").removeHandler(faults)
    if faults.messages:
        raise PdfError(f"Er zit een fout in het document: {faults.messages[0]}.")


class _Faults(logging.Handler):
    """Keeps what the engine logs as an error: a link to nowhere, an image that cannot be read."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

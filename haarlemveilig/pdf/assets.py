"""What a document may load: our fonts, and the files that the caller hands over. Nothing else."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from haarlemveilig.pdf.errors import PdfError

STATIC = Path(__file__).resolve().parents[2] / "static"
SHEET = STATIC / "css" / "print.css"
FONTS = STATIC / "vendor" / "fonts"
FONT_SUFFIXES = (".otf", ".ttf", ".woff", ".woff2")

# Relative names need something to be relative to. This top-level domain is reserved: no such site can exist.
ROOT_URL = "https://pdf.invalid/"
SHEET_URL = f"{ROOT_URL}css/print.css"
# A page may link print.css for whoever opens it in a browser; here it is loaded already.
LINKED_SHEET = re.compile(rf"{re.escape(ROOT_URL)}(?:.*/)?print(?:\.\w+)?\.css")


def font_files() -> dict[str, bytes]:
    """The fonts by the names that print.css gives them."""
    fonts = {f"vendor/fonts/{path.name}": path.read_bytes() for path in FONTS.glob("*.ttf")}
    if not fonts:
        raise PdfError("De lettertypen voor de pdf ontbreken. Draai eerst script/setup.")
    return fonts


def check_assets(names: Iterable[str]) -> None:
    """The fonts are shared by all documents of a process: a font of one would show in the next."""
    for name in names:
        if name.lower().endswith(FONT_SUFFIXES):
            raise PdfError(f"{name} is een lettertype, en die horen bij print.css.")


def fetcher(files: Mapping[str, bytes]) -> Any:
    """A WeasyPrint fetcher that knows these files and no others; any other address stops the rendering."""
    return _shelf_class()(files)


@cache
def _shelf_class() -> type[Any]:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Shelf(URLFetcher):
        """Never opens a connection or a file, whatever the address."""

        def __init__(self, files: Mapping[str, bytes]) -> None:
            super().__init__(allow_redirects=False, fail_on_errors=True)
            self._files = files

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            if LINKED_SHEET.fullmatch(url):
                return URLFetcherResponse(url, b"", {"Content-Type": "text/css"})
            return URLFetcherResponse(url, self._files[asset_name(url)])

    return Shelf


def asset_name(url: str) -> str:
    """The name of a file as the caller knows it, or the whole address when it points elsewhere."""
    return unquote(url.removeprefix(ROOT_URL)) if url.startswith(ROOT_URL) else url

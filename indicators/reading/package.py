"""Opening a workbook, which is a zip with XML in it: what is unsafe or unreadable is refused with a way out."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError  # only the types: defusedxml does the reading

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from indicators.table_file import TableFileError

ZIP_SIGNATURE = b"PK\x03\x04"
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
# Unpacked; a workbook with 100,000 rows needs about half of this.
MAX_UNPACKED = 100_000_000
# Each element begins and ends; a large workbook has a few million.
MAX_EVENTS = 8_000_000
MAX_DEPTH = 200
_EVENTS = ("start", "end")
_ENCRYPTED_PARTS = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))

LOCKED = "Dit bestand heeft een wachtwoord. Haal het wachtwoord eraf en kies het bestand opnieuw."
OLD_EXCEL = "Dit is een oud Excel-bestand (.xls). Open het in Excel, sla het op als .xlsx en kies het bestand opnieuw."
MACROS = "In dit bestand zitten macro’s. Sla het op als gewone werkmap (.xlsx of .ods), zonder macro’s."
BROKEN = (
    "Dit werkblad is beschadigd. Open het in Excel of LibreOffice, sla het opnieuw op en kies het dan weer."
)
TOO_LARGE = "Dit werkblad is uitgepakt te groot. Zet alleen de tabel met cijfers in een nieuw bestand."


class Package:
    """The parts of a workbook. Raises TableFileError when it cannot be used."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise TableFileError(BROKEN) from None
        self.names = frozenset(self._zip.namelist())
        self._refuse_the_unsafe()

    def _refuse_the_unsafe(self) -> None:
        if any(part.flag_bits & 1 for part in self._zip.infolist()):
            raise TableFileError(LOCKED)
        if sum(part.file_size for part in self._zip.infolist()) > MAX_UNPACKED:
            raise TableFileError(TOO_LARGE)
        if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in self.names):
            raise TableFileError(MACROS)
        manifest = "META-INF/manifest.xml"
        if manifest in self.names and b"encryption-data" in self.read(manifest):
            raise TableFileError(LOCKED)

    def read(self, name: str) -> bytes:
        """A whole part; empty when it is not there."""
        if name not in self.names:
            return b""
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, OSError, ValueError):
            raise TableFileError(BROKEN) from None

    def elements(self, name: str, *wanted: str) -> Iterator[Element]:
        """The elements with these names (without namespace) as they end; each is forgotten after use.

        An element within a wanted one comes first only if it is wanted itself, and is then already empty.
        """
        within: list[Element] = []
        kept = 0
        try:
            for count, (event, element) in enumerate(iterparse(io.BytesIO(self.read(name)), _EVENTS)):
                if count > MAX_EVENTS or len(within) > MAX_DEPTH:
                    raise TableFileError(TOO_LARGE)
                is_wanted = local(element.tag) in wanted
                if event == "start":
                    within.append(element)
                    kept += is_wanted
                    continue
                within.pop()
                if is_wanted:
                    kept -= 1
                    yield element
                    element.clear()
                if within and not kept:
                    del within[-1][-1]
        except (ParseError, DefusedXmlException, LookupError, ValueError):
            raise TableFileError(BROKEN) from None


def refuse_old(content: bytes) -> None:
    """Raises TableFileError for the older container that passwords and .xls files come in."""
    if content.startswith(OLE_SIGNATURE):
        locked = any(part in content for part in _ENCRYPTED_PARTS)
        raise TableFileError(LOCKED if locked else OLD_EXCEL)


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace: two kinds of XLSX differ only in that."""
    return tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace; "" when it is not there."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")

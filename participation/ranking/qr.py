"""QR codes as one path, for a drawing that the PDF engine reads quickly."""

from dataclasses import dataclass
from itertools import groupby

import qrcode

BORDER = 4


@dataclass(frozen=True)
class QrCode:
    """`path` of black modules in a square of `size` units, the quiet zone included."""

    path: str
    size: int


def qr_code(text: str) -> QrCode:
    """The QR code of a text, with room for a fold or a stain."""
    maker = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=BORDER)
    maker.add_data(text)
    maker.make(fit=True)
    rows = maker.get_matrix()
    return QrCode(path="".join(_row(row, y) for y, row in enumerate(rows)), size=len(rows))


def _row(row: list[bool], y: int) -> str:
    """Modules side by side as one rectangle: separate ones show hairlines between them in print."""
    runs, x = [], 0
    for is_black, group in groupby(row):
        width = len(list(group))
        if is_black:
            runs.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(runs)

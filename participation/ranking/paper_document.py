"""The paper form: the ballot's own texts as an accessible PDF, with or without a code."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from haarlemveilig.gemeente.selectors import age_bands, municipality
from haarlemveilig.pdf import render_in_child
from participation.ranking import paper_order
from participation.ranking.models import Round
from participation.ranking.qr import QrCode, qr_code
from participation.ranking.selectors import BallotTheme, ballot_themes

FORMS_PER_FILE = 50
MOST_BOXES = 5


@dataclass(frozen=True)
class PaperCode:
    """What stands on one form: its code in letters, the address behind the QR code, its number in the batch."""

    code: str
    address: str
    number: int


@dataclass(frozen=True)
class PaperForm:
    """One form. Without a code there is room to write one."""

    letter: str
    themes: Sequence[BallotTheme]
    code: str = ""
    address: str = ""
    number: int = 0
    qr: QrCode | None = None


def blank_forms(round_: Round, *, all_orders: bool) -> bytes:
    """One form without a code, or one in each order for a pile. Raises PdfError."""
    themes = ballot_themes(round_)
    letters = paper_order.letters(len(themes))
    chosen = letters if all_orders else letters[:1]
    return _pdf(round_, [PaperForm(letter, paper_order.in_order(themes, letter)) for letter in chosen])


def forms_with_codes(round_: Round, codes: Sequence[PaperCode]) -> bytes:
    """A form per code; at most FORMS_PER_FILE at a time, or the engine takes too long. Raises PdfError."""
    themes = ballot_themes(round_)
    return _pdf(round_, [_with_code(code, themes) for code in codes])


def _with_code(code: PaperCode, themes: Sequence[BallotTheme]) -> PaperForm:
    letter = paper_order.letter_of(code.number, len(themes))
    return PaperForm(
        letter=letter,
        themes=paper_order.in_order(themes, letter),
        code=code.code,
        address=code.address,
        number=code.number,
        qr=qr_code(code.address),
    )


def _pdf(round_: Round, forms: Sequence[PaperForm]) -> bytes:
    return render_in_child(html(round_, forms))


def html(round_: Round, forms: Sequence[PaperForm]) -> str:
    """The page that the PDF is made of."""
    city = municipality()
    context = {
        "round": round_,
        "forms": forms,
        "city": city,
        "language": translation.get_language() or "nl",
        # The same form gives the same file, whenever it is made.
        "dated": timezone.localdate(round_.opens_at).isoformat(),
        "numbers": range(1, round_.k + 1),
        "has_boxes": round_.k <= MOST_BOXES,
        "bands": [band.code for band in age_bands()] if round_.asks_group else [],
        "return_address": settings.PAPER_RETURN_ADDRESS,
    }
    return render_to_string("ranking/paper/forms.html", context)


def blank_name(round_: Round) -> str:
    return f"formulier-{round_.code}.pdf"

"""The last checks before a PDF is written."""

from types import SimpleNamespace

import pytest

from haarlemveilig.pdf import PdfError
from haarlemveilig.pdf.finish import check_fonts


def font(
    *, family: str = "Source Sans 3", glyphs: int = 231, missing: tuple[str, ...] = ()
) -> SimpleNamespace:
    codes = {ord(character): 0 for character in missing}
    return SimpleNamespace(family=family, hash=family, glyph_count=glyphs, missing=codes)


def test_it_is_content_with_our_own_fonts():
    check_fonts([font(), font(family="Source Serif 4", glyphs=240), font()])


def test_it_refuses_a_font_of_somebody_else():
    with pytest.raises(PdfError, match="lettertype dat er niet bij hoort: DejaVu Sans"):
        check_fonts([font(), font(family="DejaVu Sans")])


def test_it_names_the_characters_that_no_font_has():
    with pytest.raises(PdfError, match=r"“→” \(U\+2192\), “≥” \(U\+2265\)"):
        check_fonts([font(missing=("≥", "→"))])


def test_it_refuses_two_files_for_one_font_which_would_print_wrong_letters():
    with pytest.raises(PdfError, match="twee verschillende bestanden voor één lettertype"):
        check_fonts([font(), font(glyphs=563)])

"""Formulas that failed, as spreadsheets print them in Dutch and English: no figure, and no text either. Pure."""

import re

# #N/B, #DEEL/0!, #NAAM?, in LibreOffice Err:502 or Fout:502, and ### where a column was too narrow.
_FAILED = re.compile(r"#N/[AB]|#[A-Z/0-9]{3,}[!?]|(?:ERR|FOUT):[0-9]{3}|#{2,}", re.IGNORECASE)


def is_failed(text: str) -> bool:
    """Whether a text stands where a spreadsheet could not work out a formula."""
    return bool(_FAILED.fullmatch(text.strip()))


def failed(text: str) -> str:
    """What to say of it, and what to do."""
    return f"hier staat ‘{text[:40]}’: een formule die niet uitkomt. Herstel hem, of typ wat er moet staan."

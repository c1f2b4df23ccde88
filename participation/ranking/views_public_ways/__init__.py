"""The ways into a round, one module each; `start` is the page on which people choose between them."""

from participation.ranking.views_public_ways.email import email_code, new_email_code, with_email
from participation.ranking.views_public_ways.letter import letter, with_code
from participation.ranking.views_public_ways.openid import sign_in, signed_in
from participation.ranking.views_public_ways.start import other_wijk, start

__all__ = [
    "email_code",
    "letter",
    "new_email_code",
    "other_wijk",
    "sign_in",
    "signed_in",
    "start",
    "with_code",
    "with_email",
]

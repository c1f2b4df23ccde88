"""The writes of this app: rounds, codes, ballots, closing, counting, publishing."""

from participation.ranking.services.casting import Choice, Voter, cast, receipt_of
from participation.ranking.services.closing import close_round
from participation.ranking.services.codes import code_key, make_codes, round_with_code, voter_with_code
from participation.ranking.services.counting import count_round
from participation.ranking.services.errors import CodeRefused, RoundClosed, RoundError
from participation.ranking.services.publishing import publish_round
from participation.ranking.services.rounds import faults_before_opening, move_end, open_round

__all__ = [
    "Choice",
    "CodeRefused",
    "RoundClosed",
    "RoundError",
    "Voter",
    "cast",
    "close_round",
    "code_key",
    "count_round",
    "faults_before_opening",
    "make_codes",
    "move_end",
    "open_round",
    "publish_round",
    "receipt_of",
    "round_with_code",
    "voter_with_code",
]

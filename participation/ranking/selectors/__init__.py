from participation.ranking.selectors.results import (
    LATEST_RESULT,
    PublishedRound,
    latest_result,
    result_for_year,
    result_of_round,
)
from participation.ranking.selectors.rounds import (
    BallotTheme,
    ballot_themes,
    last_closed_round,
    open_round,
    open_rounds,
    taking_part_in,
)

__all__ = [
    "LATEST_RESULT",
    "BallotTheme",
    "PublishedRound",
    "ballot_themes",
    "last_closed_round",
    "latest_result",
    "open_round",
    "open_rounds",
    "result_for_year",
    "result_of_round",
    "taking_part_in",
]

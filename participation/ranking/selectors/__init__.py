from participation.ranking.selectors.results import (
    LATEST_RESULT,
    PDF,
    PublishedRound,
    latest_result,
    published_files,
    published_results,
    result_for_year,
    result_of_edition,
    result_of_round,
    result_pdf,
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
    "PDF",
    "BallotTheme",
    "PublishedRound",
    "ballot_themes",
    "last_closed_round",
    "latest_result",
    "open_round",
    "open_rounds",
    "published_files",
    "published_results",
    "result_for_year",
    "result_of_edition",
    "result_of_round",
    "result_pdf",
    "taking_part_in",
]

"""The states of a round: one table of arrows, each with its reason. Pure."""

ARROWS: dict[tuple[str, str], str] = {
    ("draft", "open"): "de controlelijst is afgewerkt en de ronde begint",
    ("open", "closed"): "de tijd is om; sluiten is definitief",
    ("closed", "counted"): "de stembiljetten zijn neergelegd en geteld",
    ("counted", "published"): "de uitslag mag naar buiten",
}


def may_go(state: str, to: str) -> bool:
    """Whether a round in `state` may go to `to`. There is no way back, by design."""
    return (state, to) in ARROWS

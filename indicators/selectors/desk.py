"""What waits for somebody on the page of figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.selectors.definitions import indicator_lines
from indicators.selectors.publishing import unpublished_indicators
from indicators.selectors.tables import TableSummary
from indicators.selectors.targets import WaitingTarget, waiting_targets

TARGETS_SHOWN = 10


@dataclass(frozen=True)
class Desk:
    """How much is uncertain (rows to confirm), unseen by readers and without a definition; targets to explain."""

    targets: tuple[WaitingTarget, ...]
    uncertain: int
    unpublished: int
    incomplete: int

    @property
    def targets_shown(self) -> tuple[WaitingTarget, ...]:
        return self.targets[:TARGETS_SHOWN]

    @property
    def targets_hidden(self) -> tuple[WaitingTarget, ...]:
        return self.targets[TARGETS_SHOWN:]

    @property
    def is_clear(self) -> bool:
        return not (self.targets or self.uncertain or self.unpublished or self.incomplete)


def desk(tables: Sequence[TableSummary]) -> Desk:
    """What waits, given the tables. Three queries."""
    return Desk(
        targets=tuple(waiting_targets()),
        uncertain=sum(table.proposed for table in tables),
        unpublished=unpublished_indicators().count(),
        incomplete=len(indicator_lines(only_incomplete=True)),
    )

"""What may go wrong, in the words of the person who reads it."""

from collections.abc import Sequence

from actionprogram.draft import Difference
from actionprogram.faults import Fault


class ProgrammeError(Exception):
    """The programme cannot be read, changed or made as asked; the message says why."""


class SectionChangedError(ProgrammeError):
    """Somebody else saved the section meanwhile. `version` is the one to go on from."""

    def __init__(self, version: int, differences: Sequence[Difference]) -> None:
        super().__init__("Iemand anders heeft dit hoofdstuk intussen bewaard. Uw tekst staat er nog.")
        self.version = version
        self.differences = tuple(differences)


class NotPublishableError(ProgrammeError):
    """Some faults have to be solved first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("Het programma kan nog niet naar buiten. Los eerst de fouten op.")
        self.faults = tuple(faults)

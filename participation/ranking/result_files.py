"""What stands in each file that comes with a result, for who wants to count again."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from haarlemveilig.editions.models import EditionFile


@dataclass(frozen=True)
class DescribedFile:
    """A file with what it holds, in plain words ("" for one we know nothing of)."""

    name: str
    text: str
    size: int
    sha256: str

    @property
    def kilobytes(self) -> int:
        """Rounded up, so that no file seems empty."""
        return -(-self.size // 1000)


def described(file: EditionFile) -> DescribedFile:
    return DescribedFile(file.name, _texts().get(file.name, ""), file.size, file.sha256)


def _texts() -> dict[str, str]:
    return {
        "ballots.csv": _(
            "Alle stembiljetten: per biljet het bewijs, het gebied en de keuze. Geen naam, tijd of leeftijd."
        ),
        "apart.csv": _("De bewijzen van stembiljetten die niet meetelden, na een besluit van twee mensen."),
        "cells.csv": _("Per gebied en groep: hoeveel mensen meededen en hoe vaak elk onderwerp is gekozen."),
        "covariance.csv": _("Per gebied: hoe de aandelen samen schommelen. Hieruit komen de marges."),
        "pairwise.csv": _("Per gebied en paar onderwerpen: hoeveel mensen het ene boven het andere zetten."),
        "results.csv": _("Per gebied en onderwerp: alle cijfers die op deze site staan."),
        "manifest.json": _("Wat de ronde was: de instellingen, aantallen en controlegetallen."),
        "verify.py": _("Een script dat de telling helemaal opnieuw doet. Het heeft alleen Python nodig."),
        "verify_intervals.py": _(
            "Een script dat de marges en plaatsen opnieuw uitrekent. Het heeft numpy nodig."
        ),
    }

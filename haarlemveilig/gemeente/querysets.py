from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    # Named in the strings below, which ruff does not read.
    from haarlemveilig.gemeente.models import AreaVersion, PopulationCell, Postcode, Theme  # noqa: F401


class AreaVersionQuerySet(models.QuerySet["AreaVersion"]):
    def in_year(self, year: int) -> "AreaVersionQuerySet":
        return self.filter(year=year).select_related("area", "parent")

    def wijken(self) -> "AreaVersionQuerySet":
        return self.filter(area__level="wijk")

    def stadsdelen(self) -> "AreaVersionQuerySet":
        return self.filter(area__level="stadsdeel")


class PopulationQuerySet(models.QuerySet["PopulationCell"]):
    def groups(self) -> "PopulationQuerySet":
        """Cells of one age band and one gender, as a ballot may ask for them."""
        return self.exclude(gender="").filter(age_from__gt=0)


class PostcodeQuerySet(models.QuerySet["Postcode"]):
    def for_code(self, code: str) -> "PostcodeQuerySet":
        """All rows of one postcode, written as four digits and two capitals."""
        return self.filter(code=code).select_related("wijk")


class ThemeQuerySet(models.QuerySet["Theme"]):
    def safety(self) -> "ThemeQuerySet":
        return self.filter(kind="safety")

    def enforcement(self) -> "ThemeQuerySet":
        return self.filter(kind="enforcement")

    def named(self, name: str) -> "ThemeQuerySet":
        """Themes that carry this name or alias, whatever its capitals."""
        return self.filter(models.Q(aliases__name__iexact=name) | models.Q(name__nl__iexact=name)).distinct()

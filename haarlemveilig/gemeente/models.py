from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from haarlemveilig.gemeente.querysets import (
    AreaVersionQuerySet,
    PopulationQuerySet,
    PostcodeQuerySet,
    ThemeQuerySet,
)
from haarlemveilig.localized import LocalizedTextField


class Municipality(models.Model):
    """The profile of the one municipality this installation serves."""

    code = models.CharField(
        "CBS-code", max_length=6, validators=[RegexValidator(r"^GM\d{4}$", "Bijvoorbeeld GM0392.")]
    )
    name = models.CharField("naam", max_length=100)
    site_name = models.CharField("naam van de site", max_length=100)
    phone = models.CharField("telefoon", max_length=30)
    phone_link = models.CharField("telefoonlink", max_length=40)
    area_year = models.PositiveSmallIntegerField("jaar van de gebiedsindeling")
    policy_name = models.CharField("naam van het beleid", max_length=200)
    programme_name = models.CharField("naam van het jaarprogramma", max_length=200)
    level_names = models.JSONField("namen van de gebiedsniveaus", default=dict, blank=True)

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeente"

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A place that keeps its code over the years; what changes is in AreaVersion."""

    class Level(models.TextChoices):
        GEMEENTE = "gemeente", "gemeente"
        STADSDEEL = "stadsdeel", "stadsdeel"
        WIJK = "wijk", "wijk"
        BUURT = "buurt", "buurt"

    level = models.CharField("niveau", max_length=10, choices=Level.choices)
    code = models.CharField("code", max_length=100)
    slug = models.SlugField("naam in adressen", max_length=80, unique=True)

    class Meta:
        verbose_name = "gebied"
        verbose_name_plural = "gebieden"
        ordering = ["level", "code"]
        constraints = [models.UniqueConstraint(fields=["level", "code"], name="area_code_once_per_level")]

    def __str__(self) -> str:
        return self.code


class AreaVersion(models.Model):
    """What an area is called and where it lies, from one year's map."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="versions", verbose_name="gebied")
    year = models.PositiveSmallIntegerField("jaar")
    name = models.CharField("naam", max_length=100)
    short_name = models.CharField("korte naam", max_length=6, blank=True)
    hyphenated_name = models.CharField("naam met afbreekplekken", max_length=120, blank=True)
    parent = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="child_versions", verbose_name="ligt in"
    )
    tile_row = models.PositiveSmallIntegerField("rij op de tegelkaart", null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField("kolom op de tegelkaart", null=True, blank=True)
    neighbours = models.ManyToManyField(
        Area, blank=True, related_name="neighbour_versions", verbose_name="buren"
    )
    successors = models.ManyToManyField(
        Area, blank=True, related_name="predecessor_versions", verbose_name="opvolgers"
    )

    objects = AreaVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "gebied in een jaar"
        verbose_name_plural = "gebieden per jaar"
        ordering = ["year", "area__code"]
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="area_once_per_year")]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """In which wijk a postcode lies. Only a postcode in two wijken has rows with a house number."""

    code = models.CharField("postcode", max_length=6)
    house_number = models.PositiveIntegerField("huisnummer", null=True, blank=True)
    wijk = models.ForeignKey(Area, models.CASCADE, related_name="+", verbose_name="wijk")

    objects = PostcodeQuerySet.as_manager()

    class Meta:
        verbose_name = "postcode"
        verbose_name_plural = "postcodes"
        ordering = ["code", "house_number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "house_number"], name="postcode_house_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(house_number__isnull=True), name="postcode_whole_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.house_number or ''}".strip()


class PopulationCell(models.Model):
    """How many people of one age band and gender live in an area; an unknown number is null."""

    class Gender(models.TextChoices):
        ALL = "", "allen"
        MEN = "m", "mannen"
        WOMEN = "v", "vrouwen"

    area = models.ForeignKey(Area, models.CASCADE, related_name="population", verbose_name="gebied")
    year = models.PositiveSmallIntegerField("jaar")
    gender = models.CharField(
        "geslacht", max_length=1, choices=Gender.choices, blank=True, default=Gender.ALL
    )
    age_from = models.PositiveSmallIntegerField("vanaf leeftijd", default=0)
    age_below = models.PositiveSmallIntegerField("jonger dan", null=True, blank=True)
    count = models.PositiveIntegerField("aantal", null=True, blank=True)
    source = models.CharField("bron", max_length=200)

    objects = PopulationQuerySet.as_manager()

    class Meta:
        verbose_name = "bevolkingscel"
        verbose_name_plural = "bevolkingscellen"
        ordering = ["area", "year", "gender", "age_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "year", "gender", "age_from", "age_below"], name="population_cell_once"
            ),
            # SQLite cannot say in one constraint that two open ends are the same.
            models.UniqueConstraint(
                fields=["area", "year", "gender", "age_from"],
                condition=Q(age_below__isnull=True),
                name="population_open_ended_cell_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.year} {self.gender}{self.age_from}: {self.count}"


class Theme(models.Model):
    """A safety theme: what residents rank, what figures and chapters are about."""

    class Kind(models.TextChoices):
        SAFETY = "safety", "veiligheidsthema"
        ENFORCEMENT = "enforcement", "handhavingsthema"

    code = models.SlugField("code", max_length=40, unique=True)
    kind = models.CharField("soort", max_length=12, choices=Kind.choices, default=Kind.SAFETY)
    name = LocalizedTextField("naam")
    description = LocalizedTextField("uitleg", blank=True)
    role_gemeente = LocalizedTextField("wat de gemeente doet", blank=True)
    role_politie = LocalizedTextField("wat de politie doet", blank=True)
    role_bewoners = LocalizedTextField("wat bewoners doen", blank=True)
    icon = models.CharField("pictogram", max_length=500, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema's"
        ordering = ["kind", "order", "code"]

    def __str__(self) -> str:
        return str(self.name)


class ThemeAlias(models.Model):
    """Another name under which documents and tables know a theme."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="aliases", verbose_name="thema")
    name = models.CharField("andere naam", max_length=120, unique=True)

    class Meta:
        verbose_name = "andere naam van een thema"
        verbose_name_plural = "andere namen van thema's"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

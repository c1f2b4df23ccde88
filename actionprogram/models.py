import uuid

from django.db import models
from django.db.models import F, Q

from haarlemveilig.gemeente.models import Area, Theme
from haarlemveilig.localized import LocalizedTextField
from indicators.models import IndicatorTable
from priorities.models import PolicyPeriod


class Actieprogramma(models.Model):
    """The programme of one year, as it is being written. What readers see is an Edition."""

    year = models.PositiveSmallIntegerField("jaar", unique=True)
    period = models.ForeignKey(
        PolicyPeriod, models.PROTECT, related_name="programmes", verbose_name="beleidsperiode"
    )
    title = LocalizedTextField("titel")
    subtitle = LocalizedTextField("ondertitel", blank=True)
    # The date that the PDF carries: from here and never the clock, so that the same text gives the same file.
    dated = models.DateField("datum op het document")
    is_synthetic = models.BooleanField("verzonnen tekst", default=False)

    class Meta:
        verbose_name = "actieprogramma"
        verbose_name_plural = "actieprogramma's"
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.title)


class Block(models.Model):
    """Anything with an address of its own: comments, questions and references hang on its UUID."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        abstract = True


class Section(Block):
    """A chapter or part of one. Its number follows from the tree."""

    class Kind(models.TextChoices):
        FOREWORD = "foreword", "voorwoord"
        TEXT = "text", "tekst"
        GROUP = "group", "hoofdstuk"
        PRIORITY = "priority", "prioriteit"
        THEME = "theme", "thema"

    programme = models.ForeignKey(
        Actieprogramma, models.CASCADE, related_name="sections", verbose_name="actieprogramma"
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="valt onder"
    )
    kind = models.CharField("soort", max_length=10, choices=Kind.choices, default=Kind.TEXT)
    title = LocalizedTextField("titel")
    # Stays when the title changes: people have linked to it.
    slug = models.SlugField("naam in adressen", max_length=80)
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="sections", verbose_name="thema"
    )
    # Raised by every save: who saves an older version is shown what changed meanwhile.
    version = models.PositiveIntegerField("versie", default=0)

    class Meta:
        verbose_name = "hoofdstuk"
        verbose_name_plural = "hoofdstukken"
        ordering = ["programme", "order"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="section_not_under_itself"),
            models.UniqueConstraint(fields=["programme", "slug"], name="section_slug_once"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class TextBlock(Block):
    """A piece of text in a section; rich text is sanitised HTML."""

    class Kind(models.TextChoices):
        TEXT = "text", "tekst"
        HEADING = "heading", "tussenkop"
        AMBITION = "ambition", "ambitie"
        OBJECTIVE = "objective", "doelstelling"

    section = models.ForeignKey(Section, models.CASCADE, related_name="text_blocks", verbose_name="hoofdstuk")
    kind = models.CharField("soort", max_length=10, choices=Kind.choices, default=Kind.TEXT)
    html = LocalizedTextField("tekst")

    class Meta:
        verbose_name = "tekstblok"
        verbose_name_plural = "tekstblokken"
        ordering = ["section", "order"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Actielijn(Block):
    """A line of action under a priority."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="actielijnen", verbose_name="hoofdstuk")
    title = LocalizedTextField("titel")

    class Meta:
        verbose_name = "actielijn"
        verbose_name_plural = "actielijnen"
        ordering = ["section", "order"]

    def __str__(self) -> str:
        return str(self.title)


class Actie(Block):
    """One thing that will be done, and by whom."""

    actielijn = models.ForeignKey(Actielijn, models.CASCADE, related_name="acties", verbose_name="actielijn")
    text = LocalizedTextField("tekst")
    owner = models.CharField("eigenaar", max_length=120, blank=True)
    recurrence = models.CharField("hoe vaak", max_length=120, blank=True)

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"
        ordering = ["actielijn", "order"]

    def __str__(self) -> str:
        return str(self.text)


class WhatHow(Block):
    """A row of "wat gaan we doen / hoe gaan we dit doen"."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="what_hows", verbose_name="hoofdstuk")
    what = LocalizedTextField("wat gaan we doen")

    class Meta:
        verbose_name = "wat en hoe"
        verbose_name_plural = "wat en hoe"
        ordering = ["section", "order"]

    def __str__(self) -> str:
        return str(self.what)


class HowItem(Block):
    """One way in which a what is done."""

    what_how = models.ForeignKey(WhatHow, models.CASCADE, related_name="items", verbose_name="wat")
    text = LocalizedTextField("hoe")

    class Meta:
        verbose_name = "hoe"
        verbose_name_plural = "hoe"
        ordering = ["what_how", "order"]

    def __str__(self) -> str:
        return str(self.text)


class Focuslocatie(Block):
    """What gets extra attention in one stadsdeel, printed as written."""

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="focuslocaties", verbose_name="hoofdstuk"
    )
    stadsdeel = models.ForeignKey(
        Area, models.PROTECT, related_name="focuslocaties", verbose_name="stadsdeel"
    )
    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="focuslocaties",
        verbose_name="handhavingsthema",
    )
    text = LocalizedTextField("tekst")

    class Meta:
        verbose_name = "focuslocatie"
        verbose_name_plural = "focuslocaties"
        ordering = ["section", "order"]

    def __str__(self) -> str:
        return str(self.text)


class TablePlacement(Block):
    """An indicator table in a section."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="tables", verbose_name="hoofdstuk")
    table = models.ForeignKey(IndicatorTable, models.PROTECT, related_name="placements", verbose_name="tabel")
    # The table itself knows no footnotes: they belong to the document it stands in.
    notes = models.JSONField("voetnoten bij rijen", default=dict, blank=True)

    class Meta:
        verbose_name = "tabel in een hoofdstuk"
        verbose_name_plural = "tabellen in hoofdstukken"
        ordering = ["section", "order"]
        constraints = [models.UniqueConstraint(fields=["section", "table"], name="table_once_per_section")]

    def __str__(self) -> str:
        return str(self.table_id)


class Footnote(models.Model):
    """A note that any text, label or cell calls as [^key]; its number follows from the order of use."""

    programme = models.ForeignKey(
        Actieprogramma, models.CASCADE, related_name="footnotes", verbose_name="actieprogramma"
    )
    key = models.SlugField("kenmerk", max_length=60)
    text = LocalizedTextField("tekst")

    class Meta:
        verbose_name = "voetnoot"
        verbose_name_plural = "voetnoten"
        ordering = ["programme", "key"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="footnote_key_once")]

    def __str__(self) -> str:
        return self.key

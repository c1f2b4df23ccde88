import uuid

from django.db import models

from haarlemveilig.gemeente.models import Theme
from indicators.columns import Column
from indicators.models.figures import Series
from indicators.models.names import Direction


class IndicatorTable(models.Model):
    """A table as a document prints it: columns of years and targets, rows in groups."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chapter = models.CharField("hoofdstuk", max_length=20, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    name = models.CharField("naam", max_length=200, unique=True)
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="thema"
    )
    column_data = models.JSONField("kolommen", default=list)

    class Meta:
        verbose_name = "tabel"
        verbose_name_plural = "tabellen"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def columns(self) -> list[Column]:
        """In the order in which they print."""
        return [Column.from_json(data) for data in self.column_data]

    @columns.setter
    def columns(self, columns: list[Column]) -> None:
        self.column_data = [column.to_json() for column in columns]


class TableRow(models.Model):
    """The placement of a series in a table, with its own label and printed source.

    What the import derived is a proposal until a named person confirms it: the source of a blank source
    cell, and that this row is another placement of a series that already stood elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(IndicatorTable, models.CASCADE, related_name="rows", verbose_name="tabel")
    series = models.ForeignKey(Series, models.PROTECT, related_name="placements", verbose_name="reeks")
    order = models.PositiveSmallIntegerField("volgorde")
    group = models.CharField("groep", max_length=120, blank=True)
    label = models.CharField("naam in de tabel", max_length=200)
    printed_source = models.CharField("bron zoals gedrukt", max_length=120, blank=True)
    # Only where this table means something else by better than the indicator itself does.
    direction = models.CharField(
        "richting in deze tabel", max_length=10, choices=Direction.choices, blank=True
    )
    note = models.TextField("noot", blank=True)
    source_is_proposed = models.BooleanField("bron is een voorstel", default=False)
    series_is_proposed = models.BooleanField("reeks is een voorstel", default=False)

    class Meta:
        verbose_name = "tabelrij"
        verbose_name_plural = "tabelrijen"
        ordering = ["table", "order"]
        constraints = [models.UniqueConstraint(fields=["table", "order"], name="table_row_order_once")]

    def __str__(self) -> str:
        return self.label

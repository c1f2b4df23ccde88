from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from indicators.models import (
    Indicator,
    IndicatorTable,
    Observation,
    Publication,
    Series,
    Source,
    TableRow,
    Target,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Here one can look. The pages for colleagues write, each with its line in the log."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "is_synthetic")


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    list_display = ("name", "unit", "direction", "theme", "owner", "published_at")
    list_filter = ("direction", "theme")
    list_select_related = ("theme",)
    search_fields = ("name", "aliases__name")


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ("indicator", "published_at", "published_by")
    list_select_related = ("indicator", "published_by")


@admin.register(Series)
class SeriesAdmin(ReadOnlyAdmin):
    list_display = ("indicator", "source", "area", "breakdown")
    list_select_related = ("indicator", "source", "area")
    search_fields = ("indicator__name",)


@admin.register(Observation, Target)
class CellAdmin(ReadOnlyAdmin):
    list_display = ("series", "period_start", "printed", "status", "is_current", "provenance", "recorded_at")
    list_filter = ("status", "is_current")
    list_select_related = ("series",)
    search_fields = ("series__indicator__name",)


@admin.register(IndicatorTable)
class IndicatorTableAdmin(ReadOnlyAdmin):
    list_display = ("name", "chapter", "theme", "order")
    list_select_related = ("theme",)


@admin.register(TableRow)
class TableRowAdmin(ReadOnlyAdmin):
    list_display = ("label", "table", "group", "printed_source", "source_is_proposed", "series_is_proposed")
    list_filter = ("source_is_proposed", "series_is_proposed", "table")
    list_select_related = ("table",)

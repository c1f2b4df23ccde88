from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from indicators.models import (
    Indicator,
    IndicatorAlias,
    IndicatorTable,
    Observation,
    Series,
    Source,
    SourceAlias,
    TableRow,
)


class SourceAliasInline(admin.TabularInline):
    model = SourceAlias
    extra = 0


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "is_synthetic")
    inlines = (SourceAliasInline,)


class IndicatorAliasInline(admin.TabularInline):
    model = IndicatorAlias
    extra = 0


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    prepopulated_fields = {"slug": ("name",)}
    list_display = ("name", "unit", "direction", "theme", "owner")
    list_filter = ("direction", "theme")
    list_select_related = ("theme",)
    search_fields = ("name", "aliases__name")
    inlines = (IndicatorAliasInline,)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Only an import writes these; here one can look."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Series)
class SeriesAdmin(ReadOnlyAdmin):
    list_display = ("indicator", "source", "area", "breakdown")
    list_select_related = ("indicator", "source", "area")
    search_fields = ("indicator__name",)


@admin.register(Observation)
class ObservationAdmin(ReadOnlyAdmin):
    list_display = ("series", "period_start", "printed", "status", "is_current", "provenance", "recorded_at")
    list_filter = ("status", "is_current")
    list_select_related = ("series",)
    search_fields = ("series__indicator__name",)


@admin.register(IndicatorTable)
class IndicatorTableAdmin(admin.ModelAdmin):
    list_display = ("name", "chapter", "theme", "order")
    list_select_related = ("theme",)


@admin.register(TableRow)
class TableRowAdmin(admin.ModelAdmin):
    list_display = ("label", "table", "group", "printed_source", "source_is_proposed", "series_is_proposed")
    list_filter = ("source_is_proposed", "series_is_proposed", "table")
    list_select_related = ("table",)
    readonly_fields = ("series",)

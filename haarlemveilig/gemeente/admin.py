from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from haarlemveilig.gemeente.models import Municipality, Theme, ThemeAlias
from haarlemveilig.gemeente.selectors import forget_cached


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    """The profile. It comes into being with the first import of wijken, which know its code and year."""

    readonly_fields = ["code", "area_year"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Municipality, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        forget_cached()


class ThemeAliasInline(admin.TabularInline):
    model = ThemeAlias
    extra = 1


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    """Ballots keep a theme by its code: the code never changes, and a theme is never removed."""

    list_display = ["name", "code", "kind", "order"]
    list_filter = ["kind"]
    inlines = [ThemeAliasInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

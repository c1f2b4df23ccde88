from django.contrib import admin

from priorities.models import PolicyPeriod, Weighing


@admin.register(PolicyPeriod)
class PolicyPeriodAdmin(admin.ModelAdmin):
    list_display = ["name", "start_year", "end_year"]


@admin.register(Weighing)
class WeighingAdmin(admin.ModelAdmin):
    """To look at, not to change: a decision is made on its own page, with its reasons and its log line."""

    list_display = ["wijk", "year", "status", "version", "adopted_at"]
    list_filter = ["year", "status"]

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False

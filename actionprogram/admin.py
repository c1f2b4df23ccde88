from django.contrib import admin

from actionprogram.models import Actieprogramma, Footnote, Section


class FootnoteInline(admin.TabularInline):
    model = Footnote
    extra = 0


@admin.register(Actieprogramma)
class ActieprogrammaAdmin(admin.ModelAdmin):
    list_display = ["year", "title", "period", "is_synthetic"]
    inlines = [FootnoteInline]


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    list_display = ["title", "programme", "kind", "version"]
    list_filter = ["programme", "kind"]
    readonly_fields = ["version"]

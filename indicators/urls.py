from django.urls import path

from indicators.views_staff import imports, tables

app_name = "indicators"
urlpatterns = [
    path("werk/cijfers/", tables.table_list, name="list"),
    path("werk/cijfers/inlezen/", imports.import_upload, name="import"),
    path("werk/cijfers/inlezen/bevestigen/", imports.import_confirm, name="import_confirm"),
    path("werk/cijfers/<uuid:table_id>/", tables.table_detail, name="table"),
]

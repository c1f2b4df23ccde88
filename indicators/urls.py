from django.urls import path

from indicators import views_staff

app_name = "indicators"
urlpatterns = [
    path("werk/cijfers/", views_staff.table_list, name="list"),
    path("werk/cijfers/inlezen/", views_staff.import_upload, name="import"),
    path("werk/cijfers/inlezen/bevestigen/", views_staff.import_confirm, name="import_confirm"),
    path("werk/cijfers/<uuid:table_id>/", views_staff.table_detail, name="table"),
]

from django.urls import path

from actionprogram import views_public, views_staff

app_name = "actionprogram"
urlpatterns = [
    path("actieprogramma/", views_public.latest, name="latest"),
    path("actieprogramma/<int:year>/", views_public.overview, name="year"),
    path("actieprogramma/<int:year>/pdf/", views_public.pdf, name="pdf"),
    path("actieprogramma/<int:year>/<uuid:block_id>/", views_public.block, name="block"),
    path("actieprogramma/<int:year>/<slug:slug>/", views_public.chapter, name="chapter"),
    path("werk/programma/", views_staff.edit_list, name="edit_list"),
    path("werk/programma/<int:year>/", views_staff.desk, name="desk"),
    path("werk/programma/<int:year>/pdf/", views_staff.make_pdf, name="make_pdf"),
    path("werk/programma/<int:year>/publiceren/", views_staff.publish, name="publish"),
    path("werk/programma/<int:year>/<uuid:section_id>/", views_staff.edit_section, name="edit_section"),
    path("werk/programma/<int:year>/<uuid:section_id>/bekijken/", views_staff.preview, name="preview"),
]

from django.urls import path

from participation.ranking import views_public, views_staff

app_name = "ranking"
urlpatterns = [
    path("doe-mee/", views_public.start, name="start"),
    path("doe-mee/code/", views_public.with_code, name="with_code"),
    path("doe-mee/stembiljet/", views_public.ballot, name="ballot"),
    path("doe-mee/geteld/", views_public.counted, name="counted"),
    path("doe-mee/volgende/", views_public.next_voter, name="next_voter"),
    path("doe-mee/bewijs/", views_public.receipt_file, name="receipt_file"),
    path("werk/rondes/", views_staff.rounds, name="rounds"),
    path("werk/rondes/<slug:code>/", views_staff.round_detail, name="round"),
    path("werk/rondes/<slug:code>/verder/", views_staff.advance, name="advance"),
]

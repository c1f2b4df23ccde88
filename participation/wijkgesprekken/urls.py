from django.urls import path

from participation.wijkgesprekken import views_public

app_name = "wijkgesprekken"
urlpatterns = [path("wijkgesprekken/<uuid:meeting_id>/", views_public.meeting, name="meeting")]

from django.urls import path

from haarlemveilig.ui import views_staff

app_name = "ui"
urlpatterns = [path("", views_staff.style, name="style")]

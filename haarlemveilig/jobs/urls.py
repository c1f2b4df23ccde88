from django.urls import path

from haarlemveilig.jobs import views_staff

app_name = "jobs"
urlpatterns = [
    path("", views_staff.job_list, name="list"),
    path("<uuid:job_id>/", views_staff.job_detail, name="detail"),
    path("<uuid:job_id>/bestand/", views_staff.job_file, name="file"),
]

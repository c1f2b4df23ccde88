from django.urls import path

from priorities import views_staff

app_name = "priorities"
urlpatterns = [
    path("werk/afwegen/", views_staff.wijken, name="list"),
    path("werk/afwegen/<int:year>/<slug:slug>/", views_staff.weigh, name="weigh"),
]

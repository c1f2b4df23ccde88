from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("haarlemveilig.pages.urls")),
    path("", include("participation.ranking.urls")),
    path("", include("participation.wijkgesprekken.urls")),
    path("", include("indicators.urls")),
    path("", include("priorities.urls")),
    path("", include("actionprogram.urls")),
    path("account/", include("allauth.urls")),
    path("stijl/", include("haarlemveilig.ui.urls")),
    path("werk/taken/", include("haarlemveilig.jobs.urls")),
    path("werk/uitgaande-mail/", include("haarlemveilig.mail.urls")),
    path("beheer/", admin.site.urls),
]

"""Only the style page: the parts of a page must not lean on what other apps offer."""

from django.urls import include, path

urlpatterns = [path("stijl/", include("haarlemveilig.ui.urls"))]

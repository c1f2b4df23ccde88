from django.urls import path

from haarlemveilig.pages import views_public, views_staff

app_name = "pages"
urlpatterns = [
    path("", views_public.home, name="home"),
    path("wijken/", views_public.wijken, name="wijken"),
    path("wijken/<slug:slug>/", views_public.wijk, name="wijk"),
    path("wat-is-ermee-gedaan/", views_public.thread, name="thread"),
    path("privacy/", views_public.privacy, name="privacy"),
    path("toegankelijkheid/", views_public.accessibility, name="accessibility"),
    path("gezond/", views_public.health, name="health"),
    path(".well-known/security.txt", views_public.security_txt, name="security_txt"),
    path("robots.txt", views_public.robots_txt, name="robots_txt"),
    path("werk/", views_staff.desk, name="desk"),
]

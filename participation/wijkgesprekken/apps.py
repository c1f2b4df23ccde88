from django.apps import AppConfig


class WijkgesprekkenConfig(AppConfig):
    name = "participation.wijkgesprekken"
    verbose_name = "Wijkgesprekken"

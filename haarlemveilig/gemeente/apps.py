from django.apps import AppConfig


class GemeenteConfig(AppConfig):
    name = "haarlemveilig.gemeente"
    verbose_name = "Gemeente"

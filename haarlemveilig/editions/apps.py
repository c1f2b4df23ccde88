from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "haarlemveilig.editions"
    verbose_name = "Edities"

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "haarlemveilig.pages"
    verbose_name = "Pagina's"

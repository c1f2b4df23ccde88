from django.apps import AppConfig


class ActionprogramConfig(AppConfig):
    name = "actionprogram"
    verbose_name = "Actieprogramma"

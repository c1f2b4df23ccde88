from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "haarlemveilig.jobs"
    verbose_name = "Taken"

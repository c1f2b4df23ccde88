from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "haarlemveilig.audit"
    verbose_name = "Logboek"

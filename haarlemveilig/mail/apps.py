from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "haarlemveilig.mail"
    verbose_name = "Uitgaande mail"

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "haarlemveilig.accounts"
    verbose_name = "Accounts"

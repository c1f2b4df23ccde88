from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "participation.ranking"
    verbose_name = "Ranglijst"

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "haarlemveilig.contacts"
    verbose_name = "Contacten"

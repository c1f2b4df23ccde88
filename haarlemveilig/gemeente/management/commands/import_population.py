import argparse

from haarlemveilig.gemeente import services
from haarlemveilig.gemeente.files import BadFile
from haarlemveilig.gemeente.management.file_command import FileCommand
from haarlemveilig.gemeente.models import Municipality
from haarlemveilig.gemeente.services import ImportCount


class Command(FileCommand):
    help = "Vervangt de bevolking van een jaar door die van een CBS-bestand met kerncijfers."

    def take_in(self, content: bytes, options: argparse.Namespace) -> ImportCount:
        profile = Municipality.objects.first()
        if profile is None:
            raise BadFile("Er is nog geen gemeente. Importeer eerst de wijken.")
        return services.import_population(content, year=options.year or profile.area_year)

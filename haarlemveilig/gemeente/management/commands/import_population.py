import argparse

from haarlemveilig.gemeente import services
from haarlemveilig.gemeente.files import BadFile
from haarlemveilig.gemeente.management.file_command import FileCommand
from haarlemveilig.gemeente.models import Municipality
from haarlemveilig.gemeente.services import ImportCount


class Command(FileCommand):
    help = (
        "Vervangt de bevolking van een jaar: per wijk uit een CBS-bestand met kerncijfers (JSON), of per wijk, "
        "leeftijd en geslacht uit een CSV-bestand van het bevolkingsregister."
    )

    def take_in(self, content: bytes, options: argparse.Namespace) -> ImportCount:
        profile = Municipality.objects.first()
        if profile is None:
            raise BadFile("Er is nog geen gemeente. Importeer eerst de wijken.")
        is_cbs = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"["))
        take_in = services.import_population if is_cbs else services.import_population_groups
        return take_in(content, year=options.year or profile.area_year)

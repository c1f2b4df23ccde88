"""The demo's programme of 2023: the structure of the real one, in sentences of our own, published with its PDF."""

from actionprogram import document
from actionprogram.models import Actieprogramma
from actionprogram.selectors import programme_view
from actionprogram.services import import_programme, publish_programme
from haarlemveilig.editions.models import Edition
from haarlemveilig.pages.demo import files
from haarlemveilig.pages.demo.accounts import policy_officer


def load_programme() -> None:
    """Import the text once and publish it once; a draft that somebody edited stays as it is."""
    data = files.read_json("programma_2023.json")
    if not Actieprogramma.objects.filter(year=data["year"]).exists():
        import_programme(data, is_synthetic=True)
    if Edition.objects.latest_of(Edition.Kind.PROGRAMME, str(data["year"])):
        return
    programme = Actieprogramma.objects.select_related("period").get(year=data["year"])
    pdf = document.pdf(programme_view(programme))
    publish_programme(programme=programme, pdf=pdf, published_by=policy_officer())

import pytest

from actionprogram.errors import NotPublishableError
from actionprogram.models import Actie, Actieprogramma
from actionprogram.selectors import latest_year, published
from actionprogram.services import publish_programme
from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.editions.models import Edition
from tests import factories


def test_an_edition_holds_the_text_the_page_and_the_pdf(programme: Actieprogramma) -> None:
    person = factories.user("communicatie")
    edition = publish_programme(programme=programme, pdf=b"%PDF-1.7 test", published_by=person)
    found = published(2023)
    assert found is not None
    assert found.edition == edition
    assert found.view.title == "Actieprogramma 2023"
    assert found.pdf is not None
    with found.pdf.file.open() as file:
        assert file.read() == b"%PDF-1.7 test"
    assert "Regie in elke wijk" in edition.html
    assert latest_year() == 2023
    assert AuditEntry.objects.filter(action="actionprogram.programme_published", actor=person).exists()


def test_a_later_change_shows_in_the_next_edition_only(programme: Actieprogramma, edition: Edition) -> None:
    Actie.objects.filter(text__nl="Overleg").update(text={"nl": "Vaker overleg"})
    first = published(2023)
    second = publish_programme(programme=programme, pdf=b"%PDF-1.7 test")
    assert first is not None
    assert "Vaker overleg" not in str(first.view)
    assert second.number == 2
    assert "Vaker overleg" in str(published(2023))


def test_nothing_is_published_while_a_fault_blocks(programme: Actieprogramma) -> None:
    Actie.objects.filter(text__nl="Overleg").update(owner="")
    with pytest.raises(NotPublishableError) as caught:
        publish_programme(programme=programme, pdf=b"")
    assert [fault.text for fault in caught.value.faults] == ["Actie 2.1 heeft nog geen eigenaar."]
    assert not Edition.objects.exists()

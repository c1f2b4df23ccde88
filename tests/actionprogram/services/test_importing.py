from typing import Any

import pytest

from actionprogram.errors import ProgrammeError
from actionprogram.models import Actieprogramma, Section, TextBlock
from actionprogram.services import import_programme
from haarlemveilig.audit.models import AuditEntry


def test_the_same_data_gives_the_same_addresses_again(
    programme: Actieprogramma, data: dict[str, Any]
) -> None:
    before = set(Section.objects.values_list("pk", flat=True))
    import_programme(data, is_synthetic=True)
    assert set(Section.objects.values_list("pk", flat=True)) == before
    assert Actieprogramma.objects.count() == 1


def test_a_real_programme_is_never_overwritten(programme: Actieprogramma, data: dict[str, Any]) -> None:
    Actieprogramma.objects.update(is_synthetic=False)
    with pytest.raises(ProgrammeError, match="niet overschreven"):
        import_programme(data, is_synthetic=True)


def test_text_is_sanitised_on_the_way_in(figures: None, data: dict[str, Any]) -> None:
    data["sections"][0]["blocks"][0]["html"] = "<p>Goed<script>kwaad()</script></p>"
    import_programme(data)
    assert str(TextBlock.objects.get(section__slug="voorwoord").html) == "<p>Goed</p>"


def test_two_chapters_with_one_title_get_two_addresses(figures: None, data: dict[str, Any]) -> None:
    data["sections"].append({"kind": "text", "title": "Voorwoord"})
    import_programme(data)
    assert set(Section.objects.filter(slug__startswith="voorwoord").values_list("slug", flat=True)) == {
        "voorwoord",
        "voorwoord-2",
    }


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("tables", ["Bestaat niet"], "De tabel ‘Bestaat niet’ bestaat niet"),
        ("theme", "onzin", "Het thema ‘onzin’ bestaat niet"),
        ("focuslocaties", [{"stadsdeel": "Atlantis", "items": []}], "Het stadsdeel ‘Atlantis’ bestaat niet"),
    ],
)
def test_what_does_not_exist_is_named_and_nothing_is_left_behind(
    figures: None, data: dict[str, Any], field: str, value: Any, message: str
) -> None:
    data["sections"][0][field] = value
    with pytest.raises(ProgrammeError, match=message):
        import_programme(data)
    assert not Actieprogramma.objects.exists()


def test_importing_leaves_a_line_in_the_log(programme: Actieprogramma) -> None:
    assert AuditEntry.objects.filter(action="actionprogram.programme_imported").count() == 1

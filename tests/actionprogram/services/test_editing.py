from typing import Any

import pytest

from actionprogram import draft
from actionprogram.errors import ProgrammeError, SectionChangedError
from actionprogram.models import Actie, Actielijn, Focuslocatie, Section, TextBlock
from actionprogram.selectors import programme_view
from actionprogram.services import change_rows, save_section
from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.gemeente.models import AreaVersion
from tests import factories


@pytest.fixture
def seen(jeugd: Section) -> draft.Texts:
    """What the page showed when somebody opened it."""
    return _now(jeugd)


def _now(section: Section) -> draft.Texts:
    view = programme_view(section.programme)
    return draft.texts(next(one for one in view.sections if one.id == str(section.pk)))


def _name(kind: str, row: Any) -> str:
    return f"{kind}:{row.pk}"


def test_saving_writes_every_kind_of_text(jeugd: Section, seen: draft.Texts) -> None:
    typed = {name: _other(name, text) for name, text in seen.items()}
    save_section(section=jeugd, version=0, seen=seen, typed=typed, saved_by=None)
    assert _now(jeugd) == typed


def _other(name: str, text: str) -> str:
    return "" if name.startswith("theme:") else f"{text} anders"


def test_rich_text_is_sanitised_when_it_is_saved(jeugd: Section, seen: draft.Texts) -> None:
    block = TextBlock.objects.get(section=jeugd, kind="ambition")
    typed = seen | {_name("block", block): "<p>Goed<script>kwaad()</script></p>"}
    save_section(section=jeugd, version=0, seen=seen, typed=typed, saved_by=None)
    block.refresh_from_db()
    assert str(block.html) == "<p>Goed</p>"


def test_a_save_raises_the_version_and_leaves_a_line_in_the_log(jeugd: Section, seen: draft.Texts) -> None:
    person = factories.user("redacteur")
    assert save_section(section=jeugd, version=0, seen=seen, typed=seen, saved_by=person) == 1
    entry = AuditEntry.objects.get(action="actionprogram.section_saved")
    assert entry.actor == person


def test_somebody_with_an_older_version_hears_what_changed_and_writes_nothing(
    jeugd: Section, seen: draft.Texts
) -> None:
    title, actie = _name("title", jeugd), _name("actie", Actie.objects.get(text__nl="Overleg"))
    save_section(section=jeugd, version=0, seen=seen, typed=seen | {title: "Van de ander"}, saved_by=None)
    mine = seen | {title: "Van mij", actie: "Ook van mij"}
    with pytest.raises(SectionChangedError) as caught:
        save_section(section=jeugd, version=0, seen=seen, typed=mine, saved_by=None)
    [difference] = caught.value.differences
    assert (difference.label, difference.now, difference.typed) == ("Titel", "Van de ander", "Van mij")
    assert caught.value.version == 1
    assert _now(jeugd)[actie] == "Overleg"


def test_a_row_of_another_section_cannot_be_changed_from_here(jeugd: Section, seen: draft.Texts) -> None:
    other = TextBlock.objects.get(section__slug="voorwoord")
    with pytest.raises(ProgrammeError, match="bestaat niet meer"):
        save_section(
            section=jeugd, version=0, seen=seen, typed=seen | {_name("block", other): "Kaping"}, saved_by=None
        )


def test_saving_a_section_takes_at_most_ten_queries_for_a_few_texts(
    jeugd: Section, seen: draft.Texts, django_assert_max_num_queries: Any
) -> None:
    typed = seen | {name: f"{text}!" for name, text in seen.items() if name.startswith(("block:", "actie:"))}
    with django_assert_max_num_queries(10):
        save_section(section=jeugd, version=0, seen=seen, typed=typed, saved_by=None)


# --- rows -----------------------------------------------------------------------------------------
def _change(section: Section, act: str, kind: str, target: Any) -> str:
    return change_rows(section=section, act=act, kind=kind, target=str(target), changed_by=None)


def _titles(section: Section) -> list[str]:
    return [str(line.title) for line in Actielijn.objects.filter(section=section).order_by("order")]


def test_an_actielijn_moves_up_and_down_and_stops_at_the_ends(jeugd: Section) -> None:
    first, _second = Actielijn.objects.filter(section=jeugd).order_by("order")
    _change(jeugd, "down", "line", first.pk)
    assert _titles(jeugd) == ["Samen", "Eén aanpak"]
    _change(jeugd, "down", "line", first.pk)
    assert _titles(jeugd) == ["Samen", "Eén aanpak"]
    _change(jeugd, "up", "line", first.pk)
    assert _titles(jeugd) == ["Eén aanpak", "Samen"]


def test_a_new_actie_comes_last_under_its_line(jeugd: Section) -> None:
    line = Actielijn.objects.get(title__nl="Eén aanpak")
    new = _change(jeugd, "add", "actie", line.pk)
    assert str(Actie.objects.filter(actielijn=line).order_by("order").last().pk) == new  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["line", "what", "text", "heading"])
def test_rows_can_be_added_straight_under_the_section(jeugd: Section, kind: str) -> None:
    before = Section.objects.get(pk=jeugd.pk).version
    assert _change(jeugd, "add", kind, jeugd.pk)
    assert Section.objects.get(pk=jeugd.pk).version == before + 1


def test_a_focuslocatie_is_added_in_a_stadsdeel(jeugd: Section) -> None:
    schalkwijk = AreaVersion.objects.get(name="Schalkwijk").area
    new = _change(jeugd, "add", "focus", schalkwijk.pk)
    assert Focuslocatie.objects.get(pk=new).stadsdeel == schalkwijk


def test_a_line_with_acties_is_not_thrown_away(jeugd: Section) -> None:
    line = Actielijn.objects.get(title__nl="Samen")
    with pytest.raises(ProgrammeError, match="Haal eerst de acties"):
        _change(jeugd, "remove", "line", line.pk)
    _change(jeugd, "remove", "actie", Actie.objects.get(actielijn=line).pk)
    _change(jeugd, "remove", "line", line.pk)
    assert _titles(jeugd) == ["Eén aanpak"]


@pytest.mark.parametrize("target", ["onzin", "7e78b743-199b-5911-a8f9-84498217a4f0"])
def test_a_row_that_does_not_exist_is_no_crash(jeugd: Section, target: str) -> None:
    with pytest.raises(ProgrammeError):
        _change(jeugd, "remove", "actie", target)


def test_a_stadsdeel_that_does_not_exist_is_no_crash(jeugd: Section) -> None:
    with pytest.raises(ProgrammeError, match="stadsdeel bestaat niet"):
        _change(jeugd, "add", "focus", "999999")

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from haarlemveilig.gemeente.models import Theme
from haarlemveilig.localized import LocalizedText


def test_a_text_is_shown_in_the_active_language_and_falls_back_to_dutch() -> None:
    text = LocalizedText(nl="Afval", en="Waste")
    with translation.override("en"):
        assert str(text) == "Waste"
        assert str(LocalizedText(nl="Afval")) == "Afval"
    with translation.override("nl"):
        assert str(text) == "Afval"


def test_a_text_without_words_is_empty() -> None:
    assert not LocalizedText(nl="")
    assert not LocalizedText()


def test_a_dict_assigned_to_the_field_is_a_text_at_once() -> None:
    assert str(Theme(code="afval", name={"nl": "Afval"})) == "Afval"


@pytest.mark.parametrize("name", [{}, {"en": "Waste"}, {"nl": "Afval", "xx": "?"}])
def test_dutch_is_required_and_other_languages_must_be_known(name: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Theme(code="afval", name=name).clean_fields()

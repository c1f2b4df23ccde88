import re

import pytest
from django import forms
from django.template import Context, Template

from haarlemveilig.ui.forms import DateInput


class Meeting(forms.Form):
    postcode = forms.CharField(label="Uw postcode", help_text="Zoals 2033 AB", max_length=7)
    email = forms.EmailField(label="Uw e-mailadres", required=False)
    wijk = forms.ChoiceField(label="Uw wijk", choices=[("", "Kies"), ("p", "Parkwijk")])
    how = forms.ChoiceField(
        label="Hoe doet u mee?", choices=[("a", "Live"), ("b", "Bellen")], widget=forms.RadioSelect
    )
    remark = forms.CharField(label="Opmerking", widget=forms.Textarea(attrs={"class": "eigen"}))
    day = forms.DateField(label="Dag", widget=DateInput)
    agree = forms.BooleanField(label="Ik ben 16 of ouder", required=False)
    trail = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("email") == "x@example.org":
            raise forms.ValidationError("Dit gesprek is vol.")


def render(source: str, **context: object) -> str:
    return Template("{% load hv %}" + source).render(Context(context))


def tag(html: str, name: str) -> str:
    found = re.search(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>', html)
    assert found
    return found[0]


@pytest.fixture
def empty() -> str:
    return render("{{ form }}", form=Meeting())


@pytest.fixture
def faulty() -> str:
    return render("{{ form }}", form=Meeting({"email": "geen adres"}))


@pytest.mark.parametrize(
    ("name", "css_class"),
    [
        ("postcode", "utrecht-textbox hv-short-answer"),
        ("email", "utrecht-textbox"),
        ("wijk", "utrecht-select"),
        ("remark", "utrecht-textarea eigen"),
        ("day", "utrecht-textbox hv-short-answer"),
    ],
)
def test_a_plain_field_gets_the_class_of_its_control(empty: str, name: str, css_class: str) -> None:
    assert f'class="{css_class}"' in tag(empty, name)


@pytest.mark.parametrize("name", ["how", "agree", "trail"])
def test_buttons_and_hidden_fields_stay_bare(empty: str, name: str) -> None:
    assert "class=" not in tag(empty, name)


def test_only_optional_fields_say_so(empty: str) -> None:
    assert empty.count("(mag leeg blijven)") == 1
    assert re.search(r"Uw e-mailadres\s*<span[^>]*>\(mag leeg blijven\)", empty)


def test_a_form_of_filters_can_keep_silent_about_it() -> None:
    class Filters(Meeting):
        marks_optional = False

    assert "mag leeg blijven" not in render("{{ form }}", form=Filters())


def test_an_explanation_is_tied_to_its_control(empty: str) -> None:
    assert 'aria-describedby="id_postcode_helptext"' in tag(empty, "postcode")
    assert 'id="id_postcode_helptext"' in empty


def test_an_error_is_tied_to_its_control(faulty: str) -> None:
    assert 'aria-describedby="id_email_error"' in tag(faulty, "email")
    assert 'aria-invalid="true"' in tag(faulty, "email")
    assert 'id="id_email_error"' in faulty
    assert "utrecht-textbox--invalid" in tag(faulty, "email")


def test_radio_buttons_form_a_group_that_carries_the_error(faulty: str) -> None:
    assert '<fieldset class="utrecht-form-fieldset" aria-describedby="id_how_error">' in faulty
    assert "aria-invalid" not in tag(faulty, "how")


def test_a_day_is_asked_and_shown_in_the_notation_of_the_browser() -> None:
    html = render("{% field form.day %}", form=Meeting(initial={"day": "2025-10-12"}))
    assert 'type="date"' in html
    assert 'value="2025-10-12"' in html


def test_the_summary_repeats_the_words_at_the_field_and_leads_to_it() -> None:
    form = Meeting({"email": "geen adres"})
    summary, fields = render("{% error_summary form %}", form=form), render("{{ form }}", form=form)
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)
    assert [target for target, _ in links] == [
        "id_postcode",
        "id_email",
        "id_wijk",
        "id_how_0",
        "id_remark",
        "id_day",
    ]
    for target, text in links:
        assert f'id="{target}"' in fields
        assert text in fields


def test_each_missing_answer_is_named() -> None:
    summary = render("{% error_summary form %}", form=Meeting({}))
    assert "Vul in: Uw postcode" in summary
    assert "Maak een keuze: Uw wijk" in summary


def test_an_error_of_the_whole_form_stands_in_summary_and_form() -> None:
    form = Meeting({"email": "x@example.org"})
    assert "Dit gesprek is vol." in render("{% error_summary form %}", form=form)
    assert "Dit gesprek is vol." in render("{{ form }}", form=form)


def test_the_summary_takes_form_sets_too() -> None:
    members = forms.formset_factory(Meeting, extra=1)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-email": "geen adres"}
    assert "#id_form-0-email" in render(
        "{% error_summary form members %}", form=Meeting(), members=members(data)
    )


def test_without_errors_there_is_no_summary_and_no_script() -> None:
    assert render("{% error_summary form %}", form=Meeting()).strip() == ""

"""The forms with which a colleague prepares a round, and moves its end."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haarlemveilig.canonical import sha256_of
from haarlemveilig.gemeente.models import Area, Theme
from haarlemveilig.gemeente.selectors import wijken
from haarlemveilig.localized import LocalizedText
from haarlemveilig.ui.forms import DateInput, DateTimeInput
from participation.ranking.models import Round

TEXTS = ("title", "intro", "thanks")
PLAIN = (
    "code", "for_year", "kind", "k", "ways_in", "asks_group", "asks_remarks", "opens_at", "closes_at", "publish_on",
)  # fmt: skip
CHANGED = gettext_lazy(
    "Een collega veranderde deze ronde intussen. Hieronder staat wat u typte. Open de ronde in een ander "
    "tabblad, kijk wat anders is, en bewaar opnieuw."
)


def _text(label: Any, *, required: bool = False, rows: int = 0, limit: int = 600) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    return forms.CharField(label=label, required=required, max_length=limit, widget=widget)


class RoundForm(forms.Form):
    """Everything of a round that is still a draft. `plan` gives what services.rounds.save_round takes."""

    code = forms.SlugField(
        label=gettext_lazy("Code"), max_length=20, help_text=gettext_lazy("Kort en uniek, zoals 2027-1.")
    )
    for_year = forms.IntegerField(
        label=gettext_lazy("Voor het jaar"),
        min_value=2000,
        max_value=2100,
        help_text=gettext_lazy("Het jaar van het actieprogramma waar de uitslag in terugkomt."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Voor wie"), choices=Round.Kind.choices, widget=forms.RadioSelect
    )
    title_nl = _text(gettext_lazy("Titel"), required=True, limit=120)
    title_en = _text(gettext_lazy("Titel in het Engels"), limit=120)
    intro_nl = _text(gettext_lazy("Inleiding"), rows=3)
    intro_en = _text(gettext_lazy("Inleiding in het Engels"), rows=3)
    thanks_nl = _text(gettext_lazy("Tekst na het versturen"), rows=3)
    thanks_en = _text(gettext_lazy("Tekst na het versturen, in het Engels"), rows=3)
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Onderwerpen"),
        queryset=Theme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Iedere deelnemer ziet ze in een eigen volgorde."),
    )
    k = forms.IntegerField(
        label=gettext_lazy("Hoogste aantal keuzes"),
        min_value=1,
        max_value=10,
        initial=3,
        help_text=gettext_lazy("Met meer dan 3 keuzes publiceren we de losse stembiljetten niet."),
    )
    wijken = forms.MultipleChoiceField(
        label=gettext_lazy("Wijken"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Kies niets als alle wijken meedoen."),
    )
    ways_in = forms.MultipleChoiceField(
        label=gettext_lazy("Zo kan iemand meedoen"),
        choices=Round.WayIn.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "De sterkste manier staat bovenaan. Alleen een postcode kan iedereen invullen."
        ),
    )
    asks_group = forms.BooleanField(
        label=gettext_lazy("Vraag leeftijd en geslacht (mag leeg blijven). Daarmee wegen we de uitslag."),
        required=False,
    )
    asks_remarks = forms.BooleanField(
        label=gettext_lazy(
            "Vraag om een eigen onderwerp en een toelichting. Iemand leest die na het sluiten."
        ),
        required=False,
    )
    opens_at = forms.DateTimeField(label=gettext_lazy("Open vanaf"), widget=DateTimeInput)
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Open tot"),
        widget=DateTimeInput,
        help_text=gettext_lazy("Later kan nog als de ronde open is, en dan leest iedereen dat. Eerder niet."),
    )
    publish_on = forms.DateField(
        label=gettext_lazy("Uitslag op"),
        widget=DateInput,
        help_text=gettext_lazy(
            "Iedereen leest deze dag. Is het dan nog niet klaar, dan ziet iedereen ‘te laat’."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, round_: Round | None = None, **kwargs: Any) -> None:
        self.round = round_
        kwargs.setdefault("initial", _initial(round_) if round_ else {"kind": Round.Kind.RESIDENTS, "k": 3})
        super().__init__(*args, **kwargs)
        self._field("themes").queryset = Theme.objects.safety()
        self._field("wijken").choices = [(wijk.code, wijk.name) for wijk in wijken()]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        others = Round.objects.exclude(pk=self.round.pk) if self.round else Round.objects.all()
        if others.filter(code__iexact=code).exists():
            raise ValidationError(_("Deze code heeft een andere ronde al. Kies een andere."))
        return code

    def clean(self) -> None:
        data = self.cleaned_data
        opens, closes, publish = (data.get(name) for name in ("opens_at", "closes_at", "publish_on"))
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Het einde ligt voor het begin. Kies een later moment."))
        if closes and publish and publish <= timezone.localdate(closes):
            self.add_error("publish_on", _("Kies voor de uitslag een dag na het sluiten."))
        if data.get("themes") is not None and data.get("k") and len(data["themes"]) < max(data["k"], 2):
            self.add_error(
                "themes", _("Kies minstens zoveel onderwerpen als iemand er mag kiezen, en minstens 2.")
            )
        if self.round and data.get("seen") != fingerprint(self.round):
            self.add_error(None, CHANGED)

    def plan(self) -> dict[str, Any]:
        """The fields of the round; texts per language, themes and wijken as rows."""
        data = self.cleaned_data
        texts = {
            name: LocalizedText({lang: text for lang in ("nl", "en") if (text := data[f"{name}_{lang}"])})
            for name in TEXTS
        }
        areas = Area.objects.filter(level=Area.Level.WIJK, code__in=data["wijken"])
        return {name: data[name] for name in PLAIN} | texts | {"themes": data["themes"], "wijken": areas}


def _initial(round_: Round) -> dict[str, Any]:
    texts = {
        f"{name}_{language}": getattr(round_, name).get(language, "")
        for name in TEXTS
        for language in ("nl", "en")
    }
    return (
        {name: getattr(round_, name) for name in PLAIN}
        | texts
        | {
            "themes": round_.themes.all(),
            "wijken": [wijk.code for wijk in round_.wijken.all()],
            "seen": fingerprint(round_),
        }
    )


def fingerprint(round_: Round) -> str:
    """Of what stands in a round now, so that two people do not overwrite each other unseen."""
    values = {name: str(getattr(round_, name)) for name in PLAIN}
    texts = {name: dict(getattr(round_, name)) for name in TEXTS}
    rows = {name: sorted(str(row.pk) for row in getattr(round_, name).all()) for name in ("themes", "wijken")}
    return sha256_of(values | texts | rows)


class MoveEndForm(forms.Form):
    """A later end for an open round, and why."""

    closes_at = forms.DateTimeField(label=gettext_lazy("Open tot"), widget=DateTimeInput)
    reason = forms.CharField(
        label=gettext_lazy("Reden"),
        max_length=300,
        help_text=gettext_lazy("Iedereen leest dit. Bijvoorbeeld: de brieven kwamen later aan."),
    )


class QuarantineForm(forms.Form):
    """What to do with the flagged ballots that are ticked."""

    sets_apart = forms.ChoiceField(
        label=gettext_lazy("Wat stelt u voor?"),
        choices=[("no", gettext_lazy("Ze tellen mee")), ("yes", gettext_lazy("Ze tellen niet mee"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reden"), max_length=300, help_text=gettext_lazy("Staat bij de uitslag.")
    )


class SampleForm(forms.Form):
    """A public throw of dice."""

    dice = forms.RegexField(
        r"^[1-6]{10,100}$",
        label=gettext_lazy("Wat de dobbelstenen gaven"),
        help_text=gettext_lazy(
            "Minstens 10 cijfers achter elkaar, zoals 3516246135. Gooi ze in het openbaar."
        ),
        error_messages={"invalid": gettext_lazy("Vul alleen cijfers van 1 tot en met 6 in, minstens 10.")},
    )
    size = forms.TypedChoiceField(
        label=gettext_lazy("Hoeveel deelnames"),
        coerce=int,
        choices=[
            (60, gettext_lazy("60: vindt 5% verzonnen deelnames met 95% zekerheid")),
            (149, gettext_lazy("149: vindt 2% verzonnen deelnames met 95% zekerheid")),
        ],
        widget=forms.RadioSelect,
    )


class JudgeForm(forms.Form):
    """What was found about one drawn participation."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Uitkomst"),
        choices=[
            ("", gettext_lazy("Kies een uitkomst")),
            ("confirmed", gettext_lazy("bestaat en deed mee")),
            ("not_confirmed", gettext_lazy("bestaat niet of deed niet mee")),
            ("unknown", gettext_lazy("niet na te gaan")),
        ],
    )
    note = forms.CharField(label=gettext_lazy("Opmerking, zonder namen"), max_length=300, required=False)

"""The sentences residents read about figures. They ask no database; the figures come in already gated."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from indicators.display import CellView
from indicators.trends import Measure, Trend, bare_number, has_figure, is_indicative

COUNTING = "Aantal "


@dataclass(frozen=True)
class Subject:
    """What a sentence is about: an indicator by its name, in a place."""

    name: str
    place: str
    measure: Measure = "count"

    @property
    def where(self) -> str:
        """ " in Parkwijk"; nothing where the name of the indicator says it already."""
        return "" if self.place in self.name else _(" in %(place)s") % {"place": self.place}


# --- the answer ------------------------------------------------------------------------------------
def answer(subject: Subject, cell: CellView | None) -> str:
    """The figure as a sentence: "In 2022 waren er 246 woninginbraken in Haarlem."."""
    if cell is None:
        return _("Er is nog geen cijfer over ‘%(name)s’%(where)s.") % _said(subject)
    values = _said(subject) | {"when": when(cell.label), "amount": amount(cell)}
    if cell.status == "text_only":
        return _("%(name)s%(where)s: ‘%(amount)s’ in %(when)s.") % values
    counted = subject.name.removeprefix(COUNTING)
    group, colon, rest = subject.name.removeprefix("%").strip().partition(": ")
    if subject.measure == "count" and counted != subject.name and counted[0].islower():
        return _counted(cell) % (values | {"counted": counted})
    if subject.measure == "percent" and subject.name.startswith("%") and colon:
        return _("In %(when)s gold voor %(amount)s van de %(group)s: %(rest)s.") % (
            values | {"group": group, "rest": rest}
        )
    return _("%(name)s%(where)s: %(amount)s in %(when)s.") % values


def _said(subject: Subject) -> dict[str, str]:
    name = subject.name.removeprefix("%").strip()
    return {"name": name[:1].upper() + name[1:], "where": subject.where}


def _counted(cell: CellView) -> str:
    if cell.value == 0 and not cell.comparator:
        return _("In %(when)s waren er geen %(counted)s%(where)s.")
    if cell.value == 1 and not cell.comparator:
        return _("In %(when)s was het aantal %(counted)s%(where)s 1.")
    return _("In %(when)s waren er %(amount)s %(counted)s%(where)s.")


def course(cells: Sequence[CellView]) -> str:
    """A series from its first figure to its last: "Van 437 in 2019 naar 246 in 2022."; "" with less than two."""
    known = [cell for cell in cells if has_figure(cell)]
    if len(known) < 2:
        return ""
    values = {
        "from": amount(known[0]),
        "first": when(known[0].label),
        "to": amount(known[-1]),
        "last": when(known[-1].label),
    }
    return _("Van %(from)s in %(first)s naar %(to)s in %(last)s.") % values


def in_short(cell: CellView | None) -> str:
    """The figure and its period only: "246 in 2022"."""
    if cell is None:
        return _("nog geen cijfer")
    return _("%(amount)s in %(when)s") % {"amount": amount(cell), "when": when(cell.label)}


def amount(cell: CellView) -> str:
    """The figure with its comparator in words: "minder dan 20%"."""
    words = {
        "<": _("minder dan"), ">": _("meer dan"), "≤": _("hoogstens"), "≥": _("ten minste"), "ca.": _("ongeveer"),
    }  # fmt: skip
    return f"{words.get(cell.comparator, '')} {bare_number(cell)}".strip()


def when(label: str) -> str:
    """A period behind "in": a quarter is "het 2e kwartaal 2021"."""
    return _("het %(quarter)s") % {"quarter": label} if "kwartaal" in label else label


# --- beside the figure before, and what is missing ---------------------------------------------------
def comparison(subject: Subject, trend: Trend) -> str:
    """The last figure beside the one before: "Dat is meer dan in 2021 (166)."; "" where there is none."""
    if trend.latest is None or trend.before is None:
        return ""
    values = {"when": when(trend.before.label), "before": amount(trend.before)}
    if trend.certainty == "break":
        return _("Er wordt nu anders gemeten. Vergelijk het niet met %(when)s (%(before)s).") % values
    if not trend.change:
        return _("In %(when)s was het %(before)s.") % values
    texts = _compared(subject.measure)
    return texts[trend.change] % values + _caution(trend)


def _compared(measure: Measure) -> dict[str, str]:
    if measure == "count":
        return {
            "more": _("Dat is meer dan in %(when)s (%(before)s)."),
            "less": _("Dat is minder dan in %(when)s (%(before)s)."),
            "same": _("Dat is evenveel als in %(when)s."),
        }
    return {
        "more": _("Dat is hoger dan in %(when)s (%(before)s)."),
        "less": _("Dat is lager dan in %(when)s (%(before)s)."),
        "same": _("Dat is gelijk aan %(when)s."),
    }


def _caution(trend: Trend) -> str:
    if trend.change == "same":
        return ""
    texts = {
        "chance": _("Dit verschil kan toeval zijn."),
        "unknown": _("Een klein verschil kan toeval zijn."),
    }
    text = texts.get(trend.certainty, "")
    return f" {text}" if text else ""


def remarks(trend: Trend) -> list[str]:
    """What must be said with the figure: that it is provisional, rests on few answers, or that a newer one lacks."""
    if trend.latest is None:
        # Years without a figure stand in the table; here the last one will do.
        lacking = [cell for cell in trend.missing[-1:] if cell is not trend.shown]
        return _still_missing(lacking)
    measured = trend.latest.measured
    texts = [
        _remark(trend.latest),
        _("Dit is gemeten in %(when)s.") % {"when": when(measured)} if measured else "",
    ]
    return [text for text in [*texts, *_still_missing(trend.missing)] if text]


def _remark(cell: CellView) -> str:
    if is_indicative(cell):
        return cell.explanation or _("Dit cijfer is weinig betrouwbaar. Zie het als een aanwijzing.")
    return {
        "provisional": _("Dit cijfer is voorlopig."),
        "estimated": _("Dit cijfer is geschat."),
        "revised": _("Dit cijfer is later verbeterd."),
    }.get(cell.status, "")


def _still_missing(cells: Sequence[CellView]) -> list[str]:
    pending = [when(cell.label) for cell in cells if cell.status == "pending"]
    texts = []
    if len(pending) == 1:
        texts.append(_("Het cijfer over %(when)s volgt nog.") % {"when": pending[0]})
    elif pending:
        texts.append(_("De cijfers over %(when)s volgen nog.") % {"when": get_text_list(pending, _("en"))})
    return texts + [_lacks(cell) for cell in cells if cell.status != "pending"]


def _lacks(cell: CellView) -> str:
    values = {"when": when(cell.label), "why": sentence(cell.explanation), "printed": cell.printed}
    if cell.status == "not_collected":
        return _("In %(when)s is dit niet gemeten.") % values
    if cell.status == "text_only":
        return _("Over %(when)s staat er in woorden: ‘%(printed)s’.") % values
    if cell.status == "suppressed":
        return _("Het cijfer over %(when)s tonen we niet. %(why)s").strip() % values
    return (_("Het cijfer over %(when)s ontbreekt. %(why)s") % values).strip()


def sentence(text: str) -> str:
    """The text with a full stop behind it; "" stays ""."""
    return text if not text or text[-1] in ".!?" else f"{text}."


# --- words for a cell ---------------------------------------------------------------------------------
def status_text(cell: CellView) -> str:
    """The state of a cell in a word, for a table; "" for a plain figure."""
    return {
        "provisional": _("voorlopig"),
        "revised": _("verbeterd"),
        "estimated": _("geschat"),
        "break": _("vanaf hier anders gemeten"),
        "low_reliability": _("aanwijzing"),
        "pending": _("volgt"),
        "not_collected": _("niet gemeten"),
        "not_applicable": _("niet van toepassing"),
        "suppressed": _("niet getoond"),
        "unknown": _("onbekend"),
    }.get(cell.status, "")


def shown(cell: CellView) -> str:
    """What stands in the place of the figure: the figure as printed, else the word that says why there is none."""
    return cell.printed.strip() or status_text(cell) or "–"


def survey_text(cell: CellView) -> str:
    """How much a figure of a survey is worth: how many answered, and its margin."""
    values = {"n": plain_number(cell.n or 0), "margin": margin_text(cell)}
    if cell.n is None and cell.low is None:
        return _("Hoeveel mensen antwoord gaven en hoe groot de marge is, is niet bekend.")
    if cell.n is None:
        return _("Door toeval kan dit ook %(margin)s zijn.") % values
    if cell.low is None:
        return _("%(n)s mensen gaven antwoord. De marge is niet bekend.") % values
    return _("%(n)s mensen gaven antwoord. Door toeval kan dit ook %(margin)s zijn.") % values


def margin_text(cell: CellView) -> str:
    """The margin of a survey figure: "27–33%"."""
    if cell.low is None or cell.high is None:
        return _("niet bekend")
    sign = "%" if "%" in cell.printed else ""
    return f"{plain_number(cell.low)}–{plain_number(cell.high)}{sign}"


def plain_number(value: float) -> str:
    """A number as Dutch prints it, without zeros behind the comma: 7.5 is "7,5", 1200 is "1.200"."""
    exact = Decimal(f"{value:.6f}").normalize()
    decimals = max(-int(exact.as_tuple().exponent), 0)
    return number_format(exact, decimals, use_l10n=True, force_grouping=True)


# --- what better means ---------------------------------------------------------------------------------
def direction_word(direction: str) -> str:
    """What better means, short enough for a list."""
    return {
        "higher": _("hoger is beter"),
        "lower": _("lager is beter"),
        "band": _("goed binnen een bandbreedte"),
        "neutral": _("niet goed of slecht"),
    }.get(direction, _("meer of minder vraagt uitleg"))


def direction_text(direction: str, note: str, low: Decimal | None, high: Decimal | None) -> str:
    """What better means, as a person set it, with their explanation."""
    if direction == "band" and low is not None and high is not None:
        ends = {"low": plain_number(float(low)), "high": plain_number(float(high))}
        text = _("Goed is tussen %(low)s en %(high)s.") % ends
    else:
        text = {
            "higher": _("Hoger is beter."),
            "lower": _("Lager is beter."),
            "neutral": _("Meer of minder is hier niet goed of slecht."),
        }.get(
            direction,
            _("Of meer hier beter of slechter is, staat niet vast. Daarom krijgt dit cijfer geen kleur."),
        )
    return f"{text} {sentence(note)}".strip()


# --- revisions -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Version:
    """A cell as readers saw it from `seen_on` on, and why it changed."""

    printed: str
    seen_on: dt.date
    why: str = ""


def revision_text(label: str, versions: Sequence[Version]) -> str:
    """The history of one cell: "Cijfer over 2022: eerst ‘volgt’, 12 op 15 mei 2026, omdat de telling klaar is."."""
    first, *later = versions
    told = [_("eerst %(printed)s") % {"printed": _quoted(first.printed)}, *map(_changed, later)]
    return _("Cijfer over %(when)s: %(told)s.") % {"when": when(label), "told": "; ".join(told)}


def _changed(version: Version) -> str:
    values = {"printed": _quoted(version.printed), "day": date_format(version.seen_on, "j F Y")}
    text = _("%(printed)s op %(day)s") % values
    return f"{text} ({version.why.rstrip('.')})" if version.why else text


def _quoted(printed: str) -> str:
    text = printed.strip()
    if not text:
        return _("leeg")
    return text if text[0].isdigit() else f"‘{text}’"


# --- the map ----------------------------------------------------------------------------------------------
def range_text(low: float | None, high: float | None, sign: str = "") -> str:
    """The borders of a class on the map in words: "minder dan 10%", "10 tot 20%", "40% of meer"."""
    if low is None:
        return _("minder dan %(high)s") % {"high": plain_number(high or 0) + sign}
    if high is None:
        return _("%(low)s of meer") % {"low": plain_number(low) + sign}
    return _("%(low)s tot %(high)s") % {"low": plain_number(low), "high": plain_number(high) + sign}

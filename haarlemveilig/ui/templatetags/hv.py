"""The parts a page is made of. README.md in haarlemveilig/ui shows how each is used."""

from __future__ import annotations  # BaseFormSet takes no type argument when it runs

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import rules
from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from haarlemveilig.ui import chart_parts, charts
from haarlemveilig.ui.forms import UtrechtBoundField
from haarlemveilig.ui.icons import FALLBACK, ICONS

register = template.Library()

ALERT_ICONS = {"info": "info", "ok": "check", "warning": "warning", "error": "error"}
MESSAGE_KINDS = {"success": "ok", "warning": "warning", "error": "error"}
SOFT_HYPHEN = "\u00ad"
START_PAGES = ("pages:home", "pages:desk")


# --- numbers --------------------------------------------------------------------------------------
@register.filter
def percent(share: float | Decimal | None, decimals: int = 0) -> str:
    """0.523 as "52%"; `decimals` as the argument: {{ share|percent:1 }} gives "52,3%"."""
    return "" if share is None else f"{_rounded(float(share) * 100, decimals)}%"


@register.filter
def thousands(value: float | Decimal | None, decimals: int = 0) -> str:
    """4150 as "4.150"."""
    return "" if value is None else _rounded(value, decimals)


def _rounded(value: float | Decimal, decimals: int) -> str:
    # Through the short form of the float: 0.145 must go up although its binary value lies just below.
    exact = Decimal(f"{value:.9f}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number_format(exact, decimals, use_l10n=True, force_grouping=True)


# --- small parts ----------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """An icon from icons.py. Without a title it is decoration, and screen readers skip it."""
    paths = mark_safe(ICONS.get(name, ICONS[FALLBACK]))  # noqa: S308 (our own constants)
    if not title:
        return format_html('<svg class="hv-i" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', paths)
    return format_html(
        '<svg class="hv-i" viewBox="0 0 24 24" role="img"><title>{}</title>{}</svg>', title, paths
    )


@register.simple_block_tag(end_name="endalert")
def alert(content: str, kind: str) -> str:
    """A message in a coloured panel; `kind` is info, ok, warning or error. Its content is HTML."""
    titles = {"info": _("Let op"), "ok": _("Gelukt"), "warning": _("Waarschuwing"), "error": _("Fout")}
    context = {"content": content, "kind": kind, "icon": ALERT_ICONS[kind], "title": titles[kind]}
    return render_to_string("components/alert.html", context)


@register.inclusion_tag("components/badge.html")
def badge(kind: str, text: str) -> dict[str, Any]:
    """A status in one or two words; `kind` is neutral, active, success, warning or danger."""
    return {"kind": kind, "text": text}


@register.inclusion_tag("components/code.html")
def code(value: str) -> dict[str, Any]:
    """A code to keep; one click selects all of it."""
    return {"value": value}


@register.inclusion_tag("components/stats.html")
def stats(rows: Sequence[charts.Stat]) -> dict[str, Any]:
    """At most three large figures in a row."""
    return {"rows": rows}


@register.simple_block_tag(end_name="endempty_state")
def empty_state(content: str, title: str, level: int = 2, icon: str = "tray") -> str:
    """What to show where nothing is yet: the title says what is missing, the content what one can do."""
    context = {"content": content, "title": title, "level": level, "icon": icon}
    return render_to_string("components/empty_state.html", context)


@register.simple_block_tag(end_name="endtable_region")
def table_region(content: str, caption: str, id: str, extra: str = "") -> str:
    """A table that scrolls sideways inside its own labelled region. The content is thead and tbody.

    `id` must be unique on the page; `extra` holds extra classes of the table.
    """
    context = {"content": content, "caption": caption, "id": id, "extra": extra}
    return render_to_string("components/table_region.html", context)


@register.filter
def alert_kind(message_level: str) -> str:
    """The kind of alert for the level tag of a message from django.contrib.messages."""
    return MESSAGE_KINDS.get(message_level, "info")


# --- ways through the site ------------------------------------------------------------------------
@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(context: template.Context, url_name: str, text: str, link_class: str = "") -> dict[str, Any]:
    """One item of a menu. It marks the section the page is in; without such a page there is no item."""
    try:
        href = reverse(url_name)
    except NoReverseMatch:
        href = ""
    path = getattr(context.get("request"), "path", "")
    return {"href": href, "text": text, "link_class": link_class, "current": _current(url_name, href, path)}


def _current(url_name: str, href: str, path: str) -> str:
    if path == href:
        return "page"
    # The paths of many sections begin with that of a start page, without lying in it.
    return "true" if path.startswith(href) and url_name not in START_PAGES else ""


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way to this page: pairs of text and address, this page last."""
    return {"trail": trail}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Previous and next page of a Paginator; keeps the rest of the query string."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("components/steps.html")
def steps(number: int, total: int, text: str = "") -> dict[str, Any]:
    """Where someone is in a task of several pages: "Stap 2 van 4: uw wijk"."""
    return {"number": number, "total": total, "text": text}


@register.inclusion_tag("components/thread.html")
def thread(rows: Sequence[charts.Step], row: bool = False, level: int = 3) -> dict[str, Any]:
    """Steps on one line, in order. `row` lays them side by side on wide screens."""
    words = {"done": _("gedaan"), "now": _("nu"), "next": _("straks")}
    marks = [
        step.mark or ("check" if step.state == "done" else str(number))
        for number, step in enumerate(rows, start=1)
    ]
    knots = [(step, mark, mark in ICONS, words[step.state]) for step, mark in zip(rows, marks, strict=True)]
    return {"knots": knots, "row": row, "level": level}


# --- who may see what -----------------------------------------------------------------------------
@register.simple_tag
def may(user: Any, permission: str) -> bool:
    """Whether this person's roles give the permission; asks no database, as `user.has_perm` does on a no."""
    return bool(rules.has_perm(permission, user))


# --- charts ---------------------------------------------------------------------------------------
@register.inclusion_tag("components/tile_map.html")
def tile_map(tiles: Sequence[charts.Tile], label: str, own: str | None = None) -> dict[str, Any]:
    """The areas as equal tiles at their rough places. `own` is the name of the reader's own area.

    Put a list or table with the same facts beside it.
    """
    return {"cells": [(tile, _plain(tile.name) == _plain(own or "")) for tile in tiles], "label": label}


def _plain(name: str) -> str:
    return name.replace(SOFT_HYPHEN, "")


@register.inclusion_tag("components/legend.html")
def legend(entries: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """The classes of a tile map in words: pairs of level and text."""
    return {"entries": entries}


@register.inclusion_tag("components/share_bars.html")
def share_bars(rows: Sequence[charts.Share], top: float | None = None, labels: bool = True) -> dict[str, Any]:
    """Shares with their margins. Give all groups on a page the same `top` (charts.axis_top of all rows),
    and only the first one its axis `labels`."""
    end = top or charts.axis_top(rows)
    drawn = [(row, chart_parts.drawn(charts.share_svg(row, end, _share_title(row)))) for row in rows]
    return {"rows": drawn, "axis": charts.axis_labels(end) if labels else ()}


def _share_title(row: charts.Share) -> str:
    values = {
        "label": row.label,
        "share": percent(row.share),
        "low": percent(row.low),
        "high": percent(row.high),
    }
    return _("%(label)s: %(share)s, toevalsmarge van %(low)s tot %(high)s") % values


@register.inclusion_tag("components/pair_bars.html")
def pair_bars(rows: Sequence[charts.Pair]) -> dict[str, Any]:
    """Groups among the participants, each beside its share of the population."""
    top = charts.axis_top(rows)
    return {"rows": [(row, chart_parts.drawn(charts.pair_svg(row, top, _pair_title(row)))) for row in rows]}


def _pair_title(row: charts.Pair) -> str:
    values = {"label": row.label, "share": percent(row.share), "reference": percent(row.reference)}
    return _("%(label)s: %(share)s van de deelnemers, %(reference)s van de bewoners") % values


@register.simple_tag
def sparkline(points: charts.Spark | Iterable[float | None], title: str) -> SafeString:
    """A small line of at most 24 points; `title` says the numbers in words. Print the last one beside it."""
    spark = points if isinstance(points, charts.Spark) else charts.Spark(tuple(points))
    return chart_parts.drawn(charts.spark_svg(spark, title))


register.inclusion_tag("components/line_chart.html")(chart_parts.line_chart)
register.inclusion_tag("components/small_multiples.html")(chart_parts.small_multiples)
register.inclusion_tag("components/bar_chart.html")(chart_parts.bar_chart)
register.inclusion_tag("components/interval_chart.html")(chart_parts.interval_chart)


# --- forms ----------------------------------------------------------------------------------------
@register.simple_tag
def field(bound_field: UtrechtBoundField) -> SafeString:
    """One field with its label, explanation and errors."""
    return bound_field.as_field_group()


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[Any]) -> dict[str, Any]:
    """All errors of these forms and form sets, with links to the fields. First thing in main."""
    return {"errors": [error for form in forms for error in _errors(form)]}


def _errors(form: BaseForm | BaseFormSet[Any]) -> list[tuple[str, str]]:
    if isinstance(form, BaseFormSet):
        own = [(str(text), "") for text in form.non_form_errors()]
        return own + [error for member in form for error in _errors(member)]
    general = [(str(text), "") for text in form.non_field_errors()]
    # The project's FORM_RENDERER makes every bound field one of ours.
    fields = [bound for bound in form if isinstance(bound, UtrechtBoundField)]
    return general + [(text, bound.link_target) for bound in fields for text in bound.error_texts]

"""A published result as one printable page, and as the PDF made of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from haarlemveilig.editions.models import EditionFile
from haarlemveilig.gemeente.selectors import municipality, wijken
from haarlemveilig.localized import LocalizedText
from haarlemveilig.pdf import Attachment, render_in_child
from haarlemveilig.ui import charts
from haarlemveilig.ui.chart_parts import drawn
from participation.ranking import result_compare
from participation.ranking import result_words as words
from participation.ranking.published import RoundResultView
from participation.ranking.result_names import Names, names_of
from participation.ranking.result_views import ResultPage, ShareRow, result_page
from participation.ranking.selectors import PublishedRound, published_files

TILE, GAP = 17.8, 1.2
FIRST_TILE, OTHER_TILE = "#f0a37c", "#337682"
ATTACHED = {"results.csv": "Alle cijfers van deze uitslag"}


@dataclass(frozen=True)
class PaperRow:
    """A line of the table with the bar that belongs to it."""

    row: ShareRow
    drawing: SafeString


@dataclass(frozen=True)
class PaperGroup:
    """Themes with the same label."""

    title: str
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True)
class PaperPair:
    """A group among the participants beside the population, with its bar."""

    pair: charts.Pair
    drawing: SafeString


@dataclass(frozen=True)
class Chapter:
    """One area on paper; a wijk stands below its stadsdeel."""

    id: str
    page: ResultPage
    groups: tuple[PaperGroup, ...]
    composition: tuple[PaperPair, ...]
    children: tuple["Chapter", ...] = ()

    @property
    def columns(self) -> int:
        """How many columns the table of shares has."""
        return 5 + self.page.has_points + (not self.page.is_indicative)


def html(published: PublishedRound) -> str:
    """The page that the PDF is made of, in Dutch."""
    with translation.override("nl"):
        return render_to_string("ranking/results/result_pdf.html", _context(published))


def pdf(published: PublishedRound) -> bytes:
    """The PDF, with the figures attached. Takes seconds. Raises PdfError."""
    return render_in_child(html(published), attachments=_attachments(published))


def file_name(published: PublishedRound) -> str:
    return f"uitslag-{published.edition.subject}.pdf"


def _attachments(published: PublishedRound) -> list[Attachment]:
    return [
        Attachment(
            name=file.name, media_type=file.media_type, data=_read(file), description=ATTACHED[file.name]
        )
        for file in published_files(published.edition)
        if file.name in ATTACHED
    ]


def _read(file: EditionFile) -> bytes:
    with file.file.open("rb") as content:
        data: bytes = content.read()
    return data


def _context(published: PublishedRound) -> dict[str, object]:
    result = published.result
    names = names_of(result)
    chapters = _chapters(result, names)
    return {
        "result": result,
        "title": str(LocalizedText(result.title)),
        "code": published.edition.subject,
        "published_on": timezone.localtime(published.edition.published_at).date(),
        "city": chapters[0],
        "chapters": chapters,
        "cover": cover_map(),
        "municipality": municipality(),
        "stadsdelen": _lines("stadsdeel", result, names),
        "wijken": _lines("wijk", result, names),
        "channels": [(words.channel_text(key), n) for key, n in sorted(result.channels.items())],
        "ways_in": [(words.way_in_text(key), n) for key, n in sorted(result.ways_in.items())],
        "set_apart": result_compare.set_apart_page(result.areas[chapters[0].id], result, names),
    }


def _lines(level: str, result: RoundResultView, names: Names) -> list[result_compare.Column]:
    areas = [result.areas.get(name.code) for name in names.of_level(level)]
    return [result_compare.column(area, names) for area in areas if area]


# --- chapters ---------------------------------------------------------------------------------------
def _chapters(result: RoundResultView, names: Names) -> list[Chapter]:
    """The municipality, then each stadsdeel with its wijken; all in order of name."""
    within: dict[str, list[str]] = defaultdict(list)
    known = {name.code for name in names.of_level("stadsdeel")} & result.areas.keys()
    for name in names.of_level("wijk"):
        if name.code in result.areas:
            parent = result.areas[name.code].within
            within[parent if parent in known else ""].append(name.code)
    city = next(code for code, area in result.areas.items() if area.level == "gemeente")
    parts = [name.code for name in names.of_level("stadsdeel") if name.code in known]
    return [
        _chapter(city, (), result, names),
        *(_chapter(code, within[code], result, names) for code in parts),
        *(_chapter(code, (), result, names) for code in within[""]),
    ]


def _chapter(code: str, children: Iterable[str], result: RoundResultView, names: Names) -> Chapter:
    page = result_page(code, result, names)
    if page is None:
        raise LookupError(code)
    top = page.axis_top
    rows = {row.name: row for row in page.rows}
    return Chapter(
        id=code,
        page=page,
        groups=tuple(
            PaperGroup(group.title, tuple(_paper_row(bar, rows[bar.label], top) for bar in group.rows))
            for group in page.groups
        ),
        composition=_composition(page),
        children=tuple(_chapter(child, (), result, names) for child in children),
    )


def _paper_row(bar: charts.Share, row: ShareRow, top: float) -> PaperRow:
    title = _("%(label)s: %(share)s%%, toevalsmarge van %(low)s%% tot %(high)s%%") % {
        "label": bar.label,
        **{name: words.whole_percent(getattr(bar, name)) for name in ("share", "low", "high")},
    }
    return PaperRow(row, drawn(charts.share_svg(bar, top, title)))


def _composition(page: ResultPage) -> tuple[PaperPair, ...]:
    pairs = (*page.ages, *page.genders)
    return tuple(PaperPair(pair, drawn(charts.pair_svg(pair, 1.0, _pair_title(pair)))) for pair in pairs)


def _pair_title(pair: charts.Pair) -> str:
    return _("%(label)s: %(share)s%% van de deelnemers, %(reference)s%% van de bewoners") % {
        "label": pair.label,
        **{name: words.whole_percent(getattr(pair, name)) for name in ("share", "reference")},
    }


# --- cover ------------------------------------------------------------------------------------------
def cover_map() -> SafeString | str:
    """The wijken as tiles on the cover, the first one standing out; nothing where they have no place."""
    places = [(wijk.row, wijk.column) for wijk in wijken() if wijk.row and wijk.column]
    if not places:
        return ""
    width, height = (max(place[i] or 0 for place in places) * TILE - GAP for i in (1, 0))
    tiles = "".join(
        f'<rect fill="{OTHER_TILE if number else FIRST_TILE}" x="{((column or 1) - 1) * TILE:.1f}"'
        f' y="{((row or 1) - 1) * TILE:.1f}" width="16.6" height="16.6" rx="2"/>'
        for number, (row, column) in enumerate(places)
    )
    return drawn(
        f'<svg class="p-cover-map" viewBox="0 0 {width:.1f} {height:.1f}" role="img">'
        f"<title>{_('De wijken als tegels')}</title>{tiles}</svg>"
    )

"""A page of a table that somebody edits: what comes back from it, and how it is shown again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators.forms.cells import HIGHEST_ID, PRINTED_LENGTH, DetailsForm, details_of
from indicators.hints import text_remark
from indicators.models import Status
from indicators.pasting import Filled, Place
from indicators.selectors.editing import Grid, GridCell, GridRow, Stored, seen_cells
from indicators.services.editing import WITH_VALUE, WITHOUT_VALUE, CellEdit, Conflict, Details

BLOCK_LENGTH = 100_000
# What a page of the table posts stays below Django's limit on the number of fields.
CELLS_AT_ONCE = 400
# The statuses that nobody can see from the text.
TOLD = {*WITH_VALUE, *WITHOUT_VALUE} - {Status.NORMAL, Status.PENDING, Status.UNKNOWN}


class PasteForm(forms.Form):
    """A block from a spreadsheet, for whoever cannot paste it into the cells themselves."""

    block = forms.CharField(
        label=gettext_lazy("Plak een blok uit Excel"),
        help_text=gettext_lazy("U ziet de cijfers eerst in de tabel. Er wordt nog niets bewaard."),
        max_length=BLOCK_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Plak eerst de vakken uit Excel.")},
    )
    start_row = forms.TypedChoiceField(label=gettext_lazy("Vanaf de rij"), coerce=int)
    start_column = forms.TypedChoiceField(label=gettext_lazy("Vanaf de kolom"), coerce=int)

    def __init__(self, *args: Any, grid: Grid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("start_row", [row.row.label for row in grid.rows])
        self._choose("start_column", [column.label for column in grid.columns])

    def _choose(self, name: str, labels: list[str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = list(enumerate(labels))

    @property
    def start(self) -> Place:
        return self.cleaned_data["start_row"], self.cleaned_data["start_column"]


@dataclass(frozen=True)
class CellInput:
    """A cell as the page shows it. `base` is what stood there when it was opened, `details` is JSON or ""."""

    cell: GridCell
    text: str
    base: Stored | None
    details: str = ""
    problem: str = ""

    @property
    def id(self) -> str:
        row, column = self.cell.place
        return f"vak-{row}-{column}"

    @property
    def before(self) -> str:
        return _printed(self.base)

    @property
    def typed(self) -> str:
        """The text to keep: spaces around it are slips, and no database takes a null character."""
        if _one_line(self.text) == _one_line(self.before):
            return self.before
        return self.text.replace("\0", "").strip()

    @property
    def is_changed(self) -> bool:
        return bool(self.details) or _one_line(self.text) != _one_line(self.before)

    @property
    def remark(self) -> str:
        return text_remark(self.text, is_target=self.cell.is_target) if self.is_changed else ""

    @property
    def words(self) -> list[str]:
        """What the page says below the field: a status that the text itself does not tell, and a note."""
        return _words(details_of(self.base))

    @property
    def own_words(self) -> list[str]:
        """The same of what was typed over it."""
        return _words(_said(self.details)) if self.details else self.words

    @property
    def shown(self) -> dict[str, str]:
        """For the panel about the cell."""
        return details_of(self.base)


@dataclass(frozen=True)
class Difference:
    """A cell that two people changed: what stood there `before`, and in `input` both of what followed.

    `choice` is "mine", "theirs" or "".
    """

    input: CellInput
    before: str
    choice: str


def _words(said: Mapping[str, str]) -> list[str]:
    status = said.get("status", "")
    note = said.get("note", "")
    return [
        *([str(Status(status).label)] if status in TOLD else []),
        *([_("met noot: %(note)s") % {"note": note}] if note else []),
    ]


def _printed(saved: Stored | None) -> str:
    return saved.printed if saved else ""


def _one_line(text: str) -> str:
    # An input of one line drops the line breaks of a stored text; that is no change.
    return text.replace("\r", "").replace("\n", "")


class EditForm(forms.Form):
    """A page of a table. A cell that is not posted is as it was: the script posts only what changed."""

    reason = forms.CharField(
        label=gettext_lazy("Reden van de wijziging"),
        help_text=gettext_lazy("Nodig als een cijfer verandert dat er al stond."),
        max_length=300,
        required=False,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    marks_optional = False

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        grid: Grid,
        conflicts: Sequence[Conflict] = (),
        reason: str = "",
    ) -> None:
        """`conflicts` are edits that somebody has still to choose about, kept with their `reason`."""
        ids = {cell.key: cell.saved_id for cell in grid.cells if cell.saved}
        super().__init__(data, initial={"seen": json.dumps(ids), "reason": reason})
        self.grid = grid
        self.posted = data or QueryDict()
        self.problems: dict[str, str] = {}
        # The id and the name of each cell that changes without a reason.
        self.unexplained: list[tuple[str, str]] = []
        by_cell = {conflict.edit.key: conflict for conflict in conflicts}
        self._conflicts = {cell.key: by_cell[cell.id] for cell in grid.cells if cell.id in by_cell}

    @cached_property
    def inputs(self) -> dict[str, CellInput]:
        """By key of the cell."""
        ids = _ids(self.posted.get("seen", ""))
        base = (
            seen_cells(self.grid.cells, ids)
            if self.is_bound
            else {cell.key: cell.saved for cell in self.grid.cells}
        )
        return {cell.key: self._input(cell, base[cell.key]) for cell in self.grid.cells}

    def _input(self, cell: GridCell, base: Stored | None) -> CellInput:
        conflict = self._conflicts.get(cell.key)
        if conflict:
            return CellInput(cell, conflict.edit.text, base, _as_json(conflict.edit))
        text = self.posted.get(f"c:{cell.key}", base.printed if base else "")
        details = self.posted.get(f"d:{cell.key}", "")
        return CellInput(cell, text, base, details if _said(details) else "")

    @property
    def rows(self) -> Iterator[tuple[GridRow, list[CellInput]]]:
        """For the page: each row with its cells, and what is wrong with them."""
        for row in self.grid.rows:
            yield row, [self._with_problem(self.inputs[cell.key]) for cell in row.cells]

    def _with_problem(self, one: CellInput) -> CellInput:
        problem = self.problems.get(one.cell.key, "")
        return replace(one, problem=problem) if problem else one

    @property
    def faults(self) -> list[tuple[str, str]]:
        """What is wrong in cells, with the id of each: for the list on top of the page."""
        return [
            (self.inputs[key].id, f"{self.inputs[key].cell.label}: {text}")
            for key, text in self.problems.items()
        ]

    def ask_why(self, edits: Sequence[CellEdit]) -> None:
        """Say that these figures change and that nobody said why."""
        ids = {one.cell.id: one.id for one in self.inputs.values()}
        self.unexplained = [(ids[edit.key], edit.name) for edit in edits]
        text = ngettext(
            "%(count)s cijfer verandert. Schrijf waarom.",
            "%(count)s cijfers veranderen. Schrijf waarom.",
            len(edits),
        )
        self.add_error("reason", text % {"count": len(edits)})

    @property
    def changed(self) -> int:
        """How many cells say something else than when the page was opened."""
        return sum(one.is_changed for one in self.inputs.values())

    @property
    def differences(self) -> list[Difference]:
        """The cells that somebody has to choose about."""
        before = {key: _printed(conflict.edit.seen) for key, conflict in self._conflicts.items()}
        before |= {key: self.posted.get(f"w:{key}", "") for key in self.posted.getlist("asked")}
        return [
            Difference(self.inputs[key], text, self.posted.get(f"k:{key}", ""))
            for key, text in before.items()
            if key in self.inputs
        ]

    @property
    def gone(self) -> list[str]:
        """What stood in the form for rows that somebody else took out of the table."""
        known = {f"c:{cell.key}" for cell in self.grid.cells}
        return [
            str(text)
            for name, text in self.posted.items()
            if name.startswith("c:") and name not in known and text
        ]

    def clean(self) -> dict[str, Any]:
        edits = {key: edit for key, one in self.inputs.items() if (edit := self._edit(one))}
        self._refuse_contradictions(edits)
        return {**self.cleaned_data, "edits": list(edits.values())}

    def is_valid(self) -> bool:
        return super().is_valid() and not self.problems

    def _edit(self, one: CellInput) -> CellEdit | None:
        key = one.cell.key
        choice = self.posted.get(f"k:{key}", "")
        if key in self.posted.getlist("asked") and choice not in ("mine", "theirs"):
            self.problems[key] = _("Kies wat er in dit vak moet staan.")
        if not one.is_changed or choice == "theirs":
            return None
        if len(one.typed) > PRINTED_LENGTH:
            self.problems[key] = _("Deze tekst is te lang: hoogstens %(count)s tekens.") % {
                "count": PRINTED_LENGTH
            }
        said = DetailsForm(_said(one.details), cell=one.cell, text=one.typed) if one.details else None
        if said and not said.is_valid():
            self.problems[key] = " ".join(str(text) for texts in said.errors.values() for text in texts)
            return None
        return CellEdit(
            one.cell.series_id, one.cell.column, one.base, one.typed,
            details=said.details if said else None,
            reason=said.cleaned_data["why"] if said else "",
            name=one.cell.label,
        )  # fmt: skip

    def _refuse_contradictions(self, edits: Mapping[str, CellEdit]) -> None:
        """A series may stand in two rows of a table; then its cells must say the same."""
        first: dict[Any, CellEdit] = {}
        for key, edit in edits.items():
            other = first.setdefault(edit.key, edit)
            if other.text != edit.text:
                self.problems[key] = _("Dit is dezelfde reeks als ‘%(other)s’. Daar typte u: %(text)s.") % {
                    "other": other.name,
                    "text": other.text or _("niets"),
                }


def with_block(data: QueryDict, grid: Grid, filled: Filled) -> QueryDict:
    """What was posted, with the texts of a block in their cells."""
    keys = {cell.place: cell.key for cell in grid.cells}
    changed = data.copy()
    for place, text in filled.texts.items():
        changed[f"c:{keys[place]}"] = text
    return changed


def _ids(text: str) -> dict[str, int | None]:
    found = _loaded(text)
    return {
        key: number for key, number in found.items() if isinstance(number, int) and 0 < number <= HIGHEST_ID
    }


def _said(text: str) -> dict[str, str]:
    return {name: value for name, value in _loaded(text).items() if isinstance(value, str)}


def _loaded(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _as_json(edit: CellEdit) -> str:
    """What somebody said of a cell beside its text, as the page keeps it."""
    if edit.details is None and not edit.reason:
        return ""
    said = edit.details or Details()
    code = said.measured.code if said.measured else ""
    return json.dumps(
        {
            "status": said.status,
            "reason": said.reason,
            "note": said.note,
            "measured": code,
            "why": edit.reason,
        }
    )

"""A file on its way in: chosen, looked at, decided on per row, and taken in or thrown away."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from haarlemveilig.audit.services import record
from haarlemveilig.jobs.models import Job
from haarlemveilig.jobs.services import enqueue
from indicators.decisions import RowDecision, decisions_from_json
from indicators.import_report import ImportReport
from indicators.models import FigureImport, Source
from indicators.reading import Layout, needs_mapping, read_file
from indicators.selectors import city
from indicators.services.namebook import NameBook
from indicators.services.tables import Progress, import_table
from indicators.table_file import TableFile

State = FigureImport.State
JOB = "figures_import"
# More rows than this take longer than a page may: a worker takes them in.
ROWS_AT_ONCE = 500
KEPT_FOR = dt.timedelta(days=30)
CHANGES_TOLD = 50


class AlreadyTaken(Exception):
    """This file was taken in or thrown away, or a worker is busy with it."""


class NoReason(Exception):
    """Figures that stand would get another value and nobody said why; nothing was imported."""


@dataclass(frozen=True)
class Draft:
    """A file as it would be taken in now: its rows as in the file, and what would become of them."""

    file: TableFile
    report: ImportReport

    @property
    def is_large(self) -> bool:
        return len(self.file.lines) > ROWS_AT_ONCE


def start_import(
    *, name: str, content: bytes, layout: Layout, vintage: dt.date, created_by: Any
) -> FigureImport:
    """Keep a file that somebody chose."""
    made = FigureImport(name=name, layout=layout.to_json(), vintage=vintage, created_by=created_by)
    made.file.save(str(made.pk), ContentFile(content), save=False)
    made.save()
    return made


def content_of(draft: FigureImport) -> bytes:
    with draft.file.open("rb") as file:
        return bytes(file.read())


def layout_of(draft: FigureImport) -> Layout:
    return Layout.from_json(draft.layout)


def lacks_mapping(draft: FigureImport) -> bool:
    """Whether a person has to say first what the columns of this file are."""
    return needs_mapping(content_of(draft), draft.name, layout_of(draft))


def table_of(draft: FigureImport) -> TableFile:
    """The rows of the file. Raises TableFileError."""
    return read_file(content_of(draft), draft.name, layout_of(draft), max_bytes=settings.IMPORT_MAX_BYTES)


def rehearse(draft: FigureImport) -> Draft:
    """What taking the file in would do now. Only reads. Raises TableFileError."""
    file = table_of(draft)
    return Draft(file, _import(draft, file, dry_run=True))


def change_layout(draft: FigureImport, layout: Layout) -> None:
    """Read the file otherwise. What was decided per row was about other rows, and is forgotten.

    Raises TableFileError when the file cannot be read like that, and AlreadyTaken.
    """
    draft.layout = layout.to_json()
    if not lacks_mapping(draft):
        table_of(draft)
    changed = FigureImport.objects.filter(pk=draft.pk, state=State.DRAFT).update(
        layout=draft.layout, decisions={}
    )
    if not changed:
        raise AlreadyTaken


@transaction.atomic
def decide(draft: FigureImport, place: int, decision: RowDecision) -> None:
    """Keep what somebody decided about one row; all other rows keep what was decided about them."""
    kept = FigureImport.objects.select_for_update().filter(pk=draft.pk, state=State.DRAFT).first()
    if kept is None:
        raise AlreadyTaken
    others = {key: one for key, one in kept.decisions.items() if key != str(place)}
    kept.decisions = others | ({str(place): decision.to_json()} if decision != RowDecision() else {})
    kept.save(update_fields=["decisions"])


@transaction.atomic
def skip_unreadable(draft: FigureImport) -> int:
    """Skip all rows that cannot be taken in, such as those of a country; answers how many.

    Raises AlreadyTaken, and TableFileError for a file that cannot be read.
    """
    places = {error.place for error in rehearse(draft).report.errors}
    kept = FigureImport.objects.select_for_update().filter(pk=draft.pk, state=State.DRAFT).first()
    if kept is None:
        raise AlreadyTaken
    kept.decisions |= {str(place): RowDecision(choice="skip").to_json() for place in places}
    kept.save(update_fields=["decisions"])
    return len(places)


def apply_import(draft: FigureImport, *, expected: str, reason: str = "") -> ImportReport:
    """Take the file in at once.

    Raises AlreadyTaken, ImportChanged, TableFileError, and NoReason when figures that stand get another value
    without a reason; then nothing changed.
    """
    return _apply(draft, table_of(draft), State.DRAFT, expected, reason)


@transaction.atomic
def queue_import(draft: FigureImport, *, expected: str, reason: str = "") -> Job:
    """Leave the file to a worker; the caller nudges it. Raises AlreadyTaken."""
    job = enqueue(
        kind=JOB,
        title=f"Cijfers inlezen: {draft.name}"[:200],
        params={"import": str(draft.pk)},
        requested_by=draft.created_by,
    )
    claimed = FigureImport.objects.filter(pk=draft.pk, state=State.DRAFT).update(
        state=State.APPLYING, fingerprint=expected, outcome={"job": str(job.pk), "reason": reason}
    )
    if claimed != 1:
        raise AlreadyTaken
    return job


def run_queued(import_id: uuid.UUID, progress: Progress) -> dict[str, Any]:
    """What the worker does; harmless when it was done already. Answers the outcome.

    Raises ImportChanged, NoReason and TableFileError; whatever it raises, the file is then a draft again.
    """
    draft = FigureImport.objects.select_related("created_by").get(pk=import_id)
    if draft.state == State.APPLIED:
        return dict(draft.outcome)
    try:
        progress(5, "Het bestand wordt gelezen")
        reason = draft.outcome.get("reason", "")
        _apply(draft, table_of(draft), State.APPLYING, draft.fingerprint, reason, progress)
    except Exception:
        reopen(draft)
        raise
    draft.refresh_from_db()
    return dict(draft.outcome)


def reopen(draft: FigureImport) -> None:
    """Make it a draft again after a worker failed, so that a person can look at it once more."""
    FigureImport.objects.filter(pk=draft.pk, state=State.APPLYING).update(state=State.DRAFT, outcome={})


def discard(draft: FigureImport) -> None:
    """Throw away a file that was not taken in."""
    gone = FigureImport.objects.filter(pk=draft.pk, state=State.DRAFT).update(state=State.DISCARDED)
    if gone != 1:
        raise AlreadyTaken
    draft.file.delete(save=False)


@transaction.atomic
def purge_drafts(now: dt.datetime) -> int:
    """Remove files that nobody took in for thirty days; answers how many. One line in the log."""
    not_taken_in = FigureImport.objects.exclude(state=State.APPLIED)
    old = list(not_taken_in.filter(created_at__lt=now - KEPT_FOR))
    for draft in old:
        draft.file.delete(save=False)
        draft.delete()
    if old:
        record("indicators.drafts_purged", count=len(old))
    return len(old)


def _apply(
    draft: FigureImport,
    file: TableFile,
    state: str,
    expected: str,
    reason: str,
    progress: Progress = lambda _percentage, _sentence: None,
) -> ImportReport:
    with transaction.atomic():
        claimed = FigureImport.objects.filter(pk=draft.pk, state=state).update(
            state=State.APPLIED, applied_at=timezone.now()
        )
        if claimed != 1:
            raise AlreadyTaken
        report = _import(draft, file, expected=expected, reason=reason, progress=progress)
        if report.corrected and not reason:
            raise NoReason
        FigureImport.objects.filter(pk=draft.pk).update(
            fingerprint=report.fingerprint, outcome=_outcome(report)
        )
        _remember(layout_of(draft))
    return report


def _import(draft: FigureImport, file: TableFile, **options: Any) -> ImportReport:
    return import_table(
        file,
        area=city(),
        provenance=draft.name,
        recorded_by=draft.created_by,
        vintage=draft.vintage,
        decisions=decisions_from_json(draft.decisions),
        **options,
    )


def _outcome(report: ImportReport) -> dict[str, Any]:
    """What the page tells afterwards, also when the figures have moved on."""
    return {
        "rows": report.rows,
        "cells": report.cells,
        "series": report.series,
        "new": report.new_cells,
        "unchanged": report.unchanged,
        "revised": len(report.altered),
        "respelled": len(report.respelled),
        "newer": report.newer,
        "skipped": report.skipped,
        "changes": [
            {"label": one.label, "column": one.column, "before": one.before, "after": one.after}
            for one in report.altered[:CHANGES_TOLD]
        ],
    }


def remembered_mapping(source: str) -> dict[str, str]:
    """How the columns of this source's exports were read the last time."""
    return dict(NameBook().source(source).mapping) if source else {}


def _remember(layout: Layout) -> None:
    if layout.source and layout.mapping:
        source = NameBook().source(layout.source)
        Source.objects.filter(pk=source.pk).update(mapping=dict(layout.mapping))

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from haarlemveilig.audit.services import record
from haarlemveilig.canonical import sha256_of
from haarlemveilig.editions.models import Edition, EditionFile


@dataclass(frozen=True)
class PublishedFile:
    """A file to publish with an edition."""

    name: str
    media_type: str
    content: bytes


@transaction.atomic
def publish(
    *,
    kind: str,
    subject: str,
    title: str,
    view_model: dict[str, Any],
    html: str = "",
    files: Sequence[PublishedFile] = (),
    published_by: Any = None,
    published_at: dt.datetime | None = None,
) -> Edition:
    """Fix a view-model, its page and its files for ever, under the next number of this subject.

    `view_model` must be JSON; its hash is over canonical JSON (sorted keys, no spaces, UTF-8).
    `published_at` is for what was published elsewhere before; normally it is now.
    """
    last = Edition.objects.latest_of(kind, subject)
    edition = Edition.objects.create(
        kind=kind,
        subject=subject,
        number=last.number + 1 if last else 1,
        title=title,
        view_model=view_model,
        html=html,
        sha256=sha256_of(view_model),
        published_by=published_by,
        published_at=published_at or timezone.now(),
    )
    for file in files:
        _add_file(edition, file)
    record("editions.edition_published", actor=published_by, target=edition, sha256=edition.sha256)
    return edition


@transaction.atomic
def add_rendering(*, edition: Edition, file: PublishedFile) -> EditionFile:
    """Keep what an edition says in another form, such as a PDF that took long to make. Once: a second changes nothing.

    It may hold nothing that the view-model does not say: an edition stays what was published.
    """
    known: EditionFile | None = edition.files.filter(name=file.name).first()
    if known is not None:
        return known
    added = _add_file(edition, file)
    record("editions.rendering_added", target=edition, name=file.name, sha256=added.sha256)
    return added


def _add_file(edition: Edition, file: PublishedFile) -> EditionFile:
    return EditionFile.objects.create(
        edition=edition,
        name=file.name,
        media_type=file.media_type,
        file=ContentFile(file.content, name=f"{edition.pk}-{file.name}"),
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
    )

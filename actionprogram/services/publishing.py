"""From a draft to an edition that never changes."""

from typing import Any

from django.db import transaction

from actionprogram import document, view_model
from actionprogram.errors import NotPublishableError
from actionprogram.faults import blocking
from actionprogram.models import Actieprogramma
from actionprogram.selectors import programme_view
from haarlemveilig.audit.services import record
from haarlemveilig.editions import services as editions
from haarlemveilig.editions.models import Edition


@transaction.atomic
def publish_programme(*, programme: Actieprogramma, pdf: bytes, published_by: Any = None) -> Edition:
    """Fix the programme as it stands now, with the PDF that was made of it, as the next edition of its year.

    Raises NotPublishableError while a fault blocks.
    """
    view = programme_view(programme)
    faults = blocking(view)
    if faults:
        raise NotPublishableError(faults)
    edition = editions.publish(
        kind=Edition.Kind.PROGRAMME,
        subject=str(programme.year),
        title=view.title,
        view_model=view_model.to_json(view),
        html=document.html(view),
        files=[editions.PublishedFile(document.file_name(view), "application/pdf", pdf)],
        published_by=published_by,
    )
    record("actionprogram.programme_published", actor=published_by, target=programme, number=edition.number)
    return edition

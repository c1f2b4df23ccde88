"""Opening a round and moving its end."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.models import PopulationCell, Postcode
from participation.ranking import round_keys
from participation.ranking.models import MovedEnd, Round
from participation.ranking.services.errors import RoundError
from participation.ranking.workflow import may_go


def go(round_: Round, to: str, actor: Any) -> None:
    """Move a round along one arrow; only one of two people who try can succeed. RoundError otherwise."""
    if not may_go(round_.status, to):
        raise RoundError(f"Deze ronde staat op ‘{round_.get_status_display()}’ en kan niet naar deze stand.")
    if Round.objects.filter(pk=round_.pk, status=round_.status).update(status=to) != 1:
        raise RoundError("Iemand anders veranderde deze ronde net. Laad de bladzijde opnieuw.")
    round_.status = to
    record(f"ranking.round_{to}", actor=actor, target=round_)


def faults_before_opening(round_: Round) -> list[str]:
    """What still keeps this round from opening, one sentence each: it is unfinished, or not protected."""
    return [*_unfinished(round_), *_unprotected(round_)]


def _unfinished(round_: Round) -> list[str]:
    themes = list(round_.themes.all())
    mute = [str(theme.name) for theme in themes if not _says_who_does_what(theme)]
    checks = [
        (not round_.title.get("nl"), "Geef de ronde een titel."),
        (len(themes) < 2, "Kies minstens twee onderwerpen."),
        (len(themes) < round_.k, "Er zijn minder onderwerpen dan plaatsen op het stembiljet."),
        (bool(mute), f"Schrijf bij deze onderwerpen wie wat kan doen: {', '.join(mute)}."),
        (round_.closes_at <= timezone.now(), "De einddatum is al voorbij."),
        (
            round_.publish_on <= timezone.localdate(round_.closes_at),
            "Kies voor de uitslag een dag na het sluiten.",
        ),
        (
            round_.asks_group and round_.kind == Round.Kind.ENTREPRENEURS,
            "Leeftijd en geslacht vraagt u alleen aan bewoners: van ondernemers kennen we de bevolking niet.",
        ),
        (
            round_.asks_group and not _knows_groups(),
            "U vraagt leeftijd en geslacht, maar de bevolking is niet bekend in die groepen. "
            "Lees eerst de bevolking in, of vraag het niet.",
        ),
    ]
    return [sentence for is_wrong, sentence in checks if is_wrong]


def _unprotected(round_: Round) -> list[str]:
    """A round without a rule for who may take part must not open, nor with one that cannot work."""
    ways, known = set(round_.ways_in), set(Round.WayIn.values)
    by_postcode = {Round.WayIn.POSTCODE, Round.WayIn.EMAIL_CODE, Round.WayIn.OPENID}
    checks = [
        (not ways, "Kies minstens één manier om mee te doen."),
        (bool(ways - known), "Een manier om mee te doen bestaat niet. Kies ze opnieuw."),
        (
            ways == {Round.WayIn.LETTER_CODE} and not round_.access_codes.exists(),
            "Meedoen kan alleen met een code, maar er zijn nog geen codes gemaakt.",
        ),
        (
            bool(ways & by_postcode) and not Postcode.objects.exists(),
            "De postcodes zijn niet ingelezen. Daarmee vinden bewoners hun wijk.",
        ),
        (
            Round.WayIn.OPENID in ways and not settings.RESIDENT_OIDC,
            "Inloggen staat aan, maar er is geen aanbieder ingesteld. Vraag de beheerder.",
        ),
        (
            not _can_keep_keys(),
            "De map voor geheime sleutels kan niet worden beschreven. Vraag de beheerder.",
        ),
    ]
    return [sentence for is_wrong, sentence in checks if is_wrong]


def _says_who_does_what(theme: Any) -> bool:
    return all(
        text.get("nl")
        for text in (theme.description, theme.role_gemeente, theme.role_politie, theme.role_bewoners)
    )


def _knows_groups() -> bool:
    return PopulationCell.objects.filter(~Q(gender=PopulationCell.Gender.ALL), age_from__gt=0).exists()


def _can_keep_keys() -> bool:
    try:
        round_keys.check_writable()
    except OSError:
        return False
    return True


@transaction.atomic
def save_round(*, round_: Round | None, plan: Mapping[str, Any], actor: Any) -> Round:
    """Keep a round that is still a draft; a new one without `round_`. `plan` has its fields, themes and wijken.

    RoundError once it was opened: what residents were told does not change any more.
    """
    rows = {name: plan[name] for name in ("themes", "wijken")}
    fields = {name: value for name, value in plan.items() if name not in rows}
    if round_ is None:
        saved = Round.objects.create(**fields)
    else:
        held = Round.objects.select_for_update().filter(pk=round_.pk, status=Round.Status.DRAFT).first()
        if held is None:
            raise RoundError(
                _("Deze ronde is geen concept meer. Alleen het einde kan nog worden verplaatst.")
            )
        saved = held
        # Codes may have been made already: they stay valid as long as the round is open.
        saved.access_codes.filter(expires_at=saved.closes_at).update(expires_at=fields["closes_at"])
        for name, value in fields.items():
            setattr(saved, name, value)
        saved.save()
    for name, chosen in rows.items():
        getattr(saved, name).set(chosen)
    record("ranking.round_saved", actor=actor, target=saved)
    return saved


@transaction.atomic
def open_round(*, round_: Round, actor: Any = None) -> None:
    """Open a round that is ready; its secret key is made here. RoundError names what is missing."""
    # What counts is what stands there now: a colleague may have saved it since it was looked at.
    held = Round.objects.select_for_update().get(pk=round_.pk)
    if faults := faults_before_opening(held):
        raise RoundError(" ".join(faults))
    round_keys.make(round_.code)
    go(round_, Round.Status.OPEN, actor)


@transaction.atomic
def move_end(*, round_: Round, closes_at: dt.datetime, reason: str, actor: Any = None) -> MovedEnd:
    """Move the end of an open round to later; everybody reads when and why. RoundError when it cannot be.

    Never earlier: who read the old date must be able to rely on it. Codes from letters stay valid as long.
    """
    now = timezone.now()
    if closes_at <= round_.closes_at:
        raise RoundError(_("Het einde kan alleen later worden. Bewoners rekenen op de dag die zij lazen."))
    moved = Round.objects.filter(
        pk=round_.pk, status=Round.Status.OPEN, closes_at=round_.closes_at, closes_at__gt=now
    ).update(closes_at=closes_at)
    if moved != 1:
        raise RoundError(_("Het einde van deze ronde kan niet meer worden verplaatst."))
    if timezone.localdate(closes_at) >= round_.publish_on:
        raise RoundError(
            _("De uitslag komt op %(day)s. Kies een einde voor die dag.")
            % {"day": date_format(round_.publish_on, "j F Y")}
        )
    row = MovedEnd.objects.create(
        round=round_, before=round_.closes_at, after=closes_at, reason=reason, moved_by=actor
    )
    round_.access_codes.filter(expires_at=round_.closes_at).update(expires_at=closes_at)
    record("ranking.end_moved", actor=actor, target=round_, until=closes_at.isoformat())
    round_.closes_at = closes_at
    return row

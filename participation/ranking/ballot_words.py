"""What only the ballot's script says. Apart from the page, which everybody fetches and which must stay small."""

from django.utils.translation import gettext as _


def ballot_words() -> dict[str, str]:
    """The sentences of static/js/ballot.js by name, in the active language.

    On a button, only what stands between [ and ] is seen; the rest is for who hears it out of its context.
    """
    return {
        "choose": _("[Kies] {name} voor plaats {place}"),
        "choose_more": _("[Kies] {name}"),
        "drop": _("{name} [Plaats {place}: weghalen]"),
        "up": _("{name} [Hoger]"),
        "down": _("{name} [Lager]"),
        "remove": _("{name} weghalen"),
        "place": _("Plaats {place}:"),
        "free": _("Nog vrij. Kies hieronder een onderwerp, of laat deze plaats leeg."),
        "first": _("Nog vrij. Kies hieronder het onderwerp dat u het belangrijkst vindt."),
        "later": _("Nog vrij."),
        "moved": _("{name} staat nu op plaats {place} van {count}."),
        "removed": _("{name} is weg uit uw keuze. U koos er nu {count}."),
        "no_room": _("Alle plaatsen zijn bezet. Haal eerst een onderwerp weg."),
        "count": _("{count} van {k} gekozen"),
        "numbers": _("Geef liever nummers"),
        "buttons": _("Kies liever met knoppen"),
        "begun": _("U was al begonnen. Wat u invulde, staat alleen op dit apparaat."),
        "restore": _("Zet mijn keuze terug"),
        "anew": _("Begin opnieuw"),
        "restored": _("Uw keuze staat er weer."),
        "emptied": _("Wat op dit apparaat stond, is weg."),
    }

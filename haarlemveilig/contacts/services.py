from django.db import transaction

from haarlemveilig.contacts.models import Consent, Contact


@transaction.atomic
def remember(*, email: str, name: str, purpose: str, language: str = "nl") -> Contact:
    """The contact with this address, made or renewed, with consent for one purpose."""
    contact, made = Contact.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name, "language": language}
    )
    if not made and name:
        contact.name = name
        contact.save(update_fields=["name"])
    Consent.objects.get_or_create(contact=contact, purpose=purpose, withdrawn_at=None)
    return contact

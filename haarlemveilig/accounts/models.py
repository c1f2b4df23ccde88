from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What somebody may be on the platform; a person may be several at once."""

    BEWONER = "bewoner", "bewoner"
    BELEIDSMEDEWERKER = "beleidsmedewerker", "beleidsmedewerker"
    REDACTEUR = "redacteur", "redacteur"
    COMMUNICATIE = "communicatie", "communicatie"
    GASTHEER = "gastheer", "gastheer"
    WIJKPROFESSIONAL = "wijkprofessional", "wijkprofessional"
    LOTINGBEHEERDER = "lotingbeheerder", "lotingbeheerder"
    BALIE = "balie", "balie"
    VRIJWILLIGER = "vrijwilliger", "vrijwilliger"
    PARTNER = "partner", "partner"
    GRIFFIE = "griffie", "griffie"
    RAADSLID = "raadslid", "raadslid"
    FINANCIEN = "financien", "financiën"
    PRIVACY_OFFICER = "privacy_officer", "privacy officer"
    BEHEERDER = "beheerder", "beheerder"


# They work on pages that are not public, so their accounts must have a second factor.
STAFF_ROLES = frozenset(set(Role.values) - {Role.BEWONER, Role.RAADSLID})
# They work along without being of the municipality: drafts and unpublished figures are not theirs to read.
OUTSIDE_ROLES = frozenset({Role.PARTNER, Role.VRIJWILLIGER})


def validate_roles(roles: list[str]) -> None:
    if not set(roles) <= set(Role.values):
        raise ValidationError("Deze rol bestaat niet.")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, roles=[Role.BEHEERDER], **fields
        )


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, by e-mail address. What they may do follows from their roles."""

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField("naam", max_length=120, blank=True)
    roles = models.JSONField("rollen", default=list, blank=True, validators=[validate_roles])
    is_staff = models.BooleanField("mag in het beheer", default=False)
    is_active = models.BooleanField("actief", default=True)
    is_demo = models.BooleanField("demo-account", default=False)
    date_joined = models.DateTimeField("sinds", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def has_role(self, *roles: str) -> bool:
        """Whether this person has at least one of the roles."""
        return bool(set(roles) & set(self.roles))

    @property
    def is_colleague(self) -> bool:
        """Whether this person works on pages that are not public."""
        return bool(STAFF_ROLES & set(self.roles)) or self.is_staff or self.is_superuser

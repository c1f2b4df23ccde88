from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.test import RequestFactory
from pytest_django import Settings

from haarlemveilig.accounts.adapters import MFAAdapter
from haarlemveilig.accounts.models import User
from haarlemveilig.gemeente.models import Municipality

CLAIMS = {
    "sub": "abc",
    "email": "jan@example.org",
    "name": "Jan",
    "bsn": "999990019",
    "address": {"street_address": "Grote Markt 2"},
}


def provider(settings: Settings) -> OpenIDConnectProvider:
    app = {
        "provider_id": "gemeente",
        "name": "Gemeente",
        "client_id": "x",
        "settings": {"server_url": "https://id.example.org"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return get_adapter().get_provider(RequestFactory().get("/"), "gemeente")


def test_claims_are_stripped_before_anything_is_saved(db: None, settings: Settings) -> None:
    response = {"userinfo": CLAIMS, "id_token": CLAIMS}
    login = provider(settings).sociallogin_from_response(RequestFactory().get("/"), response)
    assert login.account.extra_data == {"sub": "abc", "email": "jan@example.org", "name": "Jan"}
    assert (login.user.email, login.user.name) == ("jan@example.org", "Jan")


def test_a_known_account_is_not_filled_again_with_all_claims(db: None, settings: Settings) -> None:
    user = User.objects.create_user(email="jan@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    SocialAccount.objects.create(user=user, provider="gemeente", uid="abc")
    login = provider(settings).sociallogin_from_response(
        RequestFactory().get("/"), {"userinfo": CLAIMS, "id_token": CLAIMS}
    )
    login.lookup()
    assert SocialAccount.objects.get().extra_data.keys() == {"sub", "email", "name"}


def test_the_app_on_a_telephone_shows_the_name_of_this_site(city: None) -> None:
    Municipality.objects.update(site_name="Utrecht Veilig")
    assert MFAAdapter().get_totp_issuer() == "Utrecht Veilig"

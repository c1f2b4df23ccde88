import pytest
from django.test import Client

from haarlemveilig.gemeente.selectors import stadsdelen, wijken


@pytest.mark.django_db
def test_before_the_first_import_there_are_no_wijken(client: Client) -> None:
    assert wijken() == stadsdelen() == []
    for path in ("/", "/wijken/", "/wat-is-ermee-gedaan/", "/doe-mee/"):
        assert client.get(path).status_code == 200
    assert client.get("/wijken/parkwijk/").status_code == 404

from typing import Any

from django.db import migrations

VEILIGHEIDSMONITOR = "85146NED"


def say_survey(apps: Any, schema_editor: Any) -> None:
    sources = apps.get_model("indicators", "Source").objects
    sources.filter(name__contains=VEILIGHEIDSMONITOR, kind="registration").update(kind="survey")


class Migration(migrations.Migration):
    """The Veiligheidsmonitor asks people; what was read in before was called a registration."""

    dependencies = [("indicators", "0005_public_since")]

    operations = [migrations.RunPython(say_survey, migrations.RunPython.noop)]

from django.db import migrations

from haarlemveilig.append_only import set_once


class Migration(migrations.Migration):
    """What was replaced stays replaced, and since the same moment: what was known on a day never changes."""

    dependencies = [("indicators", "0003_door_surveys")]

    operations = [
        set_once("indicators_observation", "superseded_at", "is_current"),
        set_once("indicators_target", "superseded_at", "is_current"),
    ]

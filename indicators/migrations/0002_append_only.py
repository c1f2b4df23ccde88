from django.db import migrations

from haarlemveilig.append_only import append_only

# All but `is_current` and `superseded_at`, which say that a later row took this one's place.
CELL = (
    "series_id", "period_start", "period_end", "granularity", "value", "comparator", "parts", "status",
    "reason", "printed", "note", "provenance", "vintage", "change_reason", "recorded_at", "recorded_by_id",
)  # fmt: skip
MEASURED = ("measured_start", "measured_end", "n", "margin_low", "margin_high")
AIMED = ("value_high", "criterion", "interpretation", "interpreted_by_id", "interpreted_at")


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [
        append_only("indicators_observation", *CELL, *MEASURED),
        append_only("indicators_target", *CELL, *AIMED),
        append_only("indicators_publication"),
    ]

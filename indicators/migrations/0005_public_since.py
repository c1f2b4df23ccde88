from django.db import migrations, models


class Migration(migrations.Migration):
    """From when readers may look back: what was withdrawn stays away, also after a later publication."""

    dependencies = [("indicators", "0004_history_stays")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="public_since",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="openbaar sinds"),
        ),
    ]

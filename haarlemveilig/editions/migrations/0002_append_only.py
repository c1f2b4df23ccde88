from django.db import migrations

from haarlemveilig.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial")]

    operations = [append_only("editions_edition"), append_only("editions_editionfile")]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gemeente", "0002_population_cells_once_on_sqlite")]

    operations = [
        # The code of a stadsdeel is its name: "hillegersberg-schiebroek" did not fit.
        migrations.AlterField("area", "code", models.CharField(max_length=100, verbose_name="code")),
    ]

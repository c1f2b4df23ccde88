from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gemeente", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("populationcell", "population_cell_once"),
        migrations.AddConstraint(
            "populationcell",
            models.UniqueConstraint(
                fields=("area", "year", "gender", "age_from", "age_below"), name="population_cell_once"
            ),
        ),
        migrations.AddConstraint(
            "populationcell",
            models.UniqueConstraint(
                condition=models.Q(("age_below__isnull", True)),
                fields=("area", "year", "gender", "age_from"),
                name="population_open_ended_cell_once",
            ),
        ),
    ]

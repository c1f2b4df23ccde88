import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from haarlemveilig.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("gemeente", "0003_long_area_codes"),
        ("indicators", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DoorSurvey",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.CharField(max_length=90, unique=True, verbose_name="titel")),
                (
                    "introduction",
                    models.TextField(blank=True, max_length=600, verbose_name="om voor te lezen aan de deur"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="de aanpak begint op")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="de aanpak eindigt op")),
                (
                    "granularity",
                    models.CharField(
                        choices=[("year", "jaar"), ("quarter", "kwartaal"), ("month", "maand")],
                        default="year",
                        max_length=10,
                        verbose_name="de uitslag telt voor een",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="gemaakt"),
                ),
                (
                    "buurten",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="gemeente.area", verbose_name="buurten"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="eigenaar",
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="door_survey",
                        to="indicators.source",
                        verbose_name="bron",
                    ),
                ),
                (
                    "volunteers",
                    models.ManyToManyField(
                        blank=True,
                        related_name="door_surveys",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vrijwilligers",
                    ),
                ),
                (
                    "wijk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gemeente.area",
                        verbose_name="wijk",
                    ),
                ),
            ],
            options={
                "verbose_name": "deur-aan-deur-enquête",
                "verbose_name_plural": "deur-aan-deur-enquêtes",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="DoorQuestion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="volgorde")),
                ("text", models.CharField(max_length=200, verbose_name="vraag")),
                (
                    "help",
                    models.CharField(blank=True, max_length=200, verbose_name="uitleg voor de vrijwilliger"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("yes_no", "ja of nee"),
                            ("grade", "rapportcijfer van 1 tot en met 10"),
                            ("scale", "schaal van vijf"),
                            ("choice", "één antwoord uit een lijst"),
                        ],
                        default="yes_no",
                        max_length=10,
                        verbose_name="soort antwoord",
                    ),
                ),
                ("options", models.JSONField(blank=True, default=list, verbose_name="antwoorden")),
                (
                    "counted",
                    models.JSONField(blank=True, default=list, verbose_name="tellen mee voor het percentage"),
                ),
                (
                    "indicator_name",
                    models.CharField(blank=True, max_length=200, verbose_name="naam van het nieuwe cijfer"),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="door_questions",
                        to="indicators.indicator",
                        verbose_name="cijfer",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="indicators.doorsurvey",
                        verbose_name="enquête",
                    ),
                ),
            ],
            options={
                "verbose_name": "vraag aan de deur",
                "verbose_name_plural": "vragen aan de deur",
                "ordering": ["survey", "order"],
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("baseline", "0-meting"), ("final", "eindmeting")],
                        max_length=10,
                        verbose_name="meting",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "nog niet open"), ("open", "open"), ("closed", "gesloten")],
                        default="draft",
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="begint op")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="eindigt op")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="gesloten op")),
                ("rung", models.PositiveIntegerField(blank=True, null=True, verbose_name="keren aangebeld")),
                (
                    "answered",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="huishoudens die meededen"
                    ),
                ),
                ("is_late", models.BooleanField(default=False, verbose_name="gemeten na de start")),
                ("purge_on", models.DateField(blank=True, null=True, verbose_name="antwoorden wissen op")),
                ("purged_at", models.DateTimeField(blank=True, null=True, verbose_name="antwoorden gewist")),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measurements",
                        to="indicators.doorsurvey",
                        verbose_name="enquête",
                    ),
                ),
            ],
            options={
                "verbose_name": "meting",
                "verbose_name_plural": "metingen",
                "ordering": ["survey", "kind"],
            },
        ),
        migrations.CreateModel(
            name="DoorResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveIntegerField(verbose_name="aantal antwoorden")),
                ("mean", models.FloatField(verbose_name="aandeel of gemiddelde")),
                ("spread", models.FloatField(verbose_name="spreiding")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gemeente.area",
                        verbose_name="gebied",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="indicators.doorquestion",
                        verbose_name="vraag",
                    ),
                ),
                (
                    "measurement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="indicators.measurement",
                        verbose_name="meting",
                    ),
                ),
            ],
            options={
                "verbose_name": "uitslag aan de deur",
                "verbose_name_plural": "uitslagen aan de deur",
            },
        ),
        migrations.CreateModel(
            name="DoorResponse",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("answered", "deed mee"),
                            ("not_home", "niet thuis"),
                            ("refused", "wil niet"),
                        ],
                        max_length=10,
                        verbose_name="uitkomst",
                    ),
                ),
                ("answers", models.JSONField(blank=True, null=True, verbose_name="antwoorden")),
                ("given_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="dag")),
                ("resend_key", models.UUIDField(unique=True, verbose_name="kenmerk van het formulier")),
                (
                    "buurt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gemeente.area",
                        verbose_name="buurt",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vrijwilliger",
                    ),
                ),
                (
                    "measurement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="indicators.measurement",
                        verbose_name="meting",
                    ),
                ),
            ],
            options={
                "verbose_name": "bezoek aan een deur",
                "verbose_name_plural": "bezoeken aan deuren",
            },
        ),
        migrations.AddConstraint(
            model_name="doorsurvey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="door_survey_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="doorquestion",
            constraint=models.UniqueConstraint(fields=("survey", "order"), name="door_question_order_once"),
        ),
        migrations.AddConstraint(
            model_name="doorquestion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("indicator__isnull", False)),
                fields=("survey", "indicator"),
                name="door_question_indicator_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="doorquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("indicator__isnull", False),
                    models.Q(("indicator_name", ""), _negated=True),
                    _connector="OR",
                ),
                name="door_question_feeds_an_indicator",
            ),
        ),
        migrations.AddConstraint(
            model_name="doorquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["yes_no", "grade", "scale", "choice"])),
                name="door_question_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.UniqueConstraint(fields=("survey", "kind"), name="measurement_kind_once"),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["baseline", "final"])), name="measurement_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(
                        ("closes_on__isnull", False),
                        ("opens_on__isnull", False),
                        ("state__in", ["open", "closed"]),
                    ),
                    _connector="OR",
                ),
                name="measurement_opens_with_its_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opens_on__isnull", True),
                    ("closes_on__isnull", True),
                    ("closes_on__gte", models.F("opens_on")),
                    _connector="OR",
                ),
                name="measurement_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered__isnull", False),
                        ("closed_at__isnull", False),
                        ("purge_on__isnull", False),
                        ("rung__isnull", False),
                        ("state", "closed"),
                    ),
                    models.Q(
                        ("answered__isnull", True),
                        ("closed_at__isnull", True),
                        ("purge_on__isnull", True),
                        ("purged_at__isnull", True),
                        ("rung__isnull", True),
                        ("state__in", ["draft", "open"]),
                    ),
                    _connector="OR",
                ),
                name="measurement_counts_exactly_when_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="doorresult",
            constraint=models.UniqueConstraint(
                fields=("measurement", "question", "area"), name="door_result_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="doorresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("n__gte", 30)), name="door_result_of_enough_answers"
            ),
        ),
        migrations.AddConstraint(
            model_name="doorresponse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answers__isnull", False), ("outcome", "answered")),
                    models.Q(("answers__isnull", True), ("outcome__in", ["not_home", "refused"])),
                    _connector="OR",
                ),
                name="door_response_answers_exactly_when_answered",
            ),
        ),
        append_only("indicators_doorresult"),
    ]

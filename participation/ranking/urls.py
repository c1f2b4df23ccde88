from django.urls import path

from participation.ranking import views_public
from participation.ranking.views_staff import judging, rounds

app_name = "ranking"
urlpatterns = [
    path("doe-mee/", views_public.start, name="start"),
    path("doe-mee/code/", views_public.with_code, name="with_code"),
    path("doe-mee/stembiljet/", views_public.ballot, name="ballot"),
    path("doe-mee/geteld/", views_public.counted, name="counted"),
    path("doe-mee/volgende/", views_public.next_voter, name="next_voter"),
    path("doe-mee/bewijs/", views_public.receipt_file, name="receipt_file"),
    path("werk/rondes/", rounds.rounds, name="rounds"),
    path("werk/rondes/nieuw/", rounds.round_add, name="round_add"),
    path("werk/rondes/<slug:code>/", rounds.round_detail, name="round"),
    path("werk/rondes/<slug:code>/bewerken/", rounds.round_edit, name="round_edit"),
    path("werk/rondes/<slug:code>/einde/", rounds.move_end, name="move_end"),
    path("werk/rondes/<slug:code>/verder/", rounds.advance, name="advance"),
    path("werk/rondes/<slug:code>/opvallend/", judging.quarantine, name="quarantine"),
    path(
        "werk/rondes/<slug:code>/opvallend/bevestigen/", judging.quarantine_confirm, name="quarantine_confirm"
    ),
    path("werk/rondes/<slug:code>/nakijken/", judging.check, name="check"),
    path("werk/rondes/<slug:code>/toelichtingen/", judging.remarks, name="remarks"),
    path(
        "werk/rondes/<slug:code>/toelichtingen/<int:remark_id>/",
        judging.remark_moderate,
        name="remark_moderate",
    ),
    path("werk/rondes/<slug:code>/steekproef/", judging.samples, name="samples"),
    path("werk/rondes/<slug:code>/steekproef/<int:audit_id>/", judging.sample, name="sample"),
    path(
        "werk/rondes/<slug:code>/steekproef/<int:audit_id>/<int:row_id>/",
        judging.sample_judge,
        name="sample_judge",
    ),
]

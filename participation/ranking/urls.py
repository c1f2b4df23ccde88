from django.urls import path

from participation.ranking import views_public, views_public_ways, views_recount, views_results
from participation.ranking.views_staff import codes, helping, judging, paper, paper_forms, result_pdf, rounds

app_name = "ranking"
urlpatterns = [
    path("doe-mee/", views_public_ways.start, name="start"),
    path("doe-mee/code/", views_public_ways.with_code, name="with_code"),
    # With and without the stroke: a redirect to the other would put the code in one more address.
    path("l/<str:code>/", views_public_ways.letter, name="letter"),
    path("l/<str:code>", views_public_ways.letter),
    path("doe-mee/e-mail/", views_public_ways.with_email, name="with_email"),
    path("doe-mee/e-mail/code/", views_public_ways.email_code, name="email_code"),
    path("doe-mee/e-mail/nieuwe-code/", views_public_ways.new_email_code, name="new_email_code"),
    path("doe-mee/inloggen/", views_public_ways.sign_in, name="sign_in"),
    path("doe-mee/ingelogd/", views_public_ways.signed_in, name="signed_in"),
    path("doe-mee/andere-wijk/<slug:slug>/", views_public_ways.other_wijk, name="other_wijk"),
    path("doe-mee/stembiljet/", views_public.ballot, name="ballot"),
    path("doe-mee/stembiljet/woorden/", views_public.words, name="ballot_words"),
    path("doe-mee/geteld/", views_public.counted, name="counted"),
    path("doe-mee/volgende/", views_public.next_voter, name="next_voter"),
    path("doe-mee/bewijs/", views_public.receipt_file, name="receipt_file"),
    path("uitslag/", views_results.rounds, name="results"),
    path("uitslag/<slug:code>/", views_results.city, name="result"),
    path("uitslag/<slug:code>/vergelijk/", views_results.compare, name="result_compare"),
    path("uitslag/<slug:code>/bestanden/", views_results.files, name="result_files"),
    path("uitslag/<slug:code>/bestanden/<str:name>", views_results.file, name="result_file"),
    path("uitslag/<slug:code>/pdf/", views_results.pdf, name="result_pdf"),
    path("uitslag/<slug:code>/natellen/", views_recount.recount, name="recount"),
    path("uitslag/<slug:code>/<slug:slug>/", views_results.area, name="result_area"),
    path("werk/rondes/", rounds.rounds, name="rounds"),
    path("werk/rondes/nieuw/", rounds.round_add, name="round_add"),
    path("werk/rondes/<slug:code>/", rounds.round_detail, name="round"),
    path("werk/rondes/<slug:code>/bewerken/", rounds.round_edit, name="round_edit"),
    path("werk/rondes/<slug:code>/voorbeeld/", rounds.preview, name="round_preview"),
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
    path("werk/rondes/<slug:code>/codes/", codes.code_batches, name="code_batches"),
    path("werk/rondes/<slug:code>/codes/nieuw/", codes.new_code_batch, name="new_code_batch"),
    path("werk/rondes/<slug:code>/codes/<uuid:batch_id>/", codes.code_batch, name="code_batch"),
    path(
        "werk/rondes/<slug:code>/codes/<uuid:batch_id>/bestand/",
        codes.code_file,
        name="code_file",
    ),
    path("werk/rondes/<slug:code>/helpen/", helping.assist, name="assist"),
    path("werk/rondes/<slug:code>/helpen/klaar/", helping.assist_end, name="assist_end"),
    path("werk/rondes/<slug:code>/papier/", paper.paper_overview, name="paper"),
    path("werk/rondes/<slug:code>/papier/invoer/", paper.paper_entry, name="paper_entry"),
    path("werk/rondes/<slug:code>/papier/laat-staan/", paper.paper_leave_out, name="paper_leave_out"),
    path("werk/rondes/<slug:code>/papier/vervallen/", paper.paper_drop, name="paper_drop"),
    path("werk/rondes/<slug:code>/papier/leeg/", paper_forms.blank, name="paper_blank"),
    path("werk/rondes/<slug:code>/papier/formulieren/", paper_forms.order, name="paper_forms"),
    path(
        "werk/rondes/<slug:code>/papier/formulieren/<uuid:job_id>/",
        paper_forms.ordered,
        name="paper_forms_job",
    ),
    path("werk/rondes/<slug:code>/pdf/", result_pdf.order_pdf, name="result_pdf_order"),
]

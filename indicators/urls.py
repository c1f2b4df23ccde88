from django.urls import path

from indicators.views_public import api, open_data, reading
from indicators.views_staff import (
    arranging,
    definitions,
    doors,
    editing,
    exports,
    history,
    imports,
    publishing,
    surveys,
    tables,
    targets,
)

app_name = "indicators"
urlpatterns = [
    path("cijfers/", reading.figures, name="figures"),
    path("cijfers/thema/<slug:code>/", reading.theme, name="theme"),
    path("cijfers/<slug:slug>/", reading.indicator, name="indicator"),
    path("wijken/<slug:slug>/cijfers/", reading.wijk, name="wijk"),
    path("werk/cijfers/", tables.table_list, name="list"),
    path("werk/cijfers/inlezen/", imports.import_upload, name="import"),
    path("werk/cijfers/inlezen/<uuid:import_id>/", imports.import_preview, name="import_preview"),
    path("werk/cijfers/inlezen/<uuid:import_id>/kolommen/", imports.import_layout, name="import_layout"),
    path("werk/cijfers/inlezen/<uuid:import_id>/rij/<int:place>/", imports.import_row, name="import_row"),
    path("werk/cijfers/inlezen/<uuid:import_id>/overslaan/", imports.import_skip, name="import_skip"),
    path("werk/cijfers/inlezen/<uuid:import_id>/bevestigen/", imports.import_confirm, name="import_confirm"),
    path("werk/cijfers/inlezen/<uuid:import_id>/weggooien/", imports.import_discard, name="import_discard"),
    path("werk/cijfers/inlezen/<uuid:import_id>/uitkomst/", imports.import_result, name="import_result"),
    path("werk/cijfers/<uuid:table_id>/", tables.table_detail, name="table"),
    path("werk/cijfers/<uuid:table_id>/bewerken/", editing.edit, name="edit"),
    path("werk/cijfers/<uuid:table_id>/bewerken/lezen/", editing.edit_remarks, name="edit_remarks"),
    path(
        "werk/cijfers/<uuid:table_id>/bewerken/<uuid:row_id>/<str:column>/",
        editing.edit_cell,
        name="edit_cell",
    ),
    path("werk/cijfers/<uuid:table_id>/opzet/", arranging.arrange, name="arrange"),
    path("werk/cijfers/<uuid:table_id>/opzet/<uuid:row_id>/", arranging.row_act, name="row_act"),
    path(
        "werk/cijfers/<uuid:table_id>/opzet/<uuid:row_id>/weghalen/", arranging.row_remove, name="row_remove"
    ),
    path("werk/cijfers/reeksen/<int:series_id>/<str:period>/", history.history, name="history"),
    path("werk/enquetes/", surveys.survey_list, name="surveys"),
    path("werk/enquetes/nieuw/", surveys.survey_add, name="survey_add"),
    path("werk/enquetes/<uuid:survey_id>/", surveys.survey_detail, name="survey"),
    path("werk/enquetes/<uuid:survey_id>/wijzigen/", surveys.survey_edit, name="survey_edit"),
    path("werk/enquetes/<uuid:survey_id>/proef/", surveys.survey_preview, name="survey_preview"),
    path("werk/enquetes/<uuid:survey_id>/vergelijken/", surveys.survey_compare, name="survey_compare"),
    path("werk/enquetes/<uuid:survey_id>/vragen/nieuw/", surveys.question_add, name="question_add"),
    path("werk/enquetes/vragen/<uuid:question_id>/", surveys.question_edit, name="question_edit"),
    path("werk/enquetes/vragen/<uuid:question_id>/plaats/", surveys.question_change, name="question_change"),
    path(
        "werk/enquetes/metingen/<uuid:measurement_id>/verder/",
        surveys.measurement_advance,
        name="measurement_advance",
    ),
    path("werk/mijn-enquetes/", doors.door_list, name="doors"),
    path("werk/mijn-enquetes/<uuid:measurement_id>/", doors.door, name="door"),
    *(
        path(
            f"cijfers/<slug:slug>.{kind}", open_data.indicator_file, {"extension": kind}, f"indicator_{kind}"
        )
        for kind in ("csv", "csv-metadata.json", "xlsx", "ods")
    ),
    *(
        path(
            f"cijfers/tabellen/<uuid:table_id>.{kind}",
            open_data.table_file,
            {"extension": kind},
            f"public_table_{kind}",
        )
        for kind in ("csv", "csv-metadata.json", "xlsx", "ods")
    ),
    *(
        path(
            f"werk/cijfers/<uuid:table_id>/tabel.{kind}",
            exports.table_file,
            {"extension": kind},
            f"table_{kind}",
        )
        for kind in ("csv", "xlsx", "ods")
    ),
    path("open-data/", open_data.page, name="open_data"),
    path("open-data/catalogus.jsonld", open_data.catalogue_file, name="catalogue"),
    path("api/v1", api.root, name="api"),
    path("api/v1/openapi.json", api.openapi, name="api_openapi"),
    path("api/v1/indicatoren", api.indicators, name="api_indicators"),
    path("api/v1/indicatoren/<slug:slug>", api.indicator, name="api_indicator"),
    path("api/v1/reeksen", api.series, name="api_series"),
    path("api/v1/reeksen/<int:series_id>", api.one_series, name="api_one_series"),
    path("api/v1/bronnen", api.sources, name="api_sources"),
    path("api/v1/gebieden", api.areas, name="api_areas"),
    path("api/v1/themas", api.themes, name="api_themes"),
    path("api/v1/", api.unknown),
    path("api/v1/<path:rest>", api.unknown),
    path("werk/cijfers/streefwaarden/<int:target_id>/", targets.interpret, name="interpret"),
    path("werk/cijfers/indicatoren/", definitions.definitions, name="definitions"),
    path("werk/cijfers/indicatoren/<slug:slug>/", definitions.definition, name="definition"),
    path("werk/cijfers/indicatoren/<slug:slug>/terughalen/", publishing.withdraw, name="withdraw"),
    path("werk/cijfers/bronnen/<int:source_id>/", definitions.source, name="source"),
    path("werk/cijfers/openbaar/", publishing.publish, name="publish"),
    path("werk/cijfers/openbaar/bevestigen/", publishing.publish_confirm, name="publish_confirm"),
]

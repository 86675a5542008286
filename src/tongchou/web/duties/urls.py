"""Addresses of the ledger in motion."""

from django.urls import path

from tongchou.web.duties.views import commitment, confirming, ledger, moves, overviews, plans, rounds, units, worklists

app_name = "duties"
urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("ledger.<slug:suffix>", ledger.ledger_export, name="ledger-export"),
    path("bulk", ledger.bulk, name="bulk"),
    path("<int:pk>/", commitment.commitment, name="commitment"),
    path("<int:pk>.<slug:suffix>", commitment.commitment_export, name="commitment-export"),
    path("<int:pk>/history", commitment.commitment_history, name="history"),
    path("<int:pk>/<slug:verb>", commitment.act, name="act"),
    path("reports/<int:pk>/<slug:verb>", moves.report, name="report"),
    path("evidence/<int:pk>/<slug:verb>", moves.evidence, name="evidence"),
    path("answers/<int:pk>/<slug:verb>", moves.answer, name="answer"),
    path("confirm/", confirming.worklist, name="confirm"),
    path("confirm/clause", confirming.confirm_clause, name="confirm-clause"),
    path("confirm/propose", confirming.propose, name="propose"),
    path("evidence/", worklists.evidence_offered, name="evidence-list"),
    path("answers/", worklists.answers_open, name="answers-list"),
    path("unit/", units.my_unit, name="my-unit"),
    path("unit/<str:id_>/", units.unit, name="unit"),
    path("unit/<str:id_>.<slug:suffix>", units.unit_export, name="unit-export"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds.<slug:suffix>", rounds.rounds_export, name="rounds-export"),
    path("rounds/new", rounds.new_round, name="new-round"),
    path("rounds/<int:pk>/", rounds.one_round, name="round"),
    path("rounds/<int:pk>/paper", rounds.paper, name="paper"),
    path("rounds/<int:pk>/close", rounds.close, name="close-round"),
    path("rounds/<int:pk>/reply/<str:id_>", rounds.reply, name="reply"),
    path("plans/", plans.plans, name="plans"),
    path("plans.<slug:suffix>", plans.plans_export, name="plans-export"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/new/<str:id_>", plans.new_plan, name="new-plan"),
    path("silence/", overviews.silence, name="silence"),
    path("silence.<slug:suffix>", overviews.silence_export, name="silence-export"),
    path("lamps/", overviews.lamps, name="lamps"),
    path("lamps.<slug:suffix>", overviews.lamps_export, name="lamps-export"),
    path("escalation/", overviews.escalations, name="escalation"),
    path("escalation.<slug:suffix>", overviews.escalations_export, name="escalation-export"),
]

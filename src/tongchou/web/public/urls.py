"""Addresses of the public pages."""

from django.urls import path

from tongchou.web.public import asking_views, data_views, handling, views

app_name = "public"
urlpatterns = [
    path("", views.progress, name="progress"),
    path("progress.<slug:suffix>", views.progress_export, name="progress-export"),
    path("commitments/", views.commitments, name="commitments"),
    path("commitments.<slug:suffix>", views.commitments_export, name="commitments-export"),
    path("commitments/<str:code>/", views.commitment, name="commitment"),
    path("commitments/<str:code>/feed.atom", views.feed, name="feed"),
    path("commitments/<str:code>/follow", asking_views.follow, name="follow"),
    path("follow/confirm/<str:token>", asking_views.follow_confirm, name="follow-confirm"),
    path("unfollow/<str:token>", asking_views.unfollow, name="unfollow"),
    path("ask/", asking_views.ask_page, name="ask"),
    path("track/", asking_views.track, name="track"),
    path("answers/", asking_views.answers, name="answers"),
    path("answers.<slug:suffix>", asking_views.answers_export, name="answers-export"),
    path("answers/<int:pk>/", asking_views.answer, name="answer"),
    path("disclosures/", views.disclosure_log, name="disclosures"),
    path("disclosures.<slug:suffix>", views.disclosure_export, name="disclosures-export"),
    path("data/", data_views.data, name="data"),
    path("data/figures.<slug:suffix>", data_views.figures_export, name="figures"),
    path("data/catalog.jsonld", data_views.catalogue_export, name="catalogue"),
    path("handling/", handling.handling, name="handling"),
    path("handling.<slug:suffix>", handling.handling_export, name="handling-export"),
    path("handling/<int:pk>/", handling.question, name="question"),
]

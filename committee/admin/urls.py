"""Which screens does the committee work on, inside the administration?"""

from django.urls import path

from committee.views import (
    decisions,
    deliberation,
    exports,
    offers,
    progress,
    publication,
    reviews,
)

app_name = "screens"

urlpatterns = [
    path("evaluations/", reviews.reviews, name="reviews"),
    path("evaluations/<int:pk>/", reviews.review, name="review"),
    path(
        "evaluations/<int:pk>/lien/",
        reviews.conflict_of_interest,
        name="conflict-of-interest",
    ),
    path("avancement/", progress.committee_progress, name="progress"),
    path("avancement/ecrire/", progress.write_to_late_members, name="late-members"),
    path("avancement/<int:pk>/", progress.papers, name="papers"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<slug:name>.<slug:extension>", exports.download, name="export"),
    path("deliberation/", deliberation.deliberation, name="deliberation"),
    path("deliberation/<int:pk>/", decisions.decision, name="decision"),
    path(
        "deliberation/<int:pk>/deport/<int:review>/",
        decisions.give_review_back,
        name="give-back",
    ),
    path("publication/", publication.results, name="results"),
    path("publication/publier/", publication.publish_results, name="publish-results"),
    path("publication/envoyer/", publication.send_results, name="send-results"),
    path("proposer/", offers.offers, name="offers"),
    path("proposer/<int:pk>/", offers.offer, name="offer"),
]

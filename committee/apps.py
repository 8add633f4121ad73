"""What does this package declare to the others?"""

from datetime import timedelta

from assises.packages import PackageConfig


class CommitteeConfig(PackageConfig):
    default = True
    name = "committee"
    verbose_name = "Comité de pilotage"

    def load_reference(self, **signal):
        from committee import reference

        reference.load()

    def text_labels(self):
        from committee.forms import labels

        return labels.labels()

    def choices_in(self, data):
        from committee.forms import labels

        return labels.posted_marks(data)

    @property
    def jobs(self):
        from committee.reviewing import assignment

        return {"assignment": (assignment.run, timedelta(minutes=15))}

    def seats_besides(self, edition):
        from committee.deliberation import presenters

        return presenters.by_structure(edition)

    def has_judged(self, answer):
        from committee.models import Decision, Review

        reviews = Review.objects.filter(application=answer.pk).read()
        decisions = Decision.objects.filter(application=answer.pk)
        return reviews.exists() or decisions.exists()

    def answer_withdrawn(self, answer, *, at):
        from committee.publishing import publication

        publication.withdrawn(answer, at=at)

    def admin_tasks(self, request):
        from committee.admin import to_do

        return to_do.committee_tasks(request)

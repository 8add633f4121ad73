"""What does a member write about one proposal?"""

from django import forms

from assises.forms import posted_texts
from assises.forms.base import BaseForm
from assises.forms.fields import ChoiceField, ProseField
from committee.deliberation import scoring
from committee.models import ConflictOfInterest, Score

NO_OPINION = "none"
# What the name of a field of marks begins with; the code of its criterion follows.
MARK = "mark-"


class MarkField(ChoiceField):
    """One criterion: four labelled marks, best first, or « ne se prononce pas »."""

    def __init__(self, criterion):
        marks = [(str(mark), f"{mark} – {words}") for mark, words in criterion.marks]
        super().__init__(
            label=criterion.label,
            help_text=criterion.question,
            choices=[*reversed(marks), (NO_OPINION, "Je ne me prononce pas")],
            missing=f"{criterion.label} : donnez une note, ou « je ne me prononce pas ».",
        )
        self.criterion = criterion


class SeenField(forms.IntegerField):
    """The version or the key that a page was made from; forged or left out, it is 0."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, required=False)

    def clean(self, value):
        try:
            return super().clean(value) or 0
        except forms.ValidationError:
            return 0


class ReviewForm(BaseForm):
    """One review: a mark by criterion, two texts, and the version that was read.

    Without ``data``, what was typed and is not valid yet is shown again with its error;
    ``check`` shows what is missing too. ``latest`` is the snapshot that the page shows,
    ``scores`` the marks: those of other reviews are left aside.
    """

    version = SeenField()
    snapshot = SeenField()
    comment = ProseField(
        label="Commentaire pour le comité",
        help_text="Restez factuel : une personne peut demander communication de ce"
        " qui est écrit sur elle.",
        limit=2000,
        rows=5,
    )
    suggestion = ProseField(
        label="Suggestion pour la structure",
        help_text="L’organisation s’en inspire pour écrire le motif ; elle n’est jamais"
        " transmise telle quelle.",
        limit=1000,
        rows=3,
    )

    TEXTS = ("comment", "suggestion")

    def __init__(
        self,
        data=None,
        *,
        review,
        criteria,
        scores,
        latest,
        strict=False,
        check=False,
    ):
        self.review, self.latest, self.scores = review, latest, scores
        marks = {f"{MARK}{criterion.code}": criterion for criterion in criteria}
        self.base_fields = {
            **{name: MarkField(criterion) for name, criterion in marks.items()},
            **self.base_fields,
        }
        initial = {
            **self._stored_marks(marks),
            **{name: getattr(review, name) for name in self.TEXTS},
            "version": review.version,
            "snapshot": latest.pk,
        }
        if data is None and (check or review.unfinished):
            data = {**initial, **review.unfinished}
        super().__init__(
            data, initial=initial, needed=set(marks), strict=strict or check
        )
        self.marks = list(marks)

    def _stored_marks(self, criteria):
        """Return field → code of the marks given so far, from field → criterion."""
        given = {
            score.criterion_id: NO_OPINION if score.mark is None else str(score.mark)
            for score in self.scores
            if score.review_id == self.review.pk
        }
        return {
            name: given[criterion.pk]
            for name, criterion in criteria.items()
            if criterion.pk in given
        }

    def clean_snapshot(self):
        """Return the version that the page showed, or the one read before."""
        snapshots = self.review.application.snapshots
        shown = snapshots.filter(pk=self.cleaned_data["snapshot"]).first()
        return shown or self.review.snapshot

    def texts(self):
        """Return the columns of the texts that are valid."""
        return {
            name: self.cleaned_data[name]
            for name in self.TEXTS
            if name in self.cleaned_data
        }

    def given(self):
        """Return pairs of criterion and mark (``None``: no opinion) that are valid."""
        return [
            (self.fields[name].criterion, _mark_of(self.cleaned_data[name]))
            for name in self.marks
            if self.cleaned_data.get(name)
        ]

    @property
    def has_mark(self):
        """Say whether anything but « je ne me prononce pas » is given."""
        return any(mark is not None for _, mark in self.given())

    @property
    def changes_marks(self):
        """Say whether a mark is another one than the page has shown."""
        return any(
            self.cleaned_data.get(name) != self.initial.get(name) for name in self.marks
        )

    def told_marks(self):
        """Return label of criterion → mark, as the journal keeps them."""
        return {criterion.label: Score(mark=mark) for criterion, mark in self.given()}

    def mean(self, weights):
        """Return what the review amounts to, or ``None`` if it has no mark.

        ``weights`` are those of now, by key of criterion: the page may be older.
        """
        return scoring.weighted_mean(
            (mark, weights.get(criterion.pk, 0)) for criterion, mark in self.given()
        )

    def write_scores(self):
        """Store the marks that are valid, in place of those there were."""
        valid = [
            self.fields[name].criterion
            for name in self.marks
            if name in self.cleaned_data
        ]
        Score.objects.filter(review=self.review, criterion__in=valid).delete()
        Score.objects.bulk_create(
            Score(review=self.review, criterion=criterion, mark=mark)
            for criterion, mark in self.given()
        )

    def kept(self):
        """Return what was typed and is not valid yet, field → text, unless it is huge.

        Marks and texts alone: what the page says of itself is made anew each time.
        """
        wrong = [name for name in (*self.marks, *self.TEXTS) if name in self.errors]
        texts = posted_texts.kept_texts(self, wrong)
        return {name: values[-1] for name, values in texts.items() if values}


def _mark_of(code):
    return None if code == NO_OPINION else int(code)


class ConflictOfInterestForm(BaseForm):
    """With what a member is in conflict."""

    conflict_of_interest = ChoiceField(
        label="À quoi êtes-vous liée ou lié ?",
        choices=ConflictOfInterest.choices,
        missing="Dites à quoi vous êtes liée ou lié.",
    )

    def __init__(self, data=None):
        super().__init__(data, needed={"conflict_of_interest"}, strict=True)

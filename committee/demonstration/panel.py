"""How does the invented committee read, mark and begin to decide?"""

from random import Random

from assises.french import dates
from assises.models import Partner, User
from committee.deliberation import decisions, ranking
from committee.demonstration.invented import DOMAIN, read_data
from committee.forms.review import MARK, NO_OPINION, ReviewForm
from committee.models import Candidacy, Criterion, Member, Review
from committee.reviewing import assignment, handing_in, recusals, seats
from submissions.answering import corrections
from submissions.models import Application
from submissions.offers import asking

# In how many reviews one criterion is left without opinion.
SILENT = 0.2
# The place of the one that whoever reads that far leaves without opinion.
ABSTAINED = 7


def load_panel(edition, at):
    """Seat the committee, assign, and let everyone read as far as they have come."""
    panel = read_data("panel")
    organiser = _account("organisation")
    members = [
        (_seat(line, edition, at, by=organiser), line) for line in panel["member"]
    ]
    assignment.assign(edition, by=organiser, at=at)
    criteria = list(Criterion.objects.of(edition))
    for member, line in members:
        _review_as(member, line, criteria, panel["words"], at)
    _change_after_reading(edition, by=organiser, at=at)
    _prepare_decisions(edition, panel["decision"], by=organiser, at=at)
    _ask_to_present(edition, by=organiser, at=at)


def _account(name):
    return User.objects.get(email=f"{name}@{DOMAIN}")


def _seat(line, edition, at, *, by):
    """Give one account its seat, the partner it represents and its conflicts of interest."""
    partner = Partner.objects.filter(edition=edition, name=line.get("partner")).first()
    role = Member.Role.CHAIR if line.get("chair") else Member.Role.MEMBER
    member = Member.objects.create(
        user=_account(line["name"]), edition=edition, role=role, partner=partner
    )
    names = read_data("structures")
    conflicts = [names[slug]["name"] for slug in line.get("conflicts", [])]
    answered = Application.objects.of(edition).filter(structure__name__in=conflicts)
    member.structures.set(answered.values_list("structure", flat=True))
    seats.give_role(member)
    recusals.apply(member, by=by, at=at)
    return member


def _review_as(member, line, criteria, words, at):
    """Write the reviews of ``member``, in their own order, as far as ``read`` says."""
    reviews = list(
        Review.objects.of(member)
        .pending()
        .in_own_order()
        .select_related("application", "member__user", "member__edition")
    )
    done = round(len(reviews) * line["read"])
    for place, review in enumerate(reviews[: done + 1] if done else []):
        # The same at each loading.
        chance = Random(f"{review.application.title} {member.user.email}")  # noqa: S311
        move = {ABSTAINED: "abstain", done: "keep"}.get(place, "hand_in")
        on_paper = line["name"] == "comite7" and place == 0
        by = _account("organisation") if on_paper else member.user
        data = _drawn_review(review, move, criteria, line["severity"], words, chance)
        sent = review.application.sent_at
        _write(
            review, move, criteria, data, by=by, at=sent + chance.random() * (at - sent)
        )


def _drawn_review(review, move, criteria, severity, words, chance):
    """Return what is typed in one review: marks that depend on the proposal first, then on
    who reads it."""
    worth = Random(review.application.title).uniform(0.9, 3.1) + severity  # noqa: S311
    marks = {
        f"{MARK}{criterion.code}": str(
            min(3, max(0, round(worth + chance.uniform(-0.8, 0.8))))
        )
        for criterion in (criteria if move != "keep" else criteria[:2])
    }
    if chance.random() < SILENT:
        marks[next(iter(marks))] = NO_OPINION
    level = min(3, max(0, round(worth)))
    return {
        **(marks if move != "abstain" else {}),
        "comment": chance.choice(words["comments"][level]),
        "suggestion": chance.choice(words["suggestions"]),
    }


def _write(review, move, criteria, data, *, by, at):
    """Fill the form of ``review`` as its member would, and write it."""
    latest = review.application.snapshots.newest_first().first()
    form = ReviewForm(
        {**data, "version": review.version, "snapshot": latest.pk},
        review=review,
        criteria=criteria,
        scores=[],
        latest=latest,
        strict=move == "hand_in",
    )
    form.full_clean()
    handing_in.write_review(form, move, by=by, at=at)


def _change_after_reading(edition, *, by, at):
    """Correct one proposal that most have read: « modifié depuis votre lecture »."""
    read = Review.objects.filter(member__edition=edition).handed_in()
    application = read.order_by("application__sent_at").first().application
    corrections.correct(
        application,
        {"equipment": "Vidéoprojecteur, une table, deux prises."},
        by=by,
        at=at,
    )


def _prepare_decisions(edition, prepared, *, by, at):
    """Prepare some decisions, by the place that the marks read so far give."""
    order = list(ranking.standings(Candidacy.objects.of(edition)))
    for line in prepared:
        candidacy = Candidacy.objects.get(pk=order[line["place"] - 1])
        choice = {"minutes": None, "reason": "", "note": ""} | {
            name: value for name, value in line.items() if name != "place"
        }
        decisions.decide(candidacy, choice, seen=0, by=by, at=at)


def _ask_to_present(edition, *, by, at):
    """Ask the bearer of one declared action to present it in the morning."""
    declared = Application.objects.of(edition).declared().select_related("edition")
    last_day = dates.last_day_before(edition.closes_at)
    asking.ask_to_present(declared.order_by("sent_at").first(), last_day, by=by, at=at)

"""How does the invented committee read, mark and begin to decide?"""

from datetime import timedelta
from hashlib import sha256

from assises.french import dates
from assises.models import Partner, User
from committee.deliberation import decisions, ranking
from committee.demonstration import typed_answers
from committee.demonstration.edition import DOMAIN
from committee.forms.review import MARK, NO_OPINION, ReviewForm
from committee.models import Candidacy, Criterion, Member, Review
from committee.reviewing import assignment, handing_in, recusals, seats
from submissions.answering import corrections
from submissions.models import Application
from submissions.offers import asking

# In how many reviews one criterion is left without opinion, or all of them.
SILENT, WITHOUT_OPINION = 0.06, 0.05
TIME_TO_ANSWER = timedelta(weeks=2)


def load_panel(edition, at):
    """Seat the committee, assign, and let everyone read as far as they have come."""
    panel = typed_answers.read_data("panel")
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
    names = typed_answers.read_data("structures")
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
    for place, review in enumerate(reviews[: done + (0 < done < len(reviews))]):
        move = "keep" if place == done else "hand_in"
        if move == "hand_in" and _draw(review, "opinion") < WITHOUT_OPINION:
            move = "abstain"
        on_paper = line["name"] == "comite7" and place == 0
        by = _account("organisation") if on_paper else member.user
        _fill_review(review, move, criteria, line["severity"], words, by=by, at=at)


def _fill_review(review, move, criteria, severity, words, *, by, at):
    """Fill one review as its member would, and hand it in at some instant before ``at``."""
    latest = review.application.snapshots.newest_first().first()
    marks = {
        f"{MARK}{criterion.code}": _drawn_mark(review, criterion, severity)
        for criterion in (criteria if move != "keep" else criteria[:2])
    }
    given = [int(mark) for mark in marks.values() if mark != NO_OPINION]
    level = round(sum(given) / len(given)) if given else 1
    data = {
        **(marks if move != "abstain" else {}),
        "version": review.version,
        "snapshot": latest.pk,
        "comment": _choose(words["comments"][level], review, "comment"),
        "suggestion": _choose(words["suggestions"], review, "suggestion"),
    }
    form = ReviewForm(
        data,
        review=review,
        criteria=criteria,
        scores=[],
        latest=latest,
        strict=move == "hand_in",
    )
    form.full_clean()
    sent = review.application.sent_at
    handing_in.write_review(
        form, move, by=by, at=sent + _draw(review, "when") * (at - sent)
    )


def _drawn_mark(review, criterion, severity):
    """Return a mark that depends on the proposal first, then on who reads it."""
    if _draw(review, criterion.code) < SILENT:
        return NO_OPINION
    worth = 0.6 + 2.3 * _share(review.application.title)
    taste = 1.6 * (_draw(review, f"{criterion.code} taste") - 0.5)
    return str(min(3, max(0, round(worth + taste + severity))))


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
    last_day = dates.local_day(at) + TIME_TO_ANSWER
    closing = dates.last_day_before(edition.closes_at)
    asking.ask_to_present(
        declared.order_by("sent_at").first(), max(last_day, closing), by=by, at=at
    )


def _choose(texts, review, what):
    return texts[int(_draw(review, what) * len(texts))]


def _draw(review, what):
    """Return a number in [0, 1) that is the same at each loading."""
    return _share(f"{review.application.title} {review.member.user.email} {what}")


def _share(text):
    return int.from_bytes(sha256(text.encode()).digest()[:6]) / 2**48

"""Nobody on the committee learns what they must not know, wherever they look.

Every address that the role opens is walked, with every way to sort, filter and search
that its pages offer.
"""

import re
from io import BytesIO
from urllib.parse import urljoin
from zipfile import ZipFile

import pytest
from django.urls import reverse

from assises.people.permissions import Role
from committee import visibility
from committee.models import Decision, Review, Score
from tests import team
from tests.committee import exports
from tests.committee.factories import DecisionFactory, proposal
from tests.committee.test_assignment import CONFLICTS
from tests.committee.test_reviews import filled, sheet_of
from tests.factories import StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
State = Review.State
LINK = re.compile(r'\s(?:href|action)="([^"#]+)')
# Reading them would end the session or leave the site.
LEFT_ALONE = ("/admin/logout/", "/acces/", "/static/", "http", "mailto:", "tel:")
MOST_PAGES = 200


def walk(client, start="/admin/"):
    """Return address → text of every page that links lead to from ``start``."""
    pages, left = {}, [start]
    while left and len(pages) < MOST_PAGES:
        address = left.pop()
        if address in pages or address.startswith(LEFT_ALONE):
            continue
        response = client.get(address)
        pages[address] = text_of(response) if response.status_code == 200 else ""
        found = (urljoin(address, link) for link in LINK.findall(pages[address]))
        left += [link.replace("&amp;", "&") for link in found]
    assert not left, "the walk stopped before its end"
    return pages


def text_of(response):
    """Return a page, or all that is written in a file to download."""
    if not response.streaming:
        return response.text
    content = b"".join(response.streaming_content)
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as workbook:
        return "".join(workbook.read(name).decode() for name in workbook.namelist())


def test_the_walk_reaches_what_is_open(member, assigned):
    one = proposal(title="Les fusées du lycée")
    assigned()

    pages = walk(team.signed_in(member.user))

    review = Review.objects.get(application=one)
    assert one.title in pages[sheet_of(review)]
    assert one.title in pages[reverse("screens:reviews")]
    assert f"{reverse('screens:reviews')}?etat=to_read" in pages


# One represents one partner at a time.
@pytest.mark.parametrize("conflicts", [CONFLICTS[:5], CONFLICTS[5:]])
@pytest.mark.parametrize("role", [Role.MEMBERS, Role.CHAIR])
def test_member_in_conflict_finds_no_trace(
    member, chair, other, assigned, conflicts, role
):
    someone = member if role == Role.MEMBERS else chair
    conflicted = [conflict(someone) for conflict in conflicts]
    for one in conflicted:
        one.title = f"Le secret de la comète {one.pk}"
        one.save(update_fields=["title"])
    free = proposal(title="Les fusées du lycée")
    assigned()
    give_marks(*conflicted, free)
    finish(someone)
    client = team.signed_in(someone.user)

    pages = walk(client)

    assert free.title in "".join(pages.values())
    if role == Role.CHAIR:
        assert free.title in pages[exports.address(exports.DECISIONS, "csv")]
        assert free.title in pages[exports.address(exports.DECISIONS, "xlsx")]
    hidden = Review.objects.of(someone).filter(application__in=conflicted)
    assert len(hidden) == len(conflicts)
    traces = [f"evaluations/{review.pk}/" for review in hidden]
    for one in conflicted:
        traces += [one.title, one.reference]
        traces += [f"application/{one.pk}/", f"deliberation/{one.pk}/"]
    assert [
        (address, trace)
        for address, text in pages.items()
        for trace in traces
        if trace in text
    ] == []


@pytest.mark.parametrize("role", [Role.MEMBERS, Role.CHAIR])
def test_no_count_nor_order_tells_of_a_conflicted_proposal(
    member, chair, other, assigned, role
):
    """What is read with the conflict is, to the letter, what would be read without it there."""
    someone = member if role == Role.MEMBERS else chair
    structure = StructureFactory()
    someone.structures.add(structure)
    free = proposal(title="Les fusées du lycée")
    assigned()
    give_marks(free)
    finish(someone)
    client = team.signed_in(someone.user)
    before = read(client)

    conflicted = proposal(structure=structure)
    assigned()
    give_marks(conflicted)

    assert read(client) == before


def read(client):
    """Return address → text of the administration, less what changes at each reading.

    The public pages count what anybody may count.
    """
    token = r'name="csrfmiddlewaretoken" value="\w+"'
    return {
        address: re.sub(token, "", text)
        for address, text in walk(client).items()
        if address.startswith("/admin/") and "second-facteur" not in address
    }


def give_marks(*applications):
    """Let everybody who may hand in an enthusiastic review, and select the proposals."""
    for application in applications:
        Review.objects.filter(application=application).exclude(
            state=State.RECUSED
        ).update(state=State.DONE, mean=3.0, handed_in_at="2027-05-12T12:00Z")
        DecisionFactory(application=application, outcome=Decision.Outcome.SELECTED)


def finish(member):
    Review.objects.of(member).pending().update(state=State.ABSTAINED)


def test_others_marks_stay_hidden_until_ones_own_are_in(member, other, assigned, marks):
    one = proposal()
    assigned()
    mine = Review.objects.of(member).get()
    theirs = Review.objects.of(other).get()
    secret = "Un avis que personne ne devine."
    team.signed_in(other.user).post(
        sheet_of(theirs), filled(theirs, marks, comment=secret, geste="rendre")
    )
    client = team.signed_in(member.user)
    name = str(other.user)

    for move in ("garder", "sans-avis", "garder"):
        told = "".join(walk(client).values())
        assert secret not in told
        assert name not in told
        mine.refresh_from_db()
        client.post(sheet_of(mine), {"version": mine.version, "geste": move})

    mine.refresh_from_db()
    client.post(sheet_of(mine), filled(mine, marks, geste="rendre"))
    told = "".join(walk(client).values())
    assert secret in told
    assert name in told
    assert one.title in told


@pytest.fixture
def marked(member, other, assigned, marks):
    """My review and theirs of one proposal, theirs handed in, each with one mark."""
    proposal()
    assigned()
    mine, theirs = (Review.objects.of(one).get() for one in (member, other))
    for review in (mine, theirs):
        Score.objects.create(review=review, criterion=marks[0], mark=2)
    theirs.state, theirs.handed_in_at = State.DONE, "2027-05-12T12:00Z"
    theirs.mean = 2.0
    theirs.save()
    return mine, theirs


def reviews_read(review, user):
    return {score.review for score in visibility.scores_visible_in(review, to=user)}


@pytest.mark.parametrize("state", [State.TO_READ, State.DRAFT, State.ABSTAINED])
def test_marks_of_others_are_not_even_read_before(member, marked, state):
    mine, _ = marked
    mine.state = state

    assert reviews_read(mine, member.user) == {mine}


def test_marks_of_others_are_read_once_ones_own_are_in(member, marked):
    mine, theirs = marked
    mine.state = State.DONE

    assert reviews_read(mine, member.user) == {mine, theirs}


def test_who_copies_a_paper_reads_no_other_review(me, marked):
    mine, _ = marked
    mine.state = State.DONE

    assert reviews_read(mine, me) == {mine}


def test_nobodys_list_changes_with_the_marks_of_others(member, other, assigned):
    for _ in range(3):
        proposal()
    assigned()
    client = team.signed_in(member.user)
    before = read(client)

    for mean, review in enumerate(Review.objects.of(other)):
        Review.objects.filter(pk=review.pk).update(
            state=State.DONE, mean=mean, handed_in_at="2027-05-12T12:00Z"
        )

    assert read(client) == before

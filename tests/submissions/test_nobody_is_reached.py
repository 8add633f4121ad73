"""Whatever is done in whatever order, nobody reads nor overwrites what is another's.

``EXAMPLES=500 pytest tests/submissions/test_nobody_is_reached.py`` is the long version.
"""

import os
import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assises.models import Contact, Kind
from assises.people import access_links
from submissions.answering import corrections
from submissions.models import Application
from tests.answers import ANSWERS, begin, fill, send
from tests.factories import WHILE_OPEN, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]

EXAMPLES = int(os.environ.get("EXAMPLES", "8"))
HERS = "zoe@example.org"
HIS = "mallory@example.org"
# The words that each types or is corrected by: « ZOE 7 » is hers to read alone.
SECRET = re.compile(r"(?:ZOE|ABOUT HER) \d+")


class Story:
    """Zoé answers; Mallory answers too, under her address at times, and pries.

    Each has a browser. Each act is done to every answer that it can be done to.
    """

    def __init__(self, structure):
        self.structure = structure
        self.zoe, self.mallory = Client(), Client()
        self.hers, self.his = [], []
        self.typed = 0

    def word(self, who):
        self.typed += 1
        return f"{who} {self.typed}"

    def begin_hers(self):
        self.hers.append(begin(self.zoe, Kind.PARTICIPATE, email=HERS))
        self.pick(self.zoe, self.hers[-1])
        self.introduce(self.zoe, self.hers[-1], "ZOE")

    def begin_under_her_address(self):
        self.his.append(begin(self.mallory, Kind.PARTICIPATE, email=HERS))
        self.pick(self.mallory, self.his[-1])
        self.introduce(self.mallory, self.his[-1], "MALLORY")

    def pick(self, client, answer):
        fill(client, answer, "structure", {"known": str(self.structure.pk)})

    def introduce(self, client, answer, who, email=HERS):
        """Type who answers, as the page asks it, or without ever having seen it."""
        address = reverse("submissions:step", args=[answer.key, "contact"])
        typed = {**ANSWERS["contact"], "email": email, "function": self.word(who)}
        page = client.get(address)
        seen = page.context["seen"] if page.status_code == 200 else ""
        client.post(address, {**typed, "seen": seen})

    def she_types(self):
        for answer in self.hers:
            self.introduce(self.zoe, answer, "ZOE")

    def he_types(self):
        for answer in self.hers + self.his:
            self.introduce(self.mallory, answer, "MALLORY")

    def he_types_his_address(self):
        for answer in self.hers + self.his:
            self.introduce(self.mallory, answer, "MALLORY", email=HIS)

    def she_uses_her_links(self):
        for answer in self.hers:
            self.use_link(self.zoe, HERS, answer.key)

    def she_uses_the_links_of_his(self):
        """The mails that bring them come to her: she may well take his answer as hers."""
        for answer in self.his:
            self.use_link(self.zoe, HERS, answer.key)

    def she_asks_for_a_link(self):
        self.use_link(self.zoe, HERS, "")

    def he_uses_his_links(self):
        for answer in self.hers + self.his:
            self.use_link(self.mallory, HIS, answer.key)

    def use_link(self, client, email, key):
        token = access_links.issue(email, answer_key=key, at=WHILE_OPEN)
        client.post(reverse("submissions:enter"), {"token": token})

    def she_sends(self):
        for answer in self.hers:
            send(self.zoe, answer)

    def he_sends(self):
        for answer in self.hers + self.his:
            send(self.mallory, answer)

    def an_organiser_corrects(self):
        hers = Application.objects.filter(pk__in=[answer.pk for answer in self.hers])
        for contact in Contact.objects.all():
            is_hers = hers.filter(contact=contact).exists()
            contact.function = self.word("ABOUT HER" if is_hers else "ABOUT HIM")
            contact.save()
            corrections.propagate_person(contact, at=WHILE_OPEN)

    def check(self):
        """Look at every page with his browser, and at every answer of hers."""
        for answer in self.hers + self.his:
            for name in ("step", "check", "receipt"):
                args = [answer.key, "contact"] if name == "step" else [answer.key]
                address = reverse(f"submissions:{name}", args=args)
                shown = self.mallory.get(address, follow=True).text
                assert SECRET.findall(shown) == [], (answer.pk, name)
        for answer in Application.objects.filter(
            pk__in=[each.pk for each in self.hers]
        ):
            said = [answer.said("contact", "function")]
            said += [answer.contact.function] if answer.contact else []
            assert all(SECRET.fullmatch(function) for function in said), said
            assert answer.email == HERS


ACTS = [
    Story.begin_hers,
    Story.begin_under_her_address,
    Story.she_types,
    Story.he_types,
    Story.he_types_his_address,
    Story.she_uses_her_links,
    Story.she_uses_the_links_of_his,
    Story.she_asks_for_a_link,
    Story.he_uses_his_links,
    Story.she_sends,
    Story.he_sends,
    Story.an_organiser_corrects,
]
ANSWERED = [Story.she_sends, Story.she_uses_her_links]


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES == 8,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=st.lists(st.sampled_from(ACTS), min_size=4, max_size=12))
@example(acts=[*ANSWERED, Story.begin_under_her_address, Story.he_sends])
@example(
    acts=[
        Story.begin_under_her_address,
        Story.she_uses_her_links,
        Story.he_sends,
        Story.an_organiser_corrects,
    ]
)
@example(
    acts=[
        *ANSWERED,
        Story.begin_under_her_address,
        Story.he_sends,
        Story.she_types,
        Story.an_organiser_corrects,
    ]
)
@example(
    acts=[
        Story.begin_under_her_address,
        Story.he_sends,
        *ANSWERED,
        Story.he_types_his_address,
        Story.he_uses_his_links,
        Story.begin_hers,
        Story.she_sends,
        Story.he_types,
    ]
)
@example(
    acts=[
        Story.begin_under_her_address,
        Story.he_sends,
        Story.she_uses_the_links_of_his,
        Story.she_sends,
        Story.she_types,
    ]
)
@example(
    acts=[
        *ANSWERED,
        Story.begin_under_her_address,
        Story.she_uses_the_links_of_his,
        Story.she_types,
    ]
)
def test_no_sequence_of_acts_lets_one_read_or_overwrite_the_other(acts):
    with transaction.atomic():
        story = Story(StructureFactory(listed=True))
        for act in [Story.begin_hers, *acts]:
            act(story)
        story.check()
        transaction.set_rollback(True)

"""What an association types, step by step, and how a browser without script sends it."""

import re
from types import SimpleNamespace

from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from assises import clock
from assises.people import access_links
from submissions.answering import drafts, steps
from submissions.models import Application
from tests.factories import WHILE_OPEN

ANSWERS = {
    "structure": {
        "name": "Association Démo Comète",
        "kind": "association",
        "seat": "91225",
    },
    "contact": {
        "first_name": "Zoé",
        "last_name": "Noël",
        "email": "zoe@example.org",
        "phone": "01 99 00 12 34",
        "direction_informed": "on",
    },
    "action": {
        "title": "Les petites mains de la robotique",
        "pitch": "Chaque mercredi, quinze enfants construisent un robot utile au quartier.",
        "description": "Un club\r\n\r\ndu mercredi : « l’œuf » à 5 €.",
        "stage": "en-cours",
        "axes": ["innovation-pedagogique", "egalite-des-chances"],
    },
    "territoire": {
        "communes": ["91225", "91286"],
        "audiences": ["elementaire", "filles"],
    },
    "matinee": {
        "takeaway": "Tenir la mixité trois ans de suite.",
        "transferable": "Le déroulé des séances.",
        "presenters": "Zoé Noël, animatrice",
        "availability": "oui",
    },
    "public": {"difficulty": "Trouver des locaux.", "publishes": "on"},
}


# The second person to be told, beside the first one, at the step « Vous ».
SECOND = {
    "second_first_name": "Inès",
    "second_last_name": "Petit",
    "second_email": "ines@example.org",
}


def begin(client, kind, email="zoe@example.org"):
    """Begin an answer as a browser does, and return it."""
    page = client.get(reverse("submissions:start"))
    start_key = re.search(r'name="start_key" value="([^"]+)"', page.text)[1]
    response = client.post(
        reverse("submissions:start"),
        {"email": email, "kind": kind, "start_key": start_key},
    )
    return Application.objects.get(key=response.url.split("/")[2])


def fill(client, application, step, typed, *, follow=True, seen=None):
    """Open one step, type into it, send it with the fingerprint that the page carries."""
    address = reverse("submissions:step", args=[application.key, step])
    if seen is None:
        seen = fingerprint(client, application, step)
    return client.post(address, {**typed, "seen": seen}, follow=follow)


def save_elsewhere(application, step, **texts):
    """Let another page save ``texts`` of one step: nobody here knows of it."""
    stored = Application.objects.get(pk=application.pk)
    stored.type(step, {name: [typed] for name, typed in texts.items()})
    stored.version += 1
    stored.save()


def fingerprint(client, application, step):
    page = client.get(reverse("submissions:step", args=[application.key, step]))
    return page.context["seen"]


def fill_all(client, application):
    """Let ``client`` answer every step of a draft, as its pages would keep it."""
    at = clock.now()
    draft = Application.objects.get(pk=application.pk)
    by = access_links.applicant(SimpleNamespace(session=client.session, at=at))
    for step in steps.path(draft.kind):
        typed = MultiValueDict(
            {
                name: typed if isinstance(typed, list) else [typed]
                for name, typed in ANSWERS[step.slug].items()
            }
        )
        form = steps.step_form(draft, step.slug, typed)
        drafts.save_step(form, step.slug, by=by, at=at)


def send(client, application):
    address = reverse("submissions:check", args=[application.key])
    return client.post(address, follow=True)


def link_of_last_mail(email):
    """Return the token of the link that the mails of her newest answer bring."""
    hers = Application.objects.filter(email=email).order_by("pk").last()
    key = hers.key if hers else ""
    return access_links.issue(email, answer_key=key, at=WHILE_OPEN)


def enter(client, email):
    """Use a fresh link of ``email`` as a person does: open it, then press the button."""
    token = link_of_last_mail(email)
    client.get(reverse("submissions:link", args=[token]))
    return client.post(reverse("submissions:enter"), {"token": token}, follow=True)

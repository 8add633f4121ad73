"""What does each mail say, and how do the organisers of an edition say it otherwise?

A mail is one file, ``templates/<package>/mails/<name>.txt``: what organisers call it (an
empty line if they do not write it), its subject, a blank line, its body. Between braces
stand its placeholders.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from assises.french import text
from assises.mail import event_words
from assises.models import Wording
from assises.people import audit

# Not the place of the link, which Python takes for one.
BLANKS = " \n\u00a0"
_PLACE = re.compile(r"\{(\w+)\}")
# Without them a mail leads nowhere; none of them stands in a subject.
LINKS = frozenset({"lien", "repondre"})
FOLDER = Path(settings.TEMPLATES[0]["DIRS"][0])


class Words(NamedTuple):
    """What the mail ``name`` says; ``title`` is what organisers call it."""

    name: str
    title: str
    subject: str
    body: str

    @property
    def package(self):
        return self.name.split("/")[0]

    @property
    def stem(self):
        return self.name.split("/")[1]

    @property
    def placeholders(self):
        """Names between braces, each once, in order."""
        return list(dict.fromkeys(_PLACE.findall(f"{self.subject}\n{self.body}")))

    def filled(self, placeholders):
        """Return subject and body with ``placeholders``, name → text, in their places.

        A line that holds nothing but empty ones goes away.
        """
        subject = _fill(self.subject, placeholders)
        lines = [
            filled
            for line in self.body.splitlines()
            if (filled := _fill(line, placeholders)).strip(BLANKS) or not line.strip()
        ]
        body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(BLANKS)
        return text.one_line(subject), f"{body}\n"


def _fill(line, placeholders):
    return _PLACE.sub(lambda place: placeholders.get(place[1], place[0]), line)


@lru_cache
def ours(name):
    """Return our own :class:`Words` of the mail ``name``."""
    words = Words(name, "", "", "")
    content = (FOLDER / words.package / "mails" / f"{words.stem}.txt").read_text()
    title, subject, body = content.split("\n", 2)
    return words._replace(title=title, subject=subject, body=body.strip())


def of(name, edition):
    """Return the :class:`Words` of the mail ``name`` in ``edition``, if any, in one query."""
    words = ours(name)
    own = (
        Wording.objects.filter(edition=edition, mail=name).first() if edition else None
    )
    return words._replace(subject=own.subject, body=own.body) if own else words


def offered():
    """Return our :class:`Words` of all that organisers may say otherwise, by title."""
    names = (f"{path.parts[-3]}/{path.stem}" for path in FOLDER.glob("*/mails/*.txt"))
    return sorted(filter(lambda words: words.title, map(ours, names)), key=_by_title)


def _by_title(words):
    return text.fold(words.title)


def faults(name, subject, body):
    """Yield pairs of field and sentence for what may not be said so in the mail ``name``."""
    known = ours(name).placeholders
    for field, typed in (("subject", subject), ("body", body)):
        unknown = [place for place in _PLACE.findall(typed) if place not in known]
        if unknown:
            told = ", ".join(f"{{{place}}}" for place in dict.fromkeys(unknown))
            yield (
                field,
                f"Ce courriel ne connaît pas {told}. Voyez la liste des repères.",
            )
    for link in LINKS.intersection(known):
        if f"{{{link}}}" in subject:
            yield (
                "subject",
                f"Le lien personnel ne va pas dans l’objet\u00a0: enlevez {{{link}}}.",
            )
        if f"{{{link}}}" not in body:
            yield (
                "body",
                f"Sans {{{link}}}, ce courriel ne mène nulle part\u00a0: remettez-le.",
            )


@transaction.atomic
def rewrite(words, edition, *, by, at):
    """Let a mail of ``edition`` say ``words`` from now on; they are not kept if they are ours."""
    own = Wording.objects.filter(edition=edition, mail=words.name)
    if words == ours(words.name):
        own.delete()
    else:
        said = {"subject": words.subject, "body": words.body, "changed_at": at}
        Wording.objects.update_or_create(
            edition=edition, mail=words.name, defaults=said
        )
    audit.record("texte de courriel", edition, by=by, at=at, changed=[words.title])


def example(words, edition):
    """Return subject and body of ``words`` as an invented person would read them."""
    return words.filled(_known(edition))


def examples_of(words, edition):
    """Return pairs of placeholder, between braces, and what it could say."""
    known = _known(edition)
    return [(f"{{{name}}}", known[name]) for name in ours(words.name).placeholders]


def _known(edition):
    told = event_words.event_words(edition) | event_words.day_words(edition)
    return told | EXAMPLES


EXAMPLES = {
    "adresse": "lena.martin@example.org",
    "arret": "Nous ne vous attendrons plus ce jour-là.",
    "bonjour": "Bonjour Léna Martin,",
    "cloture": "jusqu’au 31 mai inclus",
    "demande": "Pour la relire ou la modifier\u00a0:",
    "dossier": "K7QF-2M9X",
    "ensuite": "Le comité lit ensuite votre proposition comme les autres, et vous répond.",
    "envoyee": "12 mai à 14 h 32",
    "facon": "Déclarer une action",
    "jour": "jeudi 15 octobre",
    "jusque": "jusqu’au 25 septembre inclus",
    "lien": "[lien personnel]",
    "limite": "jusqu’au 25 septembre inclus",
    "modification": "Vous pouvez modifier votre réponse jusqu’au 31 mai inclus.",
    "moments": "le matin et au déjeuner",
    "nom": "Samir Diallo",
    "objet": "Les petites mains de la robotique",
    "page": "[adresse de la page]",
    "par": "Samir Diallo",
    "places": "2\u00a0places",
    "prenom": "Léna",
    "repondre": "[lien personnel]",
    "reponse": "Nous attendons\u00a0:\n\n– Léna Martin\n– Samir Diallo",
    "reponses": "Les petites mains de la robotique (dossier n°\u00a0K7QF-2M9X)\n\nVotre projet est retenu"
    " pour la matinée.\n\nUn bel exemple de parité, que d’autres clubs peuvent reprendre.",
    "reprise": "Vous pouvez la reprendre jusqu’au 31 mai inclus.",
    "reste": "3\u00a0évaluations à rendre",
    "retiree": "12 mai à 14 h 32",
    "structure": "Club de robotique du Plessis",
    "suite": "Le comité lit toutes les propositions, et vous répond.",
    "titre": "Les petites mains de la robotique",
}

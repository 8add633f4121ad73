"""Step « Ce qui sera public »: what is shared, each consent apart, none ticked beforehand."""

from assises.forms.fields import ProseField, TickField
from assises.forms.layout import Group
from assises.models import Contact
from submissions.forms.base import StepForm

CONTACT_CONSENTS = ("shows_email", *Contact.consents)
# Who comes without an action has nothing but a structure to be written to about.
SHOWS_EMAIL_OF_STRUCTURE = "Montrer mon adresse électronique à côté de la structure"


class PublicForm(StepForm):
    columns = ("difficulty", "seeks", "offers", "publishes")

    difficulty = ProseField(
        label="Quelle difficulté aimeriez-vous travailler avec d’autres l’après-midi ?",
        help_text="Elle sert à composer les ateliers.",
        limit=300,
        rows=3,
    )
    seeks = ProseField(
        label="Ce que vous cherchez",
        help_text="Un lieu, des intervenantes et intervenants, du matériel, des classes…",
        limit=300,
        rows=2,
    )
    offers = ProseField(label="Ce que vous pouvez proposer", limit=300, rows=2)
    publishes = TickField(
        label="Publier l’action dans le catalogue et sur la carte",
        help_text="Ses textes pourront être réutilisés (Licence Ouverte 2.0), en citant votre structure.",
    )
    listed = TickField(
        label="Faire paraître la structure dans l’annuaire du territoire"
    )
    shows_email = TickField(label="Montrer mon adresse électronique à côté de l’action")
    on_shared_list = TickField(
        label="Figurer sur la liste remise aux participantes et participants"
    )
    keep_informed = TickField(label="Recevoir les nouvelles des prochaines éditions")

    def adapt(self):
        structure = self.application.structure
        if not self.application.is_action:
            del self.fields["publishes"]
            self.fields["shows_email"].label = SHOWS_EMAIL_OF_STRUCTURE
        if (
            self.locked
            or not self.own
            or (structure is not None and structure.is_individual)
        ):
            del self.fields["listed"]
        if not self.own:
            # Their consents are their own: whoever else types never sees nor sends them.
            for name in CONTACT_CONSENTS:
                del self.fields[name]

    def layout(self):
        consents = [
            name
            for name in ("publishes", "listed", *CONTACT_CONSENTS)
            if name in self.fields
        ]
        group = Group(
            "Ce que vous acceptez de rendre public",
            *consents,
            hint="Rien n’est coché d’avance, rien n’est obligatoire, et vous pouvez changer d’avis.",
        )
        return ["difficulty", "seeks", "offers", *([group] if consents else [])]

    def read(self):
        values = super().read()
        if self.application.structure is not None:
            values["listed"] = self.application.structure.listed
        if self.application.contact is not None:
            contact = self.application.contact
            values |= {name: getattr(contact, name) for name in CONTACT_CONSENTS}
        return values

    def write(self):
        super().write()
        unplaced = []
        for row, names in (
            (self.application.structure, ("listed",)),
            (self.application.contact, CONTACT_CONSENTS),
        ):
            values = self.valid(*names)
            if row is None:
                unplaced += [name for name, value in values.items() if value]
            elif values:
                for name, value in values.items():
                    setattr(row, name, value)
                row.save(update_fields=values)
        return unplaced

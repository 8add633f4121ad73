"""Step « Vous »: who answers, and whom to write to."""

from assises.forms.fields import spoken_phone
from assises.forms.layout import Details, Group
from assises.models import Contact
from submissions.answering.question import Owner
from submissions.forms.base import StepForm, asks

SECOND = ("first_name", "last_name", "email", "phone", "function")


@asks("contact")
class ContactForm(StepForm):
    relations = ("contact", "second_contact", "contested_at")

    def adapt(self):
        structure = self.application.structure
        if structure is not None and structure.is_individual:
            del self.fields["direction_informed"]

    def layout(self):
        phone = ["phone"]
        main = ["first_name", "last_name", "email"]
        more = ["function", "status"]
        if self.fields["phone"].needed:
            main += phone
        else:
            more = phone + more
        if "direction_informed" in self.fields:
            main.append("direction_informed")
        second = Group(
            "Une seconde personne à prévenir",
            *(f"second_{name}" for name in SECOND),
            hint="Recommandé : elle prend le relais si vous êtes absente ou absent. Indiquez alors son prénom, son nom et son adresse.",
        )
        return [*main, Details("Ajouter des précisions", *more, second)]

    def read(self):
        values = super().read()
        for name in {"phone", "second_phone"} & values.keys():
            values[name] = spoken_phone(values[name])
        return values

    def clean(self):
        second = {name: self.cleaned_data.get(f"second_{name}") for name in SECOND}
        if any(second.values()):
            for name, message in (
                ("first_name", "Indiquez le prénom de cette seconde personne."),
                ("last_name", "Indiquez le nom de cette seconde personne."),
                ("email", "Indiquez l’adresse électronique de cette seconde personne."),
            ):
                field = f"second_{name}"
                if not second[name] and field not in self.errors:
                    self.add_error(field, message)
        if second["email"] and second["email"] == self.cleaned_data.get("email"):
            self.add_error(
                "second_email",
                "Cette adresse est déjà la vôtre : indiquez-en une autre.",
            )
        elif second["email"] and self.application.was_left_by(second["email"]):
            self.add_error(
                "second_email",
                "Cette personne s’est retirée de ce dossier : indiquez-en une autre, ou"
                " laissez vide. Si elle change d’avis, elle peut nous écrire.",
            )

    def write(self):
        former = self.application.email
        super().write()
        unplaced = []
        if not self.application.email:  # The mail that brings the link needs one.
            self.application.email = former
            unplaced = ["email"]
        if self.application.email != former:
            self.application.email_confirmed_at = None
            self.application.contested_at = None
        return [*unplaced, *self.write_person(), *self.write_second()]

    def write_person(self):
        application = self.application
        application.contact, missing = self.write_row(
            Owner.CONTACT,
            Contact,
            ("first_name", "last_name"),
            self.valid(Owner.CONTACT) | {"email": application.email},
        )
        return [name for name in missing if name != "email"]

    def set_value(self, row, name, value):
        """A contact follows its answer's address; a new address is not confirmed."""
        if name == "email" and row.email != value:
            row.email_confirmed_at = None
        super().set_value(row, name, value)

    def write_second(self):
        application, values = self.application, self.valid(Owner.SECOND)
        if len(values) == len(SECOND) and not any(values.values()):
            application.second_contact = None
            return []
        known = application.second_contact
        if known is not None and values.get("email") not in {None, "", known.email}:
            # Another person: a row, a mail and rights of their own.
            application.second_contact = None
        second, unplaced = self.write_row(
            Owner.SECOND, Contact, ("first_name", "last_name", "email"), values
        )
        application.second_contact = second
        return [f"second_{name}" for name in unplaced]

"""Step « Vous »: who answers, and whom to write to."""

from django import forms

from assises.forms.fields import (
    AddressField,
    ChoiceField,
    NameField,
    PhoneField,
    TextField,
    TickField,
    spoken_phone,
)
from assises.forms.layout import Details, Group
from assises.models import Contact
from submissions.forms.base import EVERYONE, MORNING, StepForm
from submissions.people import second_contacts

SECOND = ("first_name", "last_name", "email", "phone", "function")


class ContactForm(StepForm):
    columns = ("direction_informed",)
    relations = ("email", "contact", "second_contact")
    needed_for = {
        "first_name": EVERYONE,
        "last_name": EVERYONE,
        "email": EVERYONE,
        "direction_informed": EVERYONE,
        "phone": MORNING,
    }

    first_name = NameField(
        label="Prénom",
        limit=80,
        missing="Indiquez votre prénom.",
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    last_name = NameField(
        label="Nom",
        limit=80,
        missing="Indiquez votre nom.",
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    email = AddressField(
        label="Adresse électronique",
        help_text="Celle où vous recevez le lien pour revenir à cette réponse.",
        missing="Indiquez votre adresse électronique.",
    )
    phone = PhoneField(
        label="Téléphone",
        help_text="Pour vous joindre si un courriel se perd. Il n’est jamais publié.",
        missing="Indiquez un numéro de téléphone : le comité peut avoir une question sur la matinée.",
    )
    function = TextField(
        label="Fonction",
        limit=120,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    status = ChoiceField(label="Vous répondez", choices=Contact.Status.choices)
    direction_informed = TickField(
        label="La direction ou la présidence de ma structure est informée de cette réponse",
        missing="Confirmez que la direction ou la présidence de votre structure est informée.",
    )
    second_first_name = NameField(label="Prénom de la seconde personne", limit=80)
    second_last_name = NameField(label="Nom de la seconde personne", limit=80)
    second_email = AddressField(
        label="Adresse électronique de la seconde personne",
        help_text="À l’envoi, elle reçoit un courriel qui lui dit pourquoi, et comment se retirer. Elle pourra lire et compléter cette réponse.",
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    second_phone = PhoneField(
        label="Téléphone de la seconde personne",
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
    )
    second_function = TextField(label="Fonction de la seconde personne", limit=120)

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
        values["email"] = self.application.email
        for prefix, contact, names in (
            ("", self.application.contact, Contact.details),
            ("second_", self.application.second_contact, SECOND),
        ):
            if contact is not None:
                values |= {f"{prefix}{name}": getattr(contact, name) for name in names}
                values[f"{prefix}phone"] = spoken_phone(contact.phone)
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
        elif second["email"] and second_contacts.has_left(
            self.application, second["email"]
        ):
            self.add_error(
                "second_email",
                "Cette personne s’est retirée de ce dossier : indiquez-en une autre, ou"
                " laissez vide. Si elle change d’avis, elle peut nous écrire.",
            )

    def write(self):
        super().write()
        return [*self.write_person(), *self.write_second()]

    def write_person(self):
        application = self.application
        values = self.valid(*Contact.details)
        unplaced = []
        if email := self.cleaned_data.get("email"):
            application.email = email
        elif "email" in self.cleaned_data:
            unplaced.append("email")
        application.contact, missing = self.write_row(
            application.contact,
            Contact,
            ("first_name", "last_name"),
            values | {"email": application.email},
        )
        return [*unplaced, *(name for name in missing if name != "email")]

    def set_value(self, row, name, value):
        """A contact follows its answer's address; a new address is not confirmed."""
        if name == "email" and row.email != value:
            row.email_confirmed_at = None
        super().set_value(row, name, value)

    def write_second(self):
        application = self.application
        values = {
            name: self.cleaned_data[f"second_{name}"]
            for name in SECOND
            if f"second_{name}" in self.cleaned_data
        }
        if len(values) == len(SECOND) and not any(values.values()):
            application.second_contact = None
            return []
        row = application.second_contact
        if row is not None and values.get("email") not in {None, "", row.email}:
            row = None  # Another person: a row, a mail and rights of their own.
        contact, unplaced = self.write_row(
            row,
            Contact,
            ("first_name", "last_name", "email"),
            values,
        )
        application.second_contact = contact
        return [f"second_{name}" for name in unplaced]

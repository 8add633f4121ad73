"""Step « Vous »: who answers, and whom to write to."""

from assises.forms.layout import Group
from submissions.forms.base import StepForm, asks

INFORMED = (
    "Votre direction ou votre présidence est-elle informée ?",
    "direction_informed",
)
WHY_INFORMED = (
    "C’est obligatoire pour décrire une action : votre réponse engage votre structure,"
    " et l’organisation peut appeler votre direction."
)
SECOND = ("first_name", "last_name", "email", "phone", "function")


@asks("contact")
class ContactForm(StepForm):
    def adapt(self):
        if self.application.is_by_an_individual:
            self.fields.pop("direction_informed", None)

    def is_in_sight(self, name):
        # Who dictates an answer gives a name and a telephone first.
        dictated = self.application.typed_by_id and name == "phone"
        return name == "first_name" or dictated or super().is_in_sight(name)

    def layout(self):
        second = [f"second_{name}" for name in SECOND]
        group = Group(
            "Une seconde personne à prévenir",
            *second,
            hint="Recommandé : elle prend le relais si vous êtes absente ou absent. Indiquez alors son nom et son adresse.",
        )
        names = [name for name in self.fields if name not in second]
        return [
            Group(*INFORMED, hint=WHY_INFORMED) if name == INFORMED[1] else name
            for name in self.fold(names, group)
        ]

    def clean(self):
        second = {name: self.cleaned_data.get(f"second_{name}") for name in SECOND}
        if any(second.values()):
            for name, message in (
                ("last_name", "Indiquez le nom de la seconde personne."),
                ("email", "Indiquez l’adresse électronique de la seconde personne."),
            ):
                field = f"second_{name}"
                self.fields[field].needed = True
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

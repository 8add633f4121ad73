"""Step « Ce qui sera public »: what is shared, each consent apart, none ticked beforehand."""

from assises.forms.layout import Group
from assises.models import Contact
from submissions.forms.base import StepForm, asks

CONTACT_CONSENTS = ("shows_email", *Contact.consents)
CONSENTS = ("publishes", "listed", *CONTACT_CONSENTS)
# Who comes without an action has nothing but a structure to be written to about.
SHOWS_EMAIL_OF_STRUCTURE = "Montrer mon adresse électronique à côté de la structure"


@asks("public")
class PublicForm(StepForm):
    def adapt(self):
        if not self.application.is_action:
            self.fields["shows_email"].label = SHOWS_EMAIL_OF_STRUCTURE
        if self.locked or not self.own or self.application.is_by_an_individual:
            del self.fields["listed"]
        if not self.own:
            # Their consents are their own: whoever else types never sees nor sends them.
            for name in (*CONTACT_CONSENTS, "publishes"):
                self.fields.pop(name, None)

    def layout(self):
        consents = [name for name in CONSENTS if name in self.fields]
        group = Group(
            "Ce que vous acceptez",
            *consents,
            hint="Rien n’est coché d’avance, rien n’est obligatoire, et vous pouvez changer d’avis.",
        )
        return ["difficulty", "seeks", "offers", *([group] if consents else [])]

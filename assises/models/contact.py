"""Who answers for a structure?"""

from django.db import models
from django.db.models import F, Q

from assises.french import phones
from assises.models.base import Found, PeersManager, checked


class ContactQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(email_confirmed_at__isnull=False)

    def informed(self, email):
        """Those of this address that asked for news of the next edition."""
        return self.filter(email=email, keep_informed=True)

    def each_address_once(self):
        """Return a list of one row per address, the confirmed one if there is one."""
        known = self.order_by(F("email_confirmed_at").asc(nulls_last=True), "pk")
        rows = {}
        for contact in known:
            rows.setdefault(contact.email, contact)
        return list(rows.values())


@checked
class Contact(Found):
    """A person in one structure: the same person in another one is another row.

    Until the link sent to its address has been used, an answer has a row of its
    own; confirmed rows are unique by structure and address.
    """

    class Status(models.TextChoices):
        PROFESSIONAL = "professionnel", "À titre professionnel"
        VOLUNTEER = "benevole", "À titre bénévole"
        STUDENT = "etudiant", "Étudiante ou étudiant"
        ELECTED = "elu", "Élue ou élu"
        OTHER = "autre", "Autre"

    personal = {"first_name", "last_name", "function", "email", "phone"}
    personal |= {"search_text"}
    # What a person says of themselves, and agrees to whatever the answer.
    details = ("first_name", "last_name", "function", "status", "phone")
    consents = ("on_shared_list", "keep_informed")

    structure = models.ForeignKey(
        "assises.Structure",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name="structure",
    )
    # Some people have one name.
    first_name = models.TextField("prénom", max_length=200, blank=True)
    last_name = models.TextField("nom", max_length=200)
    function = models.TextField("fonction", max_length=120, blank=True)
    status = models.TextField("statut", choices=Status, blank=True)
    email = models.EmailField("adresse électronique", max_length=254)
    email_confirmed_at = models.DateTimeField(
        "adresse confirmée le", null=True, blank=True, editable=False
    )
    phone = models.TextField("téléphone", max_length=20, blank=True)
    shows_email = models.BooleanField("adresse visible du public", default=False)
    on_shared_list = models.BooleanField(
        "figure sur la liste remise aux participantes et participants", default=False
    )
    keep_informed = models.BooleanField(
        "souhaite recevoir des nouvelles des suites", default=False
    )

    objects = PeersManager.from_queryset(ContactQuerySet)()

    class Meta:
        verbose_name = "contact"
        verbose_name_plural = "contacts"
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "email"],
                condition=Q(email_confirmed_at__isnull=False),
                name="assises_contact_unique_confirmed",
                violation_error_message="Cette adresse est déjà celle d’un contact.",
            ),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def found_by(self):
        numbers = phones.digits(self.phone)
        return self.last_name, self.first_name, self.email, numbers

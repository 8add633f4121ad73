"""In which ways does one answer the call, and which day closes each?"""

from django.db import models


class Kind(models.TextChoices):
    """The three ways to answer the call."""

    PARTICIPATE = "participate", "Participer"
    DECLARE = "declare", "Déclarer une action"
    PROPOSE = "propose", "Proposer une action pour la matinée"


# The column that closes each kind.
CLOSINGS = {
    Kind.PARTICIPATE: "inventory_closes_at",
    Kind.DECLARE: "inventory_closes_at",
    Kind.PROPOSE: "closes_at",
}

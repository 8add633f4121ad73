"""How is the first page of the administration arranged?"""

from django.db.models import TextChoices


class Section(TextChoices):
    """What a page is for, in the order of the first page."""

    ANSWERS = "answers", "Les réponses"
    EDITION = "edition", "L’édition"
    FLOW = "flow", "Ce qui part, ce qui se passe"
    TEAM = "team", "L’équipe"

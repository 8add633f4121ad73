"""How far has an answer come?"""

from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "brouillon"
    SENT = "sent", "envoyée"
    WITHDRAWN = "withdrawn", "retirée"

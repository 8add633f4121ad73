"""Which answers do the closed questions about an action offer?"""

from django.db import models


class Stage(models.TextChoices):
    PLANNED = "envisagee", "Envisagée"
    PREPARING = "preparation", "En préparation"
    RUNNING = "en-cours", "En cours"
    DONE = "realisee", "Réalisée"


class Reach(models.TextChoices):
    UNDER_30 = "1-29", "moins de 30 personnes"
    UNDER_100 = "30-99", "de 30 à 99"
    UNDER_500 = "100-499", "de 100 à 499"
    UNDER_2000 = "500-1999", "de 500 à 1 999"
    OVER_2000 = "2000+", "2 000 et plus"


class GirlsShare(models.TextChoices):
    UNDER_30 = "0-29", "moins de 30 %"
    UNDER_45 = "30-44", "de 30 à 44 %"
    BALANCED = "45-55", "autour de la moitié"
    OVER_55 = "56-100", "plus de 55 %"
    UNKNOWN = "?", "nous ne savons pas"


class Availability(models.TextChoices):
    YES = "oui", "Oui"
    UNSURE = "a-confirmer", "À confirmer"

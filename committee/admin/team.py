"""What does a seat on the committee change about an account?"""

from django.core.exceptions import ValidationError

from assises.admin import team
from assises.people.permissions import APART
from committee.models import Member


class UserForm(team.UserForm):
    """Whoever sits on the committee of the edition of the moment has no hand in the answers."""

    def clean_groups(self):
        groups = super().clean_groups()
        names = {group.name for group in groups}
        seats = Member.objects.filter(user=self.instance.pk, edition__is_current=True)
        if names & APART and seats.exists():
            raise ValidationError(
                "Cette personne siège au comité de l’édition en cours\u00a0: elle ne peut ni"
                " organiser, ni lire toutes les réponses."
            )
        return groups


class UserAdmin(team.UserAdmin):
    form = UserForm

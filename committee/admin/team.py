"""What does a seat on the committee change about an account?"""

from django.core.exceptions import ValidationError

from assises.admin import team
from assises.people.permissions import APART
from committee.models import Member
from committee.reviewing import assignment


class UserForm(team.UserForm):
    """Whoever sits on the committee of the edition of the moment has no hand in the answers."""

    def clean_groups(self):
        groups = super().clean_groups()
        names = {group.name for group in groups}
        if names & APART and _seats_of(self.instance).exists():
            raise ValidationError(
                "Cette personne siège au comité de l’édition en cours\u00a0: elle ne peut ni"
                " organiser, ni lire toutes les réponses."
            )
        return groups


class UserAdmin(team.UserAdmin):
    form = UserForm

    def save_model(self, request, obj, form, change):
        """Give who comes back what was assigned to the others meanwhile."""
        super().save_model(request, obj, form, change)
        if change and obj.is_active and "is_active" in form.changed_data:
            for member in _seats_of(obj).select_related("edition"):
                assignment.catch_up(member.edition, by=request.user, at=request.at)


def _seats_of(user):
    """Return the seats of ``user`` on the committee of the edition of the moment."""
    return Member.objects.filter(user=user.pk, edition__is_current=True)

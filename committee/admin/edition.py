"""What does an edition, and a partner of it, change for the committee?"""

from django import forms

from assises.admin import edition
from committee import reference
from committee.models import Member
from committee.reviewing import recusals, seats


class CommitteeEditionForm(edition.EditionForm):
    """Nobody of the committee of the edition of the moment has a hand in the answers."""

    def clean_is_current(self):
        becomes = self.cleaned_data["is_current"]
        if becomes and not self.instance.is_current and self.instance.pk:
            names = [str(member) for member in seats.apart(self.instance)]
            if names:
                raise forms.ValidationError(
                    "Au comité de cette édition siègent des personnes qui organisent, ou"
                    f" lisent toutes les réponses\u00a0: {', '.join(names)}. Retirez"
                    " d’abord ce rôle à leur compte."
                )
        return becomes


class EditionAdmin(edition.EditionAdmin):
    """A new edition starts with the criteria of the call, free to be changed.

    Its committee, seated before it became that of the moment, gets its roles then.
    """

    form = CommitteeEditionForm

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            reference.copy_criteria(obj)
        elif obj.is_current and "is_current" in form.changed_data:
            seats.give_roles(obj)


class PartnerAdmin(edition.PartnerAdmin):
    """Whoever represents a partner reads nothing of its structure, from this page on."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "structure" in form.changed_data:
            members = Member.objects.filter(partner=obj)
            for member in members.select_related("user", "edition").order_by("pk"):
                recusals.apply(member, by=request.user, at=request.at)

"""What does the structure of a partner change for the members who represent it?"""

from assises.admin import edition
from committee.models import Member
from committee.reviewing import recusals


class PartnerAdmin(edition.PartnerAdmin):
    """Whoever represents a partner reads nothing of its structure, from this page on."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "structure" in form.changed_data:
            members = Member.objects.filter(partner=obj)
            for member in members.select_related("user", "edition").order_by("pk"):
                recusals.apply(member, by=request.user, at=request.at)

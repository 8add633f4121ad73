"""What does a new edition start with, for the committee?"""

from assises.admin import edition
from committee import reference, seats


class EditionAdmin(edition.EditionAdmin):
    """A new edition starts with the criteria of the call, free to be changed.

    Its committee, seated before it became that of the moment, gets its roles then.
    """

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            reference.copy_criteria(obj)
        elif obj.is_current and "is_current" in form.changed_data:
            seats.give_roles(obj)

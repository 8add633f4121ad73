"""What does a new edition start with, for the committee?"""

from assises.admin import edition
from committee import reference


class EditionAdmin(edition.EditionAdmin):
    """A new edition starts with the criteria of the call, free to be changed."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            reference.copy_criteria(obj)

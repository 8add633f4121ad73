"""How do organisers write what the committee chooses by?"""

from assises.admin.base import AssisesModelAdmin
from assises.admin.forms import NamedForm
from committee.reviewing import handing_in

# What the results were told by.
TOLD = ("weight", "label", "question", "mark_0", "mark_1", "mark_2", "mark_3")


class CriterionAdmin(AssisesModelAdmin):
    form = NamedForm
    list_display = ["label", "edition", "weight", "order"]
    list_filter = ["edition"]
    list_select_related = ["edition"]
    ordering = ["edition", "order"]
    fieldsets = [
        (None, {"fields": ["edition", "label", "code", "question", "weight", "order"]}),
        (
            "Les quatre notes",
            {
                "description": "Ces mots sont publiés sur la page de l’appel.",
                "fields": ["mark_0", "mark_1", "mark_2", "mark_3"],
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        fixed = ["edition", "code"]
        # Published means do not move, nor what their marks meant.
        return fixed if obj.edition.is_unpublished(request.at) else [*fixed, *TOLD]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "weight" in form.changed_data:
            handing_in.weigh_again(obj.edition)

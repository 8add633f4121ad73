"""How are fields gathered on a page, beyond one under the other?"""

from crispy_forms.layout import Fieldset, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string
from django.utils.text import slugify


class Details(LayoutObject):
    """Fields folded under a summary, unfolded as soon as one is filled or wrong."""

    template = "%s/layout/details.html"

    def __init__(self, summary, *fields):
        self.summary = summary
        self.fields = list(fields)

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(
            self.get_template_name(template_pack),
            {"details": self, "fields": fields, "open": self.is_open(form)},
        )

    def is_open(self, form):
        bound = [form[pointer.name] for pointer in self.get_field_names()]
        return any(field.errors or field.value() for field in bound)


class Group(Fieldset):
    """Fields that answer one question together, under a legend of their own."""

    template = "%s/layout/group.html"

    def __init__(self, legend, *fields, hint=""):
        super().__init__(legend, *fields)
        self.hint = hint

    @property
    def hint_id(self):
        return f"groupe_{slugify(self.legend)}_hint"

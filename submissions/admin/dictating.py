"""How do organisers note an answer dictated by telephone, or received on paper?"""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assises.admin.screens import admin_screen, show_screen
from assises.models import Kind
from assises.people import access_links
from assises.people.permissions import ORGANISE
from submissions.answering import dictation
from submissions.forms.start import StartForm

TITLE = "Saisir une réponse reçue par téléphone ou sur papier"


class DictatedForm(StartForm):
    """The first screen of the form, in the words of who types for somebody else."""

    def __init__(self, *args, **options):
        super().__init__(*args, kinds=list(Kind), **options)
        email, kind = self.fields["email"], self.fields["kind"]
        email.label = "Adresse électronique de la personne"
        email.help_text = (
            "Elle y reçoit un lien pour confirmer la réponse en un clic. Sans adresse à"
            " elle, celle de sa structure convient."
        )
        email.error_messages["required"] = (
            "Indiquez l’adresse électronique de la personne."
        )
        email.widget.attrs["autocomplete"] = "off"
        kind.label = "Que souhaite cette personne\u202f?"
        kind.error_messages["required"] = "Choisissez ce que souhaite cette personne."


@admin_screen(ORGANISE)
@require_http_methods(["GET", "POST"])
def dictate(request):
    """Ask whose answer it is, then lead to the form that everybody fills in."""
    edition = request.site.edition
    if edition is None:
        raise Http404("no edition")
    form = DictatedForm(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        application = dictation.begin_dictated(
            edition=edition, by=request.user, at=request.at, **form.cleaned_data
        )
        access_links.remember_started(request, application.key)
        return redirect("submissions:step", application.key, "structure")
    return show_screen(
        request,
        "admin/submissions/application/dictate.html",
        title=TITLE,
        status=422 if form.errors else 200,
        form=form,
        is_late=request.at >= edition.closes_at,
    )

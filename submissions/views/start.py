"""The first screen of the form: an address and a kind of answer."""

import uuid
from contextlib import suppress

from django.shortcuts import redirect, render
from django.urls import reverse

from assises.models import Kind
from assises.people import access_links
from assises.web import throttle
from submissions.answering import calling, drafts, holding
from submissions.forms.start import StartForm
from submissions.models import Application
from submissions.views.common import applicant_page, keeps_typed_text, show_closed


@applicant_page("GET", "HEAD", "POST")
@keeps_typed_text
def start(request):
    """Begin an answer at once; a mail brings the link for another device."""
    edition = request.site.edition
    kinds = edition.open_kinds(request.at) if edition else []
    if not kinds:
        return show_closed(request, edition)
    call = calling.read_call(request.GET.get(calling.PARAMETER, ""), edition)
    email = request.applicant.email or (call.email if call else "")
    initial = {"email": email, "kind": request.GET.get("kind")}
    form = StartForm(
        request.POST or None, edition=edition, kinds=kinds, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        client = throttle.client_address(request)
        if throttle.allow("start-client", client, at=request.at):
            return redirect(_begin_or_find(request, edition, form.cleaned_data, call))
        form.add_error(
            None,
            "Beaucoup de réponses partent de votre réseau en ce moment. Attendez"
            " quelques minutes puis recommencez : rien n’est perdu.",
        )
    return render(
        request,
        "submissions/start.html",
        {
            "form": form,
            "edition": edition,
            "call": call,
            "answers": _answers_here(request),
            "start_key": uuid.uuid4(),
            "can_declare": Kind.DECLARE in kinds,
            "propose_closed": Kind.PROPOSE not in kinds,
        },
        status=429 if form.non_field_errors() else 200,
    )


def _begin_or_find(request, edition, typed, call):
    """Begin the answer, or find the one that this very page has begun; return where to go."""
    application = drafts.begin_answer(
        edition=edition,
        kind=typed["kind"],
        email=typed["email"],
        start_key=typed["start_key"],
        by=request.applicant,
        at=request.at,
        write_mail=throttle.allow("start-address", typed["email"], at=request.at),
        **(call.begins() if call else {}),
    )
    access_links.remember_started(request, application.key)
    if application.is_draft and application.kind != typed["kind"]:
        with suppress(holding.StaleError):  # The other click has just changed it.
            drafts.change_draft_kind(application, typed["kind"], at=request.at)
    if not application.is_draft:
        return reverse("submissions:receipt", args=[application.key])
    return reverse("submissions:step", args=[application.key, "structure"])


def _answers_here(request):
    """Return what this applicant has begun or sent, to be taken up rather than begun twice."""
    if not request.applicant.is_known:
        return []
    own = Application.objects.owned_by(request.applicant).of(request.site.edition)
    return list(own.filter(withdrawn_at=None).newest_first()[:5])

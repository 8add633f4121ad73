"""Coming back: asking for a link, using it, leaving."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie

from assises.guests import answering
from assises.people import access_links
from assises.web import throttle
from submissions import mails
from submissions.answering import claiming, propagation
from submissions.forms.start import AccessForm
from submissions.models import Application, normalise_key
from submissions.views.common import applicant_page

# Pages whose address is a secret send no path to anybody. « no-referrer » would be
# stricter, but browsers then post with « Origin: null », which CSRF rightly refuses.
WITHOUT_PATH = "strict-origin"


@applicant_page("GET", "HEAD", "POST")
def ask_for_link(request):
    """Send a link, or say that several have left; never whether the address is known."""
    form = AccessForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "submissions/access.html", {"form": form})
    email = form.cleaned_data["email"]
    client = throttle.client_address(request)
    if not throttle.allow("link-client", client, at=request.at):
        form.add_error(
            None,
            "Beaucoup de demandes partent de votre réseau. Attendez quelques minutes.",
        )
        return render(request, "submissions/access.html", {"form": form}, status=429)
    allowed = throttle.allow("link-address", email, at=request.at)
    if allowed:
        known = [
            Application.objects.reached_by(email).exists(),
            answering.is_invited(email),
        ]
        tell = mails.link_requested if any(known) else mails.link_requested_unknown
        tell(email, edition=request.site.edition, at=request.at)
    context = {"address": email, "allowed": allowed}
    return render(request, "submissions/access_sent.html", context)


@applicant_page("GET", "HEAD")
@ensure_csrf_cookie
def show_link(request, token):
    """Show « Continuer »: mail scanners open links, only people press buttons."""
    response = render(request, "submissions/link.html", {"token": token})
    response.headers["Referrer-Policy"] = WITHOUT_PATH
    return response


@applicant_page("POST")
def enter_by_link(request):
    """Open the session of a link, and confirm its address.

    Tries are not counted: nobody guesses a token, and a whole school has one address.
    """
    used = access_links.open_session(request, request.POST.get("token", ""))
    if used is None:
        return render(request, "submissions/link_refused.html", status=404)
    claiming.confirm(used, started=request.applicant.started, at=request.at)
    own = Application.objects.filter(email=used.email).values_list("key", flat=True)
    access_links.keep_started(request, own)
    return redirect(_spoken_of(used, request.at))


def _spoken_of(link, at):
    """Return the address of what the mail of ``link`` speaks of: the page where one accepts
    to present, or the answer among one's own."""
    if page := answering.page_of(link):
        return page
    answer = Application.objects.select_related("edition").filter(key=link.answer_key)
    answer = answer.first() if link.answer_key else None
    if answer and answer.may_accept(at):
        return reverse("submissions:morning", args=[answer.key])
    space = reverse("committee:space")
    return f"{space}#dossier-{answer.key}" if answer else space


@applicant_page("POST")
def tell_whose(request, key):
    """Say whether an answer begun elsewhere under one's address is one's own."""
    answers = Application.objects.to_recognise(request.applicant)
    application = get_object_or_404(
        answers.select_related("contact"), key=normalise_key(key)
    )
    if request.POST.get("reponse") == "oui":
        claiming.recognise(application, hers=True, at=request.at)
        messages.success(
            request, f"Le dossier n°\u00a0{application.reference} est avec les vôtres."
        )
    elif request.POST.get("reponse") == "non":
        claiming.contest(application, at=request.at)
        messages.success(
            request,
            "C’est noté : nous ne vous écrirons plus au sujet de cette réponse, et"
            " l’organisation en est informée.",
        )
    return redirect("committee:space")


@applicant_page("GET", "POST")
def revoke_link(request, pk):
    """Revoke one of one's own links, after a question: it stops at once, everywhere."""
    link = get_object_or_404(access_links.own_links(request), pk=pk)
    if request.method == "POST":
        access_links.revoke_own(link, at=request.at)
        messages.success(request, "Ce lien est désactivé : il n’ouvre plus rien.")
        return redirect("committee:space")
    context = {"link": link, "here": link.pk == access_links.came_by(request)}
    return render(request, "submissions/revoke_link.html", context)


@applicant_page("POST")
def refuse_news(request):
    """Take the applicant off the list of who is told of the next edition."""
    if not request.applicant.email:
        raise Http404("nobody")
    propagation.stop_news(request.applicant.email, at=request.at)
    messages.success(
        request,
        "C’est noté\u00a0: nous ne vous écrirons pas pour la prochaine édition.",
    )
    return redirect("committee:space")


@applicant_page("POST")
def quit_space(request):
    """Forget the applicant of this browser: a shared computer keeps nothing."""
    access_links.forget_applicant(request)
    return redirect("submissions:home")

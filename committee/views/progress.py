"""How far is the committee? What organisers do about it; the chair reads it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from assises.admin.screens import admin_screen, page_of, show_screen
from assises.french.numbers import plural
from assises.people import audit
from committee import mails, visibility
from committee.models import Candidacy, Member, Review
from committee.reviewing import assignment, progress, recusals


@admin_screen("committee.follow_review")
@require_http_methods(["GET", "POST"])
def committee_progress(request):
    """Show how far each member is; « Attribuer » gives everyone what is missing."""
    edition = request.site.edition
    if edition is None:
        raise Http404("no edition")
    organises = request.user.has_perm("committee.type_review")
    if request.method == "POST":
        if not organises:
            raise PermissionDenied
        _assign(request, edition)
        return redirect("screens:progress")
    member = visibility.member_of(request.user, edition)
    if member is None and not organises:
        return show_screen(
            request, "committee/no_seat.html", title="Avancement du comité"
        )
    known = visibility.proposals_known_to(member, edition)
    members = progress.by_member(edition, known)
    proposals = known.count()
    return show_screen(
        request,
        "committee/progress.html",
        title="Avancement du comité",
        members=members,
        proposals=proposals,
        unassigned=progress.unassigned(members, proposals),
        awaited=progress.awaited(members),
        late=edition.reviews_are_late(request.at),
        assigns=edition.is_unpublished(request.at),
        citations=recusals.citations(edition) if organises else [],
        organises=organises,
        labels=[progress.heading(state) for state in Review.State],
    )


def _assign(request, edition):
    try:
        added = assignment.assign(edition, by=request.user, at=request.at)
    except recusals.PublishedError:
        messages.error(
            request, "Les résultats sont publiés\u00a0: plus rien ne s’attribue."
        )
    else:
        words = plural(added, "évaluation attribuée,évaluations attribuées")
        nothing = "Chaque membre avait déjà tous ses dossiers."
        messages.success(request, f"{added} {words}." if added else nothing)


@admin_screen("committee.type_review")
@require_http_methods(["GET", "POST"])
def write_to_late_members(request):
    """Show the mail that each awaited member would get; the button sends those shown."""
    edition = request.site.edition
    if edition is None:
        raise Http404("no edition")
    proposals = Candidacy.objects.of(edition)
    members = progress.awaited(progress.by_member(edition, proposals))
    if not members:
        messages.info(request, "Toutes les évaluations attribuées sont rendues.")
        return redirect("screens:progress")
    if request.method == "POST":
        chosen = set(request.POST.getlist("membre"))
        told = [member for member in members if str(member.pk) in chosen]
        _write_to(request, told, edition)
        return redirect("screens:progress")
    return show_screen(
        request,
        "committee/late_members.html",
        title="Écrire aux membres à qui il reste des évaluations",
        letters=mails.letters_awaiting_reviews(members, edition),
    )


@transaction.atomic
def _write_to(request, members, edition):
    mails.reviews_awaited(members, edition, at=request.at)
    for member in members:
        audit.record(
            "écrit au membre à qui il reste des évaluations",
            member,
            by=request.user,
            at=request.at,
        )
    if members:
        told = f"{len(members)} courriel{plural(len(members))} à envoyer."
        messages.success(request, told)
    else:
        messages.warning(request, "Aucun membre n’était coché\u00a0: rien ne part.")


@admin_screen("committee.type_review")
@require_safe
def papers(request, pk):
    """List the reviews of one member, to copy what they wrote on paper."""
    edition = request.site.edition
    members = Member.objects.of(edition).select_related("user")
    member = get_object_or_404(members, pk=pk)
    reviews = visibility.reviews_open_to(request.user, edition).of(member)
    rows = progress.on_paper(progress.review_rows(reviews))
    return show_screen(
        request,
        "committee/papers.html",
        title=str(member),
        member=member,
        page=page_of(request, rows),
    )

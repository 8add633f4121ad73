"""The organiser's screens about the committee: who has read what, marks written on paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from assises.admin.screens import admin_screen, page_of, show_screen
from assises.french.numbers import plural
from committee import visibility
from committee.models import Candidacy, Member, Review
from committee.reviewing import assignment, progress, recusals


@admin_screen("committee.type_review")
@require_http_methods(["GET", "POST"])
def committee_progress(request):
    """Show how far each member is; « Attribuer » gives everyone what is missing."""
    edition = request.site.edition
    if edition is None:
        raise Http404("no edition")
    if request.method == "POST":
        _assign(request, edition)
        return redirect("screens:progress")
    members = progress.by_member(edition)
    proposals = Candidacy.objects.of(edition).count()
    return show_screen(
        request,
        "committee/progress.html",
        title="Avancement du comité",
        members=members,
        proposals=proposals,
        unassigned=progress.unassigned(members, proposals),
        assigns=edition.is_unpublished(request.at),
        citations=recusals.citations(edition),
        labels=[state.label for state in Review.State],
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

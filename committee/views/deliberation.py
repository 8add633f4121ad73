"""The deliberation: proposals by rank, what is decided of them, the minutes of the morning."""

from urllib.parse import urlencode

from django.http import Http404
from django.views.decorators.http import require_safe

from assises.admin.screens import admin_screen, page_of, show_screen
from committee import visibility
from committee.deliberation import agenda, filters, morning
from committee.reviewing import progress


@admin_screen("committee.view_decision")
@require_safe
def deliberation(request):
    """List the proposals by rank, sifted by what the address asks for."""
    edition = request.site.edition
    if edition is None:
        raise Http404("no edition")
    sight = visibility.sight(request.user, edition, at=request.at)
    if sight.waits:
        return waiting(request, sight)
    found = agenda.agenda_of(sight.candidacies, request.GET)
    page = page_of(request, found.kept)
    offered = filters.filters_of(sight.candidacies, found.lines.values(), found.chosen)
    return show_screen(
        request,
        "committee/deliberation.html",
        title="Délibération",
        page=page,
        query=found.query,
        rows=morning.deliberation_rows(
            sight.candidacies, list(page.object_list), found
        ),
        total=len(found.standings),
        divided=sum(place.summary.is_divided for place in found.standings.values()),
        decided=len(found.standings) - len(found.undecided),
        facets=offered,
        active=[
            _remove_filter(facet, found.chosen) for facet in offered if facet.chosen
        ],
        morning=morning.morning_of(edition, found),
        named=sight.named,
    )


def _remove_filter(facet, chosen):
    """Return what an active filter is called, and the address of the list without it."""
    others = {name: value for name, value in chosen.items() if name != facet.name}
    return facet.label, facet.chosen_label, f"?{urlencode(others)}"


def waiting(request, sight):
    """Say what comes before the deliberation, and nothing else."""
    if sight.lacks_seat:
        return show_screen(request, "committee/no_seat.html", title="Délibération")
    member = visibility.member_of(request.user, request.site.edition)
    return show_screen(
        request,
        "committee/waiting.html",
        title="Délibération",
        left=sight.left,
        following=progress.first_pending(visibility.reviews_of(member)),
    )

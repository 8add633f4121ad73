"""The deliberation: proposals by rank, what is decided of them, the minutes of the morning."""

from django.http import Http404
from django.views.decorators.http import require_safe

from assises.admin.screens import admin_screen, page_of, show_screen
from committee import visibility
from committee.deliberation import agenda, ranking
from committee.forms.filters import FilterForm
from committee.reviewing import progress


@admin_screen("committee.view_decision")
@require_safe
def deliberation(request):
    """List the proposals by rank, filtered by what the address asks for."""
    edition = request.site.edition
    if edition is None:
        raise Http404("no edition")
    sight = visibility.sight(request.user, edition, at=request.at)
    if sight.lacks_seat:
        return show_screen(request, "committee/no_seat.html", title="Délibération")
    found = agenda.agenda_of(sight, request.GET)
    page = page_of(request, found.kept)
    standings, left = found.standings, sight.pending.count()
    return show_screen(
        request,
        "committee/deliberation.html",
        title="Délibération",
        page=page,
        agenda=found,
        rows=_with_standings(sight.candidacies, page.object_list, standings),
        total=len(standings),
        divided=sum(standing.is_divided for standing in standings.values()),
        decided=len(standings) - len(found.undecided),
        filters=FilterForm(sight.candidacies, found),
        morning=found.morning(edition),
        named=sight.named,
        wide=ranking.WIDE_SPREAD,
        left=left,
        awaits_results=sight.awaits_results,
        following=progress.first_pending(sight.pending) if left else None,
    )


def _with_standings(candidacies, pks, standings):
    """Return the candidacies of ``pks``, in their order, each with its ``standing``."""
    found = (
        candidacies.filter(pk__in=pks)
        .select_related("structure__seat", "decision")
        .defer("structure__seat__outline", "description", "takeaway", "transferable")
        .in_bulk()
    )
    rows = [found[pk] for pk in pks if pk in found]
    for row in rows:
        row.standing = standings[row.pk]
    return rows

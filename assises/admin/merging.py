"""How do organisers find structures that are one and the same, and merge them?"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assises.admin.screens import admin_screen, page_of, show_screen
from assises.french import phones
from assises.guests import duplicates as finding
from assises.guests import merging
from assises.models import Invitation, Structure
from assises.people.permissions import ORGANISE

FACTS = ("name", "kind", "website", "siret", "rna", "uai", "listed")


@admin_screen(ORGANISE)
@require_safe
def duplicates(request):
    """List the pairs of structures that may be one."""
    return show_screen(
        request,
        "admin/assises/structure/duplicates.html",
        title="Doublons possibles",
        page=page_of(request, finding.pairs()),
    )


@admin_screen(ORGANISE)
@require_http_methods(["GET", "POST"])
def merge_structures(request, pk, merged):
    """Show all that would move from ``merged`` to ``pk``, and move it once that is confirmed."""
    unmerged = Structure.objects.unmerged().select_related("seat")
    unmerged = unmerged.defer("seat__outline")
    kept = get_object_or_404(unmerged, pk=pk)
    merged = get_object_or_404(unmerged.exclude(pk=pk), pk=merged)
    if request.method == "POST" and "distinctes" in request.POST:
        finding.tell_apart(kept, merged, by=request.user, at=request.at)
        messages.success(
            request, f"{kept} et {merged} ne sont plus proposées ensemble."
        )
        return redirect("admin:assises_structure_duplicates")
    if request.method == "POST":
        try:
            merging.merge(kept, merged, by=request.user, at=request.at)
        except merging.MergeRefusedError:
            told = "Rien n’est fusionné\u00a0: l’une des deux vient de changer."
            messages.warning(request, told)
            return redirect("admin:assises_structure_duplicates")
        messages.success(request, f"{merged} est fusionnée avec {kept}.")
        return redirect("admin:assises_structure_change", kept.pk)
    moves = merging.moves(kept, merged)
    invited = Invitation.objects.of(request.site.edition).standing()
    return show_screen(
        request,
        "admin/assises/structure/merge.html",
        title="Fusionner deux structures",
        kept=kept,
        merged=merged,
        facts=_facts(kept, merged),
        **moved_rows(moves),
        invited_twice=invited.filter(structure__in=[kept, merged]).count() > 1,
    )


def moved_rows(moves):
    """Return what the page tells of ``moves``: how many rows leave, which ones stay."""
    return {
        "moves": [(move.noun, len(move.rows)) for move in moves if move.rows],
        "staying": [(move.noun, move.staying()) for move in moves if move.twins],
    }


def _facts(kept, merged):
    told = compared(kept, merged, FACTS)
    told.insert(2, ("siège", kept.seat_label, merged.seat_label))
    return [line for line in told if any(line[1:])]


def compared(kept, merged, names):
    """Return, for each column of ``names``, its label and what both rows say of it."""
    fields = [kept._meta.get_field(name) for name in names]
    return [
        (field.verbose_name, *(_said(row, field) for row in (kept, merged)))
        for field in fields
    ]


def _said(row, field):
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    value = getattr(row, field.name)
    if field.name == "phone":
        return phones.spoken(value)
    return ("oui" if value else "non") if isinstance(value, bool) else value


@admin_screen(ORGANISE)
@require_POST
def part_structures(request, pk):
    """Undo the last merge of a structure, while nothing has changed since."""
    kept = get_object_or_404(Structure, pk=pk)
    event = merging.last_merge(kept)
    try:
        if event is None:
            raise merging.MergeRefusedError
        merging.undo(event, by=request.user, at=request.at)
    except merging.MergeRefusedError:
        told = "La fusion ne s’annule plus\u00a0: quelque chose a changé depuis."
        messages.warning(request, told)
    else:
        messages.success(request, "La fusion est annulée.")
    return redirect("admin:assises_structure_change", pk)

"""The publication of the results: what is missing, what each would read, then two clicks."""

from collections import Counter

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from assises.admin.screens import admin_screen, show_screen
from assises.french.numbers import plural
from committee import visibility
from committee.deliberation import agenda
from committee.models import Decision
from committee.publishing import checklist, letters, publication, readings

DECIDE = "committee.change_decision"


@admin_screen(DECIDE)
@require_safe
def results(request):
    """Show what keeps the results from being published, or what became of them."""
    edition = _edition_of(request)
    found = agenda.agenda_of(visibility.sight(request.user, edition, at=request.at), {})
    fresh = letters.standing(edition).filter(published_at=None)
    fresh = list(letters.with_what_is_told(fresh))
    post = checklist.post_of(edition)
    lines = checklist.lines(found, edition, fresh, post, at=request.at)
    lines = list(lines) if found.undecided or fresh else []
    return show_screen(
        request,
        "committee/publication.html",
        title="Publication des résultats",
        edition=edition,
        total=len(found.standings),
        lines=lines,
        blocked=any(line.blocks for line in lines),
        groups=_by_outcome(letters.letters_about(fresh, edition)),
        mails=Counter(state for _, kind, state in post if kind in letters.KINDS),
        unread=readings.unread(edition) if edition.results_published_at else [],
    )


def _edition_of(request):
    if request.site.edition is None:
        raise Http404("no edition")
    return request.site.edition


def _by_outcome(letters):
    """Return pairs of the label of an outcome and the letters that tell it first."""
    groups = {outcome: [] for outcome in Decision.Outcome}
    for letter in letters:
        groups[Decision.Outcome(letter.outcome)].append(letter)
    return [(outcome.label, rows) for outcome, rows in groups.items() if rows]


@admin_screen(DECIDE)
@require_POST
def publish_results(request):
    """Publish all that is decided; nothing leaves before the next click."""
    edition = _edition_of(request)
    try:
        number = publication.publish(edition, by=request.user, at=request.at)
    except publication.UndecidedError:
        messages.error(
            request, "Rien n’est publié\u00a0: une proposition attend sa décision."
        )
    except publication.NothingToPublishError:
        messages.info(request, "Tout ce qui est décidé était déjà publié.")
    else:
        s = plural(number)
        told = f"{number} décision{s} publiée{s}. Aucun courriel n’est encore parti."
        messages.success(request, told)
    return redirect("screens:results")


@admin_screen(DECIDE)
@require_POST
def send_results(request):
    """Let the mails leave."""
    left = publication.send_results(
        _edition_of(request), by=request.user, at=request.at
    )
    if left:
        messages.success(request, f"{left} courriel{plural(left)} en route.")
    else:
        messages.info(request, "Aucun courriel n’attendait\u00a0: rien n’est parti.")
    return redirect("screens:results")

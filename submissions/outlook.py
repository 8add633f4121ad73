"""What do mails and pages tell of what comes next for an answer?"""

from assises.french import dates
from assises.models import Kind
from submissions.models import Application


def may_be_changed(application, at):
    """Say until when an answer may be changed, or sent, or that it may not any more."""
    closing = application.closes_at()
    if application.is_draft and at < closing:
        until = dates.deadline(closing)
        return f"Votre réponse n’est pas encore envoyée. Vous pouvez l’envoyer {until}."
    if at < closing:
        return f"Vous pouvez modifier votre réponse {dates.deadline(closing)}."
    return "L’appel est clos : votre réponse ne se modifie plus."


def may_be_resumed(application, at, *, by):
    """Say who may take a withdrawn answer up again, until when, or that nobody may."""
    closing = application.closes_at()
    if at < closing:
        second = by == application.second_contact
        who = "La personne qui a répondu peut" if second else "Vous pouvez"
        return f"{who} la reprendre {dates.deadline(closing)}."
    return "L’appel est clos : elle ne peut plus être reprise."


def what_stops(application):
    """Say what a withdrawal ends, and whether one is still invited."""
    edition, told = application.edition, []
    if application.kind == Kind.PROPOSE:
        told.append("Le comité ne la lira plus.")
    if application.is_action:
        told.append("La carte ne la comptera plus.")
    held_on = dates.day(edition.held_on)
    others = Application.objects.of(edition).sent().exclude(pk=application.pk)
    if others.filter(structure=application.structure_id).exists():
        told.append(
            f"Une autre réponse de la structure vous invite toujours le {held_on}."
        )
    else:
        told.append(f"Nous ne vous attendrons plus le {held_on}.")
    return " ".join(told)


def after_yes(application, *, at):
    """Say who reads an action that its bearer agrees to present."""
    if application.edition.is_choosing(at):
        return (
            "Le comité lit ensuite votre proposition comme les autres, et vous répond."
        )
    return (
        "Les premiers projets de la matinée sont déjà choisis : l’organisation lit votre"
        " proposition, et vous répond."
    )


def what_next(application, *, at):
    """Say what happens to an answer after it was sent, with the edition's own dates."""
    edition, held_on = application.edition, dates.day(application.edition.held_on)
    day = f"Votre structure est invitée aux Assises, le {held_on}."
    if application.is_by_an_individual:
        day = f"Nous vous invitons aux Assises, le {held_on}."
    if application.kind != Kind.PROPOSE:
        return day
    if not edition.is_choosing(at):
        return f"Chaque structure reçoit une réponse. Retenue ou non, {day[0].lower()}{day[1:]}"
    # Asked after the others, it is answered after them: the day announced may be past.
    announced = edition.results_on and not application.offer_stands
    answer = (
        f" La réponse est annoncée pour le {dates.day(edition.results_on)}."
        if announced
        else " Chaque structure reçoit une réponse."
    )
    return (
        "Le comité de pilotage lit toutes les propositions et choisit celles qui sont"
        f" présentées le matin.{answer} Retenue ou non, {day[0].lower()}{day[1:]}"
    )

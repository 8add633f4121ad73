"""What does a decision mean for the structure that proposed: which words, what now, until when?"""

from datetime import timedelta
from typing import NamedTuple

from assises.french import dates
from committee.models import Decision

Outcome = Decision.Outcome
# How long whoever is chosen late has to say yes.
AT_LEAST = timedelta(days=7)

HEADINGS = {
    Outcome.SELECTED: "Votre projet est retenu pour la matinée.",
    Outcome.RESERVE: "Votre projet est en réserve pour la matinée.",
    Outcome.POSTER: "Votre projet sera montré par une affiche.",
    Outcome.STAND: "Votre projet aura son stand.",
    Outcome.FLASH: "Votre projet aura sa minute éclair.",
    Outcome.WITNESS: "Votre projet éclairera un atelier de l’après-midi.",
    Outcome.DECLINED: "Votre projet ne sera pas présenté sur scène cette année.",
}

WHAT_NOW = {
    Outcome.SELECTED: "Vous le présentez en {minutes}, le {jour}. Dites-nous que vous venez"
    " {limite} : qui présente, avec quel matériel. Tout se fait dans « Mon dossier ».",
    Outcome.RESERVE: "Si une place se libère, nous vous l’écrivons aussitôt, et vous"
    " choisissez. La réserve vaut {reserve}. D’ici là, vous n’avez rien à faire.",
    Outcome.POSTER: "Elle se lit toute la journée du {jour}, et l’on vient vous en parler."
    " Nous revenons vers vous pour la préparer.",
    Outcome.STAND: "Une table vous attend toute la journée du {jour}. Nous revenons vers"
    " vous pour dire où, et avec quoi.",
    Outcome.FLASH: "Une minute au micro devant tout le monde, le {jour}, pour donner envie"
    " de venir vous en parler. Nous revenons vers vous pour dire quand.",
    Outcome.WITNESS: "Le {jour}, vous y racontez ce que vous avez fait, et le groupe"
    " travaille à partir de là. Nous revenons vers vous pour dire avec qui.",
    Outcome.DECLINED: "Il compte parmi les actions du territoire, sur la carte et dans"
    " l’inventaire. Le {jour}, vous en parlerez avec les autres structures invitées.",
}


class Told(NamedTuple):
    """What the bearer of one proposal reads: what is decided, why, what happens now."""

    heading: str
    reason: str
    what_now: str


def told(decision):
    """Return what is :class:`Told` of ``decision``, which is taken; its application has its
    edition, a selected one its presentation once it is published."""
    edition = decision.application.edition
    reserve = edition.confirm_by or edition.programme_on
    words = {
        "jour": dates.day(edition.held_on),
        "minutes": f"{decision.minutes}{dates.NBSP}minutes",
        "limite": _until(confirm_by(decision)) or "dès que possible",
        "reserve": _until(reserve) or "jusqu’au jour des Assises",
    }
    outcome = Outcome(decision.outcome)
    what_now = WHAT_NOW[outcome].format(**words)
    return Told(HEADINGS[outcome], decision.reason, what_now)


def _until(day):
    return day and dates.deadline(dates.closing_after(day))


def confirm_by(decision):
    """Return the last day to confirm a selected project: its own once published."""
    presentation = getattr(decision, "presentation", None)
    if presentation is not None:
        return presentation.confirm_by
    return decision.application.edition.confirm_by


def day_to_confirm(edition, at):
    """Return until which day who is chosen at ``at`` may say yes: that of the edition, or a
    week if less is left, never in the quiet weeks nor on the day itself."""
    if edition.confirm_by is None:
        return None
    day = max(edition.confirm_by, dates.local_day(at) + AT_LEAST)
    if edition.quiet_from and edition.quiet_from <= day <= edition.quiet_to:
        day = edition.quiet_to + AT_LEAST
    return min(day, edition.held_on - timedelta(days=1))

"""Why did a mail not leave, in words for who runs no mail server?"""

import re

MEANINGS = {
    "550": "Cette adresse n’existe pas, ou refuse nos courriels.",
    "551": "Cette adresse n’existe plus.",
    "552": "La boîte de cette personne est pleine.",
    "553": "Cette adresse est mal écrite.",
}
REFUSED = "Le serveur de cette adresse refuse le courriel."
POSTPONED = "Le serveur de cette adresse demande d’attendre. Nous réessayons."
NOT_WRITTEN = "Ce courriel n’a pas pu être envoyé."


def explained(error):
    """Return in French what ``error``, kept beside a mail, means; ours is French already."""
    if re.match(r"(La|Le) (connexion|serveur) ", error):
        return error
    code = error[:3]
    if code in MEANINGS:
        return MEANINGS[code]
    if re.match(r"5\d\d\b", error):
        return REFUSED
    return POSTPONED if re.match(r"4\d\d\b", error) else NOT_WRITTEN

"""What does the form ask about the structure and the people?"""

from functools import partial

from django import forms

from assises.forms.fields import (
    AddressField,
    ChoiceField,
    NameField,
    PhoneField,
    ProseField,
    TextField,
    TickField,
    WebsiteField,
)
from assises.forms.identifiers import RnaField, SiretField, UaiField
from assises.models import Contact, Structure
from submissions.questions.question import (
    ACTIONS,
    EVERY_KIND,
    MORNING,
    Owner,
    ask,
)

_structure_step = partial(ask, step="structure")
_of_structure = partial(_structure_step, owner=Owner.STRUCTURE)
_contact_step = partial(ask, step="contact")
_of_contact = partial(_contact_step, owner=Owner.CONTACT)
_of_second = partial(_contact_step, owner=Owner.SECOND, hidden_from_committee=True)
_elsewhere_typed = {"autocomplete": "off"}

ABOUT_PEOPLE = (
    _structure_step(
        "known",
        ChoiceField,
        "Votre structure est-elle dans cette liste ?",
        help_text="Si elle y est, inutile de la décrire.",
        widget=forms.Select({"data-behaviour": "known-structure"}),
        owner=Owner.CHOSEN,
    ),
    _of_structure(
        "name",
        TextField,
        "Nom de la structure",
        help_text="En toutes lettres. Si vous répondez à titre individuel, vos prénom et nom.",
        limit=120,
        missing="Indiquez le nom de votre structure.",
        widget=forms.TextInput({"autocomplete": "organization"}),
        needed=EVERY_KIND,
        short="Structure",
    ),
    _of_structure(
        "kind",
        ChoiceField,
        "Type de structure",
        choices=[("", "Choisissez un type"), *Structure.Kind.choices],
        widget=forms.Select,
        missing="Choisissez le type de votre structure.",
        needed=EVERY_KIND,
    ),
    _of_structure(
        "seat",
        ChoiceField,
        "Commune du siège",
        help_text="Si le siège est ailleurs, choisissez « Hors du territoire » à la fin de la liste.",
        widget=forms.Select,
        missing="Choisissez la commune du siège.",
        needed=EVERY_KIND,
        short="Siège",
    ),
    _structure_step(
        "unit",
        TextField,
        "Service, laboratoire, club ou classe",
        help_text="Si l’action est portée par une partie de la structure.",
        limit=120,
    ),
    _of_structure("website", WebsiteField, "Site internet"),
    _of_structure(
        "about",
        ProseField,
        "Présentation de la structure",
        help_text="Quelques phrases, pour qui ne la connaît pas.",
        limit=500,
    ),
    _of_structure(
        "siret",
        SiretField,
        "SIRET",
        help_text="14 chiffres. Il figure sur l’avis de situation délivré par l’INSEE.",
    ),
    _of_structure(
        "rna",
        RnaField,
        "RNA",
        help_text="Pour une association : W suivi de 9 chiffres, sur le récépissé de la préfecture.",
    ),
    _of_structure(
        "uai",
        UaiField,
        "UAI",
        help_text="Pour un établissement d’enseignement : 7 chiffres et une lettre.",
    ),
    _structure_step(
        "structure_correction",
        ProseField,
        "Une erreur dans ces informations ? Signalez-la",
        help_text="L’organisation corrigera après vérification.",
        limit=300,
        rows=2,
        short="Correction signalée",
        corrected=False,
    ),
    _of_contact(
        "first_name",
        NameField,
        "Prénom",
        help_text="Laissez vide si vous n’avez qu’un nom.",
        limit=200,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    ),
    _of_contact(
        "last_name",
        NameField,
        "Nom",
        limit=200,
        missing="Indiquez votre nom.",
        widget=forms.TextInput({"autocomplete": "family-name"}),
        needed=EVERY_KIND,
    ),
    _contact_step(
        "email",
        AddressField,
        "Adresse électronique",
        help_text="Le lien pour revenir à cette réponse y est envoyé.",
        missing="Indiquez votre adresse électronique.",
        needed=EVERY_KIND,
        hidden_from_committee=True,
    ),
    _of_contact(
        "phone",
        PhoneField,
        "Téléphone",
        help_text="Pour vous joindre si un courriel se perd. Il n’est jamais publié.",
        missing="Indiquez un numéro de téléphone : le comité peut avoir une question sur la matinée.",
        needed=MORNING,
        hidden_from_committee=True,
    ),
    _of_contact(
        "function",
        TextField,
        "Fonction",
        limit=120,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    ),
    _of_contact(
        "status",
        ChoiceField,
        "Vous répondez",
        choices=Contact.Status.choices,
        short="Statut",
    ),
    _contact_step(
        "direction_informed",
        TickField,
        "La direction ou la présidence est informée de cette réponse",
        missing="Informez la direction ou la présidence de votre structure, puis cochez la case.",
        needed=ACTIONS,
        asked=ACTIONS,
        short="Direction informée",
        hidden_from_committee=True,
    ),
    _of_second(
        "second_first_name",
        NameField,
        "Prénom de la seconde personne",
        limit=200,
        short="Prénom du second contact",
    ),
    _of_second(
        "second_last_name",
        NameField,
        "Nom de la seconde personne",
        limit=200,
        short="Nom du second contact",
    ),
    _of_second(
        "second_email",
        AddressField,
        "Adresse électronique de la seconde personne",
        help_text="À l’envoi, elle reçoit un courriel qui lui dit pourquoi, et comment se retirer. Elle pourra lire et compléter cette réponse.",
        widget=forms.EmailInput(_elsewhere_typed | {"spellcheck": "false"}),
        short="Adresse du second contact",
    ),
    _of_second(
        "second_phone",
        PhoneField,
        "Téléphone de la seconde personne",
        widget=forms.TextInput(_elsewhere_typed | {"type": "tel"}),
        short="Téléphone du second contact",
    ),
    _of_second(
        "second_function",
        TextField,
        "Fonction de la seconde personne",
        limit=120,
        short="Fonction du second contact",
    ),
)

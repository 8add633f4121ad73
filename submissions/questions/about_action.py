"""What does the form ask about the action, the morning, the afternoon and what is public?"""

from functools import partial

from assises.forms.fields import (
    ChoiceField,
    NumberChoiceField,
    PeriodField,
    ProseField,
    SeveralField,
    TextField,
    TickField,
)
from assises.models import Term
from submissions.questions import choices
from submissions.questions.question import ACTIONS, MORNING, Owner, Question, Readers

_of_action = partial(Question, step="action")
_of_morning = partial(Question, step="matinee")
_of_afternoon = partial(Question, step="public", corrected=True)
_consent = partial(Question, step="public", readers=Readers.ORGANISERS)

ABOUT_ACTION = (
    _of_action(
        "title",
        field=TextField(
            label="Titre",
            help_text="Celui que vous mettriez sur une affiche.",
            limit=100,
            counted=True,
            missing="Donnez un titre à votre action.",
        ),
        needed=ACTIONS,
        corrected=True,
    ),
    _of_action(
        "pitch",
        field=ProseField(
            label="En une phrase",
            help_text="Pour qui, quoi, où : la phrase qui donne envie de lire la suite.",
            limit=200,
            rows=3,
            missing="Résumez votre action en une phrase.",
        ),
        needed=ACTIONS,
        corrected=True,
    ),
    _of_action(
        "stage",
        field=ChoiceField(
            label="Où en est-elle ?",
            choices=choices.Stage.choices,
            missing="Dites où en est votre action.",
        ),
        needed=ACTIONS,
        short="Où en est l’action",
    ),
    _of_action(
        "axes",
        field=SeveralField(
            label="Ce qu’elle cherche d’abord à faire",
            help_text="Un ou plusieurs des axes de l’appel.",
            missing="Choisissez au moins un des axes de l’appel.",
        ),
        needed=ACTIONS,
        short="Axes",
        owner=Owner.CHOSEN,
        vocabulary=Term.Vocabulary.AXIS,
    ),
    _of_action(
        "description",
        field=ProseField(
            label="Description",
            help_text="Comment l’action se déroule, avec qui, et ce qui a changé grâce à elle.",
            limit=1500,
            rows=8,
            missing="Décrivez votre action : le comité s’appuie sur ce texte.",
        ),
        needed=MORNING,
        corrected=True,
    ),
    _of_action(
        "starts",
        field=PeriodField(label="Début", help_text="Une année, ou un mois : 09/2026."),
    ),
    _of_action(
        "ends",
        field=PeriodField(
            label="Fin", help_text="Laissez vide si elle n’a pas de fin prévue."
        ),
    ),
    _of_action(
        "recurrent",
        field=TickField(label="Elle revient chaque année"),
        short="Revient chaque année",
    ),
    _of_action(
        "themes",
        field=SeveralField(label="Thèmes"),
        owner=Owner.CHOSEN,
        vocabulary=Term.Vocabulary.THEME,
    ),
    _of_action(
        "formats",
        field=SeveralField(label="Formats"),
        owner=Owner.CHOSEN,
        vocabulary=Term.Vocabulary.FORMAT,
    ),
    _of_action(
        "reach",
        field=ChoiceField(
            label="Personnes touchées par an",
            help_text="Un ordre de grandeur suffit.",
            choices=choices.Reach.choices,
        ),
    ),
    _of_action(
        "girls_share",
        field=ChoiceField(
            label="Part de filles ou de femmes parmi elles",
            choices=choices.GirlsShare.choices,
        ),
        short="Part de filles ou de femmes",
    ),
    Question(
        "communes",
        "territoire",
        SeveralField(
            label="Communes concernées",
            help_text="Celles où l’action a lieu, ou d’où viennent ses publics.",
            missing="Choisissez au moins une commune, ou tout le territoire.",
        ),
        owner=Owner.CHOSEN,
        needed=ACTIONS,
        short="Communes",
    ),
    Question(
        "whole_territory",
        "territoire",
        TickField(
            label="Tout le territoire",
            help_text="Si l’action touche les 23 communes. L’emporte sur les communes cochées.",
        ),
    ),
    Question(
        "audiences",
        "territoire",
        SeveralField(
            label="Publics",
            help_text="Toutes les personnes à qui l’action s’adresse.",
            missing="Choisissez au moins un public.",
        ),
        needed=ACTIONS,
        owner=Owner.CHOSEN,
        vocabulary=Term.Vocabulary.AUDIENCE,
    ),
    _of_morning(
        "takeaway",
        field=ProseField(
            label="Ce que les participantes et participants en retiendront",
            help_text="L’idée, le résultat ou la question que vous voulez partager.",
            limit=600,
            rows=5,
            missing="Dites ce que l’on retiendra de votre présentation.",
        ),
        needed=MORNING,
        short="Ce que l’on en retiendra",
        corrected=True,
    ),
    _of_morning(
        "transferable",
        field=ProseField(
            label="Ce que d’autres peuvent reprendre",
            help_text="Une méthode, un outil, un partenariat, une erreur à ne pas refaire.",
            limit=600,
            rows=5,
            missing="Dites ce que d’autres structures peuvent reprendre.",
        ),
        needed=MORNING,
        short="Ce qui peut être repris",
        corrected=True,
    ),
    _of_morning(
        "presenters",
        field=ProseField(
            label="Qui présentera ?",
            help_text="Prénom, nom et fonction, une personne par ligne. Jamais de noms d’élèves.",
            limit=300,
            rows=3,
            missing="Indiquez qui présentera votre action.",
        ),
        needed=MORNING,
        short="Qui présentera",
        corrected=True,
    ),
    _of_morning(
        "availability",
        field=ChoiceField(
            label="Ces personnes seront-elles présentes le matin des Assises ?",
            choices=choices.Availability.choices,
            missing="Dites si ces personnes seront présentes.",
        ),
        needed=MORNING,
        short="Présence le matin des Assises",
    ),
    _of_morning(
        "minutes_wanted",
        field=NumberChoiceField(
            label="Durée souhaitée",
            help_text="Le comité fixe la durée : votre souhait l’éclaire.",
        ),
        short="Durée souhaitée (minutes)",
    ),
    _of_morning(
        "minors",
        field=TextField(
            label="Élèves ou jeunes présents",
            help_text="Un nombre et un niveau seulement, par exemple « 6 élèves de 4e ».",
            limit=120,
        ),
        corrected=True,
    ),
    _of_morning(
        "equipment",
        field=ProseField(
            label="Matériel nécessaire",
            help_text="Vidéoprojecteur, prise, table, place pour un robot…",
            limit=300,
            rows=3,
        ),
        corrected=True,
    ),
    _of_afternoon(
        "difficulty",
        field=ProseField(
            label="Quelle difficulté aimeriez-vous travailler avec d’autres l’après-midi ?",
            help_text="Elle sert à composer les ateliers.",
            limit=300,
            rows=3,
        ),
        short="Difficulté à travailler l’après-midi",
    ),
    _of_afternoon(
        "seeks",
        field=ProseField(
            label="Ce que vous cherchez",
            help_text="Un lieu, des intervenantes et intervenants, du matériel, des classes…",
            limit=300,
            rows=2,
        ),
        short="Ce que la structure cherche",
    ),
    _of_afternoon(
        "offers",
        field=ProseField(label="Ce que vous pouvez proposer", limit=300, rows=2),
        short="Ce que la structure propose",
    ),
    _consent(
        "publishes",
        field=TickField(
            label="Publier l’action dans le catalogue et sur la carte",
            help_text="Ses textes pourront être réutilisés (Licence Ouverte 2.0), en citant votre structure.",
        ),
        asked=ACTIONS,
        short="Paraît au catalogue",
    ),
    _consent(
        "listed",
        field=TickField(
            label="Faire paraître la structure dans l’annuaire du territoire"
        ),
        owner=Owner.STRUCTURE,
        short="Structure dans l’annuaire",
    ),
    _consent(
        "shows_email",
        field=TickField(label="Montrer mon adresse électronique à côté de l’action"),
        owner=Owner.CONTACT,
        short="Adresse visible du public",
    ),
    _consent(
        "on_shared_list",
        field=TickField(
            label="Figurer sur la liste remise aux participantes et participants"
        ),
        owner=Owner.CONTACT,
        short="Sur la liste remise aux participants",
    ),
    _consent(
        "keep_informed",
        field=TickField(label="Recevoir les nouvelles des prochaines éditions"),
        owner=Owner.CONTACT,
        short="Souhaite les nouvelles",
    ),
)

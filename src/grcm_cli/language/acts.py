"""What a meeting does with a verb, in the five terms that the United Nations use of its texts.

directive: it binds or asks somebody; deciding; evaluative: it thanks or regrets; observing: it takes
note; reinforcing: it recalls or stresses.
"""

from collections.abc import Mapping
from typing import Literal

Act = Literal["directive", "deciding", "evaluative", "observing", "reinforcing"]

ACT_OF: Mapping[str, Mapping[str, Act]] = {
    "es": {
        **dict.fromkeys(
            "encomendar instruir solicitar comisionar encargar pedir requerir mandatar ordenar "
            "disponer instar exhortar invitar alentar recomendar sugerir animar estimular urgir "
            "rogar encarecer confiar".split(),
            "directive",
        ),
        **dict.fromkeys(
            "aprobar adoptar avalar aceptar acordar decidir endosar establecer crear ratificar "
            "autorizar elegir confirmar respaldar resolver admitir otorgar fijar convenir prorrogar "
            "designar conceder declarar instituir constituir facultar delegar aplazar postergar "
            "nombrar determinar validar suprimir derogar".split(),
            "deciding",
        ),
        **dict.fromkeys(
            "agradecer felicitar reconocer encomiar lamentar deplorar congratular saludar valorar "
            "elogiar condenar acoger ponderar apreciar aplaudir expresar manifestar".split(),
            "evaluative",
        ),
        **dict.fromkeys(
            "tomar conocer escuchar constatar recibir tener considerar observar advertir examinar".split(),
            "observing",
        ),
        **dict.fromkeys(
            "reiterar reafirmar recordar subrayar resaltar enfatizar recalcar destacar renovar "
            "insistir hacer poner".split(),
            "reinforcing",
        ),
    },
    "en": {
        **dict.fromkeys(
            "request direct instruct urge encourage invite recommend call ask task commission "
            "entrust require order mandate appeal advise exhort charge assign".split(),
            "directive",
        ),
        **dict.fromkeys(
            "adopt endorse approve accept decide agree establish create authorize authorise elect "
            "appoint confirm set resolve grant extend designate ratify postpone defer declare "
            "delegate determine admit conclude amend authorize".split(),
            "deciding",
        ),
        **dict.fromkeys(
            "thank welcome recognize recognise commend congratulate appreciate acknowledge regret "
            "deplore express salute applaud praise pay".split(),
            "evaluative",
        ),
        **dict.fromkeys(
            "note take hear receive consider observe inform examine review".split(), "observing"
        ),
        **dict.fromkeys(
            "reaffirm recall stress reiterate emphasize emphasise underline underscore remind "
            "renew highlight".split(),
            "reinforcing",
        ),
    },
}
"""The act of each verb by which a meeting speaks."""

URGING = frozenset(
    "instar exhortar invitar alentar recomendar sugerir animar estimular urge encourage invite "
    "recommend call appeal advise exhort".split()
)
"""Directive verbs that bind less: the mandate is an encouragement."""

NOT_DONE_BY_ANYBODY = frozenset(
    "ser estar haber poder tener entrar constar contener versar permanecer vencer coincidir durar "
    "regir surtir corresponder abarcar comprender costar depender existir pertenecer carecer "
    "be remain run end expire close consist enter apply need become last cost begin start".split()
)
"""Verbs that say how things are: in the future tense they bind nobody."""

JUDGING = frozenset(
    "examinar considerar aprobar adoptar analizar conocer evaluar decidir pronunciar poder tener contar "
    "disponer participar ser estar beneficiar resolver aceptar avalar consider examine approve adopt decide "
    "endorse review be have take".split()
)
"""What a meeting does with a result: in a purpose clause they are no duty of its own."""

CONTINUING = frozenset(
    "continuar seguir proseguir mantener continue keep maintain pursue sustain".split()
)
"""Verbs of standing duties."""

HOLDING = frozenset(
    "organizar celebrar realizar convocar efectuar impartir inaugurar hold organize organise convene host "
    "conduct stage arrange celebrate unveil".split()
)
"""Verbs of events: the day of the event is the day on which it is due."""

"""How days, months, years and meetings are said, as parts of patterns."""

import re

MONTHS = {
    name: number
    for names in (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
} | {"setiembre": 9}
NUMBERS = {
    name: number
    for names in (
        "un dos tres cuatro cinco seis siete ocho nueve diez once doce",
        "one two three four five six seven eight nine ten eleven twelve",
    )
    for number, name in enumerate(names.split(), 1)
} | {"una": 1, "a": 1, "an": 1, "fifteen": 15, "quince": 15, "veinte": 20, "twenty": 20, "fortnight": 2,
     "treinta": 30, "thirty": 30, "cuarenta": 40, "forty": 40, "cuarenta y cinco": 45,
     "forty-five": 45, "sesenta": 60, "sixty": 60, "noventa": 90, "ninety": 90, "dieciocho": 18,
     "eighteen": 18, "veinticuatro": 24, "twenty-four": 24, "catorce": 14, "fourteen": 14,
     "ciento veinte": 120, "ciento ochenta": 180, "cien": 100, "hundred": 100}  # fmt: skip
ORDINALS = {
    "primer": 1,
    "primero": 1,
    "segundo": 2,
    "tercer": 3,
    "tercero": 3,
    "cuarto": 4,
    "último": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "primera": 1,
    "segunda": 2,
}
UNITS = {
    "día": "days",
    "días": "days",
    "dia": "days",
    "dias": "days",
    "day": "days",
    "days": "days",
    "semana": "weeks",
    "semanas": "weeks",
    "week": "weeks",
    "weeks": "weeks",
    "mes": "months",
    "meses": "months",
    "month": "months",
    "months": "months",
    "trimestre": "3 months",
    "semestre": "6 months",
    "bienio": "2 years",
    "quarter": "3 months",
    "half-year": "6 months",
    "biennium": "2 years",
    "año": "years",
    "años": "years",
    "year": "years",
    "years": "years",
}
A_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
A_NUMBER = "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))
AN_ORDINAL = "|".join(ORDINALS)
A_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_WEEKDAY = "(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
YEAR_SAID = (
    r"(?:\s*,?\s+(?:del?|of|in)?\s*(?:(?P<next_year>(?:pr[oó]ximo\s+año|año\s+(?:pr[oó]ximo|siguiente|entrante)|next\s+year|(?:the\s+)?following\s+year))"
    r"|(?P<this_year>(?:presente|mismo|este)\s+año|año\s+(?:en\s+curso|actual)|corriente\s+año|this\s+year|the\s+(?:current|same)\s+year)))?"
)
DAY = (
    rf"(?:(?:{_WEEKDAY},?\s+)?(?<![0-9])(?P<d>[0-9]{{1,2}})(?:º|°|er|st|nd|rd|th)?\.?\s+(?:de\s+|of\s+|day of\s+)?(?P<m>{A_MONTH})(?:,?\s+(?:del?\s+)?(?:año\s+)?(?P<y>[0-9]{{4}}))?"
    rf"|(?P<m2>{A_MONTH})\s+(?P<d2>[0-9]{{1,2}})(?![0-9])(?:st|nd|rd|th)?(?:,?\s+(?P<y2>[0-9]{{4}}))?)"
    + YEAR_SAID
)
MONTH = rf"(?P<pm>{A_MONTH})(?:,?\s+(?:del?\s+)?(?:año\s+)?(?P<py>[0-9]{{4}}))?"
YEAR = r"(?:del?\s+|el\s+|año\s+|the\s+year\s+|of\s+)*(?P<yy>(?:19|20)[0-9]{2})"
BY = (
    r"(?:(?:no|nunca)\s+después\s+(?:del?|de\s+el)|not\s+after|at\s+any\s+rate\s+by|a\s+más\s+tardar(?:\s+(?:el|en|al|para|a))?(?:\s+(?:el\s+)?(?:d[ií]a|mes\s+de))?|no\s+más\s+tarde\s+(?:del?|que)(?:\s+el)?"
    r"|(?:no|not)\s+later\s+than(?:\s+on)?|on\s+or\s+before|by|para\s+el|para\s+fines\s+de|al\s+más\s+tardar(?:\s+el)?"
    r"|hasta\s+el|hasta|until|con\s+fecha\s+límite\s+(?:el|del)|con\s+plazo\s+(?:al|hasta\s+el)|plazo:?|deadline:?|as\s+late\s+as|at\s+the\s+latest\s+(?:by|on|in)|al)"
)
BEFORE = r"(?:antes\s+de\s+que|con\s+antelación\s+al?|ahead\s+of|antes\s+de(?:l|\s+el)?(?:\s+(?:d[ií]a|mes\s+de|próximo))?|before|prior\s+to|con\s+anterioridad\s+al?)"
END = (
    r"(?:(?:el\s+|la\s+)?(?:fin(?:es|al|ales)?|término|cierre)\s+(?:de|del)(?:\s+(?:mes|año)\s+de)?"
    r"|(?:the\s+)?(?:end|close)\s+of|(?:concluya|termine|finalice|acabe|concluir|terminar|finalizar|expiry\s+of|conclusion\s+of)(?:\s+el)?|mediados\s+de|principios\s+de|comienzos\s+de|inicios\s+de|the\s+(?:beginning|start|middle)\s+of|early|mid-|late)\s*(?:el\s+|the\s+)?(?:mes\s+de\s+|month\s+of\s+|año\s+|year\s+)?"
)
MEETING = (
    r"(?:reunión|sesión|per[ií]odo\s+de\s+sesiones|asamblea|conferencia|cumbre|encuentro"
    r"|meeting|session|assembly|conference|summit)"
)
NEXT = (
    rf"(?P<next>(?:(?:la|su|el|the|its|their|our|nuestra|dicha)\s+)?(?:próxim[oa]|siguiente|next|following|forthcoming|upcoming)\s+"
    rf"(?:(?:regular|annual|ordinary|plenary|statutory)\s+)?{MEETING}(?:\s+(?:ordinaria|anual|plenaria|viceministerial))?"
    rf"|(?:la|una|the)\s+(?:primera\s+)?{MEETING}\s+que\s+(?:\w+\s+)?(?:celebr|teng|realic)\w+|(?:when|the\s+next\s+time)\s+it\s+(?:next\s+)?meets)"
)

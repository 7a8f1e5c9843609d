"""Words that people write for the keys and words of a file, each with the right ones.

They are for suggestions alone: the right one that belongs at the place is suggested.
"""

from collections.abc import Mapping, Sequence

from grcm_cli.language.text import fold

_KEYS = """
action: accion tarea actividad what task
acts: actos
after: despues tras espera waits_for depends_on depende_de
aliases: alias sinonimos otros_nombres
bodies: organos body foros grupos
body: organo foro grupo committee comite
by: por
closes: cierra closed
code: codigo sigla siglas
conclusions: conclusiones acuerdos decisiones conclusion resoluciones
country: pais
date: fecha dia day
documents: documentos anexos annexes document anexo
due: plazo fecha_limite fecha deadline vence vencimiento fecha_de_vencimiento due_date
each: cada cada_uno
end: fin termino final fecha_final hasta until
evidence: evidencia prueba enlace link
except: excepto salvo menos excluding
extends: prorroga extiende extended
follows: sigue seguimiento da_seguimiento follow_up
for: para ocurrencia
from: desde inicio start since
holder: titular ejerce
id: identificador ident
kind: tipo clase type
language: idioma lengua lang
languages: idiomas lenguas
mandate: mandato compromiso
mandates: mandatos compromisos
members: miembros paises paises_miembros countries states
name: nombre
note: nota observacion comentario comment remark
number: numero num no numeral
observers: observadores
offices: cargos
organizations: organizaciones organismos organisations
participants: participantes asistentes
parties: partes paises
place: lugar ciudad sede
process: proceso
progress: avance estado status state
responsible: responsable responsables who quien a_cargo owner assignee
since: desde from
source: fuente documento
start: inicio fecha fecha_de_inicio desde from date
supersedes: reemplaza sustituye deroga replaces
support: apoyo apoyan con_apoyo_de
terms: periodos term periodo
text: texto
title: titulo
until: hasta to
void: anulado nulo sin_efecto
"""
_WORDS = """
declined: declinado declinada rechazado refused
deciding: decisoria decision decide
directive: directiva mandato
done: cumplido cumplida hecho hecha finished completed complete terminado realizado finalizado
encouragement: instancia exhortacion invitacion invitation urge instar
en: ingles english
es: sp esp espanol castellano spanish
evaluative: evaluativa
fr: frances french
not-applicable: no_aplica na n/a
observing: observa
pt: portugues portuguese
reinforcing: refuerza
request: solicitud peticion pedido
started: iniciado iniciada comenzado in_progress en_curso en_proceso begun ongoing
withdrawn: retirado retirada
"""


def _by_word(table: str) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for line in table.strip().splitlines():
        right, _colon, words = line.partition(":")
        for word in words.split():
            found.setdefault(fold(word.replace("_", " ")), []).append(right)
            found.setdefault(fold(word), []).append(right)
    return found


KEYS, WORDS = _by_word(_KEYS), _by_word(_WORDS)

"""What a plan's pages say besides the knowledge and the person's own words, in English and Spanish."""

from __future__ import annotations

from datetime import date

WORDS: dict[str, tuple[str, str]] = {
    "title_page": ("My plan", "Mi plan"),
    "title_full": ("Individual plan", "Plan individual"),
    "version": (
        "Version {version}, made on {made_on}. Next review by {review_on}.",
        "Versión {version}, hecha el {made_on}. Próxima revisión, a más tardar el {review_on}.",
    ),
    "called": ("For: {called}", "Para: {called}"),
    "draft": (
        "This is a draft to talk over. It is yours: cross out, add, and use your own words.",
        "Esto es un borrador para conversar. Es suyo: tache, agregue y use sus propias palabras.",
    ),
    "not_reviewed": (
        "The content behind this plan is not clinically reviewed and not validated. It prepares a talk with "
        "professionals; it does not diagnose or order.",
        "El contenido de este plan no ha sido revisado ni validado clínicamente. Prepara una conversación con "
        "profesionales; no diagnostica ni ordena.",
    ),
    "not_reviewed_clinician": (
        "Not clinically reviewed, not validated. Support for a judgement, not a diagnosis or an order.",
        "Sin revisión clínica ni validación. Apoyo para un juicio, no un diagnóstico ni una orden.",
    ),
    "help_now": ("Help at any hour", "Ayuda a cualquier hora"),
    "help_line": (
        "In danger now: call 911. To talk with somebody: call or text 988, free, day and night. Nobody watches this "
        "page.",
        "Si hay peligro ahora: llame al 911. Para hablar con alguien: llame o envíe un mensaje de texto al 988. Es "
        "gratis, de día y de noche. Nadie vigila esta página.",
    ),
    "urgent": ("Help comes first", "La ayuda va primero"),
    "actions": ("My next three steps", "Mis próximos tres pasos"),
    "what": ("What", "Qué"),
    "who": ("With whom", "Con quién"),
    "when": ("By when", "Para cuándo"),
    "who_does": ("Who", "Quién"),
    "aims": ("What I want", "Lo que quiero"),
    "no_aims": (
        "Not written down yet: what do you want from treatment?",
        "Aún sin escribir: ¿qué quiere del tratamiento?",
    ),
    "stands_for": ("that is: {aims}", "es decir: {aims}"),
    "suggested": ("(to confirm)", "(por confirmar)"),
    "strengths": ("What I have going for me", "Lo que tengo a mi favor"),
    "no_strengths": (
        "Not written down yet: what has helped before, and who or what keeps you going?",
        "Aún sin escribir: ¿qué ha ayudado antes, y quién o qué le da ánimo?",
    ),
    "placing": ("Where", "Dónde"),
    "now": ("Now", "Ahora"),
    "not_settled": (
        "Not settled yet: the answers leave it open up to {most}. {count} questions are still open.",
        "Aún sin definir: las respuestas lo dejan abierto hasta {most}. Faltan {count} preguntas.",
    ),
    "why": ("Why", "Por qué"),
    "usual_now": (
        "Usually considered in a situation like this: {place}.",
        "Lo que suele considerarse en una situación así: {place}.",
    ),
    "least_now": (
        "The least that the answers allow so far: {place}.",
        "Lo mínimo que las respuestas permiten hasta ahora: {place}.",
    ),
    "where_edited": (
        "Written in by hand: {plan}. The answers give: {answers}.",
        "Escrito a mano: {plan}. Las respuestas dan: {answers}.",
    ),
    "usual_next": ("And after that: {place}.", "Y después: {place}."),
    "evaluate": ("Who should look, and how soon", "Quién debe evaluar y qué tan pronto"),
    "within": ("{who}, within {hours} hours", "{who}, en {hours} horas"),
    "within_days": ("{who}, within {days} days", "{who}, en {days} días"),
    "goals": ("Goals", "Metas"),
    "my_goals": ("What I work on", "En qué trabajo"),
    "goal": ("Goal", "Meta"),
    "problem": ("What stands in the way", "Qué lo dificulta"),
    "problem_clinician": ("Problem", "Problema"),
    "met_when": ("Met when this no longer holds", "Lograda cuando esto deje de cumplirse"),
    "measure": ("Measured with: {measure}", "Se mide con: {measure}"),
    "own_goal": ("added by the person or the team", "agregada por la persona o el equipo"),
    "by": ("By {date}", "Para el {date}"),
    "steps": ("Steps", "Pasos"),
    "interventions": ("What can help", "Qué puede ayudar"),
    "prescriber_topic": (
        "Medicine: to talk over with somebody who prescribes.",
        "Medicina: para hablar con un profesional que receta.",
    ),
    "format": ("How", "Cómo"),
    "sessions": ("How much", "Cuánto"),
    "length": ("How long", "Cuánto tiempo"),
    "given_by": ("Who gives it", "Quién la da"),
    "where": ("Where", "Dónde"),
    "asks": ("What it asks of me", "Qué me pide"),
    "mind": ("To mind", "Para tener en cuenta"),
    "evidence": ("What studies found", "Qué hallaron los estudios"),
    "findings_note": (
        "At most four findings stand under each. Your team can show you the rest.",
        "Debajo de cada una hay cuatro hallazgos como máximo. Su equipo puede mostrarle los demás.",
    ),
    "no_evidence": (
        "We have no checked study result for this here.",
        "Aquí no tenemos ningún resultado de estudio verificado para esto.",
    ),
    "sources_of": ("Sources of how it is done", "Fuentes sobre cómo se hace"),
    "instead": ("Others for the same thing, to talk about: {names}", "Otras para lo mismo, para conversar: {names}"),
    "ask_about": ("Also ask about", "Pregunte también por"),
    "stopped": (
        "Not proposed, because something speaks against it: {names}",
        "No se propone, porque algo lo desaconseja: {names}",
    ),
    "chosen": ("chosen by the person", "elegida por la persona"),
    "services": ("Other support", "Otros apoyos"),
    "to_arrange": ("to arrange", "por organizar"),
    "safety": ("safety", "seguridad"),
    "medications": ("Medications, as the prescriber recorded them", "Medicinas, como las anotó quien receta"),
    "no_medications": ("None recorded.", "Ninguna anotada."),
    "medication": ("{name} {dose} {how_often}", "{name} {dose} {how_often}"),
    "safety_plan": ("My safety plan", "Mi plan de seguridad"),
    "warning_signs": ("Signs that a hard time is coming", "Señales de que viene un momento difícil"),
    "coping": ("What I can do by myself", "Lo que puedo hacer por mi cuenta"),
    "people": ("People I can be with or ask", "Personas con quienes estar o a quienes pedir ayuda"),
    "professionals": ("Professionals and help lines", "Profesionales y líneas de ayuda"),
    "safe_place": ("Making the place safe", "Hacer seguro el lugar"),
    "to_fill": ("To fill in together.", "Para llenar juntos."),
    "return_to_use": ("If I feel pulled back to use", "Si siento ganas de volver a consumir"),
    "triggers": ("What pulls me back", "Lo que me atrae de nuevo"),
    "early_signs": ("Early signs", "Señales tempranas"),
    "my_steps": ("What I will do", "Lo que haré"),
    "naloxone": (
        "Keep naloxone near, and make sure that people around know where it is and how it works.",
        "Tenga naloxona cerca y asegúrese de que quienes le rodean sepan dónde está y cómo se usa.",
    ),
    "not_alone": (
        "A return to use is a reason for more help, never for shame or for losing care.",
        "Volver a consumir es motivo para más ayuda, nunca para avergonzarse ni para perder la atención.",
    ),
    "barriers": ("What may get in the way, and what answers it", "Qué puede dificultarlo y qué lo resuelve"),
    "helps": ("What can help: {services}", "Qué puede ayudar: {services}"),
    "step_down": ("When less care is enough", "Cuándo basta con menos atención"),
    "step_down_to": ("{place} is enough when:", "{place} basta cuando:"),
    "step_down_fixed": (
        "These rest on what happened in the past and do not change by themselves; the team weighs them: {names}",
        "Esto se debe a lo que pasó antes y no cambia por sí solo; el equipo lo valora: {names}",
    ),
    "step_down_open": (
        "Still to be asked: {count} needs could also hold it back.",
        "Falta preguntar: otras {count} necesidades también podrían impedirlo.",
    ),
    "goal_met": ("This goal is met: {goal}", "Se logra esta meta: {goal}"),
    "need_cleared": ("This has passed: {need}", "Esto ya pasó: {need}"),
    "step_up": ("Signs that more care is needed", "Señales de que hace falta más atención"),
    "team": ("My team", "Mi equipo"),
    "agreed": ("Agreement", "Acuerdo"),
    "nobody_agreed": ("Nobody has agreed yet: this is a draft.", "Nadie ha aceptado aún: es un borrador."),
    "nobody_agreed_version": (
        "Nobody has agreed to this version yet: it is a draft.",
        "Nadie ha aceptado aún esta versión: es un borrador.",
    ),
    "agreed_before": (
        "Of version {version}, made on {made_on}, and not of this one:",
        "Sobre la versión {version}, hecha el {made_on}, y no sobre esta:",
    ),
    "agrees": ("agrees", "acepta"),
    "disagrees": ("does not agree", "no acepta"),
    "sign": ("Name and date:", "Nombre y fecha:"),
    "gaps": ("Still to be done on this plan", "Lo que falta en este plan"),
    "sources": ("Sources", "Fuentes"),
    "seen_only": ("seen only in a secondary source", "vista solo en una fuente secundaria"),
    "from_memory": ("not yet checked at its source", "aún sin verificar en su fuente"),
    "page": ("page", "página"),
    "basis": (
        "Trellis {software}, knowledge {knowledge} ({digest}), answers as of {as_of}.",
        "Trellis {software}, contenido {knowledge} ({digest}), respuestas al {as_of}.",
    ),
    "confidential": (
        "Confidential. Records of substance use treatment may be protected by federal law (42 CFR Part 2).",
        "Confidencial. Los registros de tratamiento por consumo de sustancias pueden estar protegidos por ley federal "
        "(42 CFR Parte 2).",
    ),
    # places that cannot be had, or are not wanted
    "conflicts": ("Where places or wishes do not fit yet", "Donde los lugares o los deseos aún no encajan"),
    "conflict_full": ("{places}: no place is free.", "{places}: no hay lugar libre."),
    "conflict_denied": ("{places}: this was denied.", "{places}: esto fue negado."),
    "conflict_refused": ("{places}: this was refused.", "{places}: esto se rechazó."),
    "conflict_wish": (
        "{places}: this does not go with a firm wish.",
        "{places}: esto no concuerda con un deseo firme.",
    ),
    "conflict_next": ("Enough as well: {places}.", "También basta: {places}."),
    "conflict_next_open": (
        "As far as we know, this is enough as well: {places}. Open questions may still ask for more.",
        "Por lo que sabemos, esto también basta: {places}. Las preguntas abiertas aún pueden pedir más.",
    ),
    "conflict_no_next": (
        "Nothing else on the list is enough. Talk with the team about what can be done.",
        "Nada más de la lista basta. Hable con el equipo sobre qué se puede hacer.",
    ),
    "conflict_interim": ("Meanwhile, to stay safe: {services}.", "Mientras tanto, por seguridad: {services}."),
    "conflict_again": ("Look at this again by {date}.", "Vuelvan a verlo a más tardar el {date}."),
    # what to know before a saved plan is used
    "notices": ("Before you use this plan", "Antes de usar este plan"),
    "edited": (
        "This plan was edited by hand: it is not as Trellis made it.",
        "Este plan se modificó a mano: no está como Trellis lo hizo.",
    ),
    "edited_or_older": (
        "This plan is not what its answers give: it was edited by hand, or made by an older version of Trellis.",
        "Este plan no es lo que dan sus respuestas: se modificó a mano o lo hizo una versión anterior de Trellis.",
    ),
    "not_as_answers": (
        "With this version of Trellis the answers in this plan give something else than it says.",
        "Con esta versión de Trellis, las respuestas de este plan dan algo distinto de lo que dice.",
    ),
    "edited_same": (
        "All that follows from its answers and from what was said is still as they give it.",
        "Todo lo que se deduce de sus respuestas y de lo que se dijo sigue como ellas lo dan.",
    ),
    "edited_part_named": (
        "{part}: the plan says: {plan}. Its answers give: {answers}.",
        "{part}: el plan dice: {plan}. Sus respuestas dan: {answers}.",
    ),
    "edited_part": (
        "{part}: this is not what its answers and what was said give.",
        "{part}: esto no es lo que dan sus respuestas y lo que se dijo.",
    ),
    "nothing": ("nothing", "nada"),
    "danger_left_out": (
        "The answers tell of danger that the plan leaves out: {names}. The help for it comes first.",
        "Las respuestas hablan de un peligro que el plan no nombra: {names}. La ayuda para ello va primero.",
    ),
    "no_basis": (
        "The answers behind this plan cannot be read in full, so nobody can check what they give. Make the plan anew.",
        "Las respuestas detrás de este plan no se pueden leer completas, así que nadie puede comprobar qué dan. Haga "
        "el plan de nuevo.",
    ),
    "other_content": (
        "This plan was made with other content ({knowledge}, {digest}) than today's. Review it before you rely on it.",
        "Este plan se hizo con otro contenido ({knowledge}, {digest}) que el de hoy. Revíselo antes de confiar en él.",
    ),
    "answers_today": (
        "With today's content its answers give: {place}.",
        "Con el contenido de hoy, sus respuestas dan: {place}.",
    ),
    "unreadable": (
        "Today's content cannot read these answers; ask again: {names}.",
        "El contenido de hoy no puede leer estas respuestas; vuelva a preguntar: {names}.",
    ),
    "words_kept": (
        "Gone from today's content, and shown in the words of when the plan was made: {names}.",
        "Ya no están en el contenido de hoy y se muestran con las palabras de cuando se hizo el plan: {names}.",
    ),
    "names_unknown": (
        "Names without words in today's content: {names}.",
        "Nombres sin palabras en el contenido de hoy: {names}.",
    ),
    "findings_gone": (
        "Study results gone from today's content, and not shown: {count}.",
        "Resultados de estudios que ya no están en el contenido de hoy y no se muestran: {count}.",
    ),
    "future": (
        "This plan says that it was made on {day}, a day that has not come yet.",
        "Este plan dice que se hizo el {day}, un día que aún no ha llegado.",
    ),
    "misnumbered": (
        "This plan says that it is version {version}. By the versions it keeps it is version {number}.",
        "Este plan dice que es la versión {version}. Según las versiones que guarda, es la versión {number}.",
    ),
    "earlier_edited": (
        "Version {version}, which is kept in this plan, was edited by hand.",
        "La versión {version}, que se guarda en este plan, se modificó a mano.",
    ),
    # the review
    "review_title": ("Review of {as_of}", "Revisión del {as_of}"),
    "step_step_down": ("A step down is proposed.", "Se propone bajar a menos atención."),
    "step_step_up": ("A step up is proposed.", "Se propone subir a más atención."),
    "step_stay": ("Staying at this level is proposed.", "Se propone seguir en este nivel."),
    "step_not_settled": (
        "Not settled: too much is open to say whether more or less care fits.",
        "Sin definir: falta saber demasiado para decir si conviene más o menos atención.",
    ),
    "step_not_comparable": (
        "The earlier place is gone from today's content: nobody can say whether this is more or less care.",
        "El lugar anterior ya no está en el contenido de hoy: nadie puede decir si esto es más o menos atención.",
    ),
    "changed": ("What changed", "Qué cambió"),
    "changed_row": ("{fact} Before: {before}. Now: {after}.", "{fact} Antes: {before}. Ahora: {after}."),
    "place_row": ("{place}: before {before}, now {after}", "{place}: antes {before}, ahora {after}"),
    "state_free": ("free", "libre"),
    "state_full": ("full", "lleno"),
    "state_denied": ("denied", "negado"),
    "state_refused": ("refused", "rechazado"),
    "ask_again": (
        "The answer is too old or no longer certain; please ask again: {fact}",
        "La respuesta es demasiado antigua o ya no es segura; vuelva a preguntar: {fact}",
    ),
    "nothing_changed": ("None of the answers changed.", "Ninguna respuesta cambió."),
    "goals_met": ("Goals met", "Metas logradas"),
    "goals_open": ("Goals that must be asked about again", "Metas por las que hay que volver a preguntar"),
    "goals_kept": ("Still worked on", "Aún en curso"),
    "goals_new": ("New", "Nuevas"),
    "reasons": ("Reasons", "Motivos"),
    "passed": ("Has passed: {need}", "Ya pasó: {need}"),
    "arose": ("Is new: {need}", "Es nuevo: {need}"),
    "holds": ("Still holds it: {need}", "Aún lo mantiene: {need}"),
    "needs_gone": (
        "Today's content no longer asks about this: {need}",
        "El contenido de hoy ya no pregunta por esto: {need}",
    ),
    "on_record": (
        "Danger on record that today's content cannot rule out: {names}. Ask about it first.",
        "Peligro registrado que el contenido de hoy no puede descartar: {names}. Pregunte por ello primero.",
    ),
    "edited_before": (
        "Version {version} was edited by hand. What follows is compared with what its answers give, not with the edit.",
        "La versión {version} se modificó a mano. Lo que sigue se compara con lo que dan sus respuestas, no con lo "
        "modificado.",
    ),
    "outdated": (
        "Older answers that the new ones contradict, left out: {names}",
        "Respuestas anteriores que las nuevas contradicen y se dejaron fuera: {names}",
    ),
    "other_knowledge": (
        "The earlier version was made with other content; differences may come from that.",
        "La versión anterior se hizo con otro contenido; las diferencias pueden venir de eso.",
    ),
    "differences": (
        "Differences between version {before} and {after}",
        "Diferencias entre la versión {before} y la {after}",
    ),
    "gone": ("no longer: {names}", "ya no: {names}"),
    "come": ("new: {names}", "nuevo: {names}"),
    "part_placing": ("Where", "Dónde"),
    "part_goals": ("Goals", "Metas"),
    "part_interventions": ("What can help", "Qué puede ayudar"),
    "part_services": ("Other support", "Otros apoyos"),
    "part_medications": ("Medications", "Medicinas"),
    "part_aims": ("What I want", "Lo que quiero"),
    "part_strengths": ("Strengths", "Fortalezas"),
    "part_urgent": ("Danger", "Peligro"),
    "part_evaluate": ("Who should look", "Quién debe evaluar"),
    "part_conflicts": ("Where places or wishes do not fit yet", "Donde los lugares o los deseos aún no encajan"),
    "part_made_on": ("Day it was made", "Día en que se hizo"),
    "part_review_on": ("Day of the next review", "Día de la próxima revisión"),
    "part_review_status": ("Clinical review of the content", "Revisión clínica del contenido"),
    "part_called": ("Name", "Nombre"),
    "part_stopped": ("Not proposed", "No se propone"),
    "part_ask_about": ("Also ask about", "Pregunte también por"),
    "part_safety_plan": ("Safety plan", "Plan de seguridad"),
    "part_return_to_use": ("Plan against a return to use", "Plan para no volver al consumo"),
    "part_naloxone": ("Naloxone", "Naloxona"),
    "part_barriers": ("What may get in the way", "Qué puede dificultarlo"),
    "part_step_down": ("When less care is enough", "Cuándo basta con menos atención"),
    "part_step_up": ("Signs that more care is needed", "Señales de que hace falta más atención"),
    "part_actions": ("Next steps", "Próximos pasos"),
    "part_open_questions": ("Open questions", "Preguntas abiertas"),
    "part_team": ("Team", "Equipo"),
    "part_agreed": ("Agreement", "Acuerdo"),
}

MONTHS = (
    ("January", "enero"),
    ("February", "febrero"),
    ("March", "marzo"),
    ("April", "abril"),
    ("May", "mayo"),
    ("June", "junio"),
    ("July", "julio"),
    ("August", "agosto"),
    ("September", "septiembre"),
    ("October", "octubre"),
    ("November", "noviembre"),
    ("December", "diciembre"),
)


def day_words(day: date, lang: str) -> str:
    """A date in words, so that nobody mistakes day and month.

    >>> day_words(date(2026, 11, 24), "es")
    '24 de noviembre de 2026'
    """
    name = MONTHS[day.month - 1][1 if lang == "es" else 0]
    return f"{day.day} de {name} de {day.year}" if lang == "es" else f"{name} {day.day}, {day.year}"


def plan_words(key: str, lang: str, **slots: object) -> str:
    """A sentence of a plan's page with its slots filled. Raises ``KeyError`` for a key or slot that is not there.

    >>> plan_words("now", "es"), plan_words("by", "en", date="2026-12-01")
    ('Ahora', 'By 2026-12-01')
    """
    return WORDS[key][1 if lang == "es" else 0].format(**slots)

"""What the results say: the public view, the clinician's view, and the basis that both rest on."""

MESSAGES: dict[str, tuple[str, str]] = {
    "join_last": ("{first} and {last}", "{first} y {last}"),
    "within_1_hour": ("within an hour", "en menos de una hora"),
    "within_hours": ("within {hours} hours", "en menos de {hours} horas"),
    "within_days": ("within {days} days", "en menos de {days} días"),
    "joined_places": ("{first}, together with {more}", "{first}, junto con {more}"),
    "not_reviewed_person": (
        "This is not a diagnosis. The content is not clinically reviewed, not validated.",
        "Esto no es un diagnóstico. El contenido no tiene revisión clínica ni validación.",
    ),
    "not_reviewed_clinician": (
        "Support for a judgement, not a diagnosis or an order. The content is not clinically reviewed, not validated.",
        "Apoyo a un juicio; no es diagnóstico ni orden. El contenido no tiene revisión clínica ni validación.",
    ),
    "reviewed_as": (
        "This is not a diagnosis. Review of the content: {review}. It is not validated.",
        "Esto no es un diagnóstico. Revisión del contenido: {review}. No está validado.",
    ),
    "always_help": (
        "In danger now? Call 911. To talk with somebody, day or night: call or text 988.",
        "¿En peligro ahora? Llame al 911. Para hablar con alguien, de día o de noche: llame o escriba al 988.",
    ),
    # The public view
    "public_title": ("To take to a talk with a professional", "Para llevar a una conversación con un profesional"),
    "public_hold_title": ("First, until somebody has looked", "Primero, hasta que alguien le haya visto"),
    "public_hold": (
        "It is usual that somebody trained looks at what you said before care is chosen. These can help until then:",
        "Lo usual es que una persona capacitada vea lo que usted dijo antes de elegir la atención. Mientras, ayudan:",
    ),
    "name_and_text": ("{name}. {text}", "{name}. {text}"),
    "public_settings_title_open": (
        "Settings that your answers do not rule out yet",
        "Lugares que sus respuestas aún no descartan",
    ),
    "danger_left_open": (
        "You left open whether there is danger. If there is, or might be: call 911, or call or text 988, now.",
        "Dejó abierto si hay peligro. Si lo hay, o podría haberlo: llame al 911, o llame o escriba al 988, ahora.",
    ),
    "danger_left_open_clinician": (
        "Danger was left open: {facts}. Ask about it first.",
        "El peligro quedó abierto: {facts}. Pregunte primero por eso.",
    ),
    "public_settings_title": (
        "Settings usually considered in a situation like this",
        "Lugares que se suelen considerar en una situación así",
    ),
    "public_settings_settled": (
        "A professional looks at more than these answers can tell, and you choose together.",
        "Un profesional mira más de lo que dicen estas respuestas, y ustedes eligen juntos.",
    ),
    "public_settings_open": (
        "Your answers so far do not rule these out. They stand in order from less to more time and structure, and the"
        " order says nothing about what is best.",
        "Sus respuestas hasta ahora no descartan estos. Van de menos a más tiempo y estructura, y el orden no dice nada"
        " sobre qué es mejor.",
    ),
    "public_add_ons": ("They can be joined with: {places}.", "Se pueden combinar con: {places}."),
    "gives": ("Gives: {rows}.", "Ofrece: {rows}."),
    "lack_row": ("{axis}: {asked} (here: {given})", "{axis}: {asked} (aquí: {given})"),
    "lacks_nothing": ("Lacks nothing for what was said.", "No le falta nada para lo que se dijo."),
    "lacks": ("Lacks, for what was said: {rows}.", "Le falta, para lo que se dijo: {rows}."),
    "lacks_maybe": (
        "May lack, depending on what is still open: {rows}.",
        "Puede faltarle, según lo que aún está abierto: {rows}.",
    ),
    "public_others_title": ("For comparison", "Para comparar"),
    "public_others": (
        "The nearest lighter and fuller settings, and what each lacks for what was said. More than is needed has its"
        " drawbacks too.",
        "Los lugares más cercanos, uno más ligero y otro más completo, y qué les falta para lo que se dijo. Más de lo"
        " necesario también tiene desventajas.",
    ),
    "public_compare": (
        "To see them side by side: trellis compare {settings}",
        "Para verlos lado a lado: trellis compare {settings}",
    ),
    "public_later_title": ("Later", "Más adelante"),
    "public_later": (
        "When the first part has passed, people usually go on to: {places}.",
        "Cuando pasa la primera parte, se suele seguir con: {places}.",
    ),
    "why_heading": ("Why", "Por qué"),
    "public_no_reason": (
        "Nothing you said so far calls for more than what you can arrange yourself, with help when you want it.",
        "Nada de lo dicho hasta ahora pide más de lo que usted puede organizar, con ayuda cuando la quiera.",
    ),
    "change_title": ("What would change this", "Qué cambiaría esto"),
    "change_open": (
        "These are still open, and an answer could change the list:",
        "Esto sigue abierto y podría cambiar la lista:",
    ),
    "change_more_open": ("{count} more are open too.", "Hay {count} más abiertas."),
    "change_more_open_one": ("One more is open too.", "Hay una más abierta."),
    "change_lighter": (
        "Lighter care, such as {place}, may be enough once these no longer hold: reasons {numbers} above.",
        "Algo más ligero, como {place}, puede bastar cuando ya no se cumplan las razones {numbers} de arriba.",
    ),
    "change_lighter_one": (
        "Lighter care, such as {place}, may be enough once reason {numbers} above no longer holds.",
        "Algo más ligero, como {place}, puede bastar cuando ya no se cumpla la razón {numbers} de arriba.",
    ),
    "change_worse": (
        "If things get harder, more support may be needed. You can ask again at any time.",
        "Si las cosas se ponen más difíciles, puede hacer falta más apoyo. Puede volver a preguntar cuando quiera.",
    ),
    "change_disagreement": (
        "Two answers do not agree, and the more serious one counts: {question}",
        "Dos respuestas no coinciden y cuenta la más seria: {question}",
    ),
    "next_title": ("What to do next", "Qué hacer ahora"),
    "next_see": ("Talk with: {who}, {soon}. {what}", "Hable con: {who}, {soon}. {what}"),
    "next_see_sooner": (
        "It may have to be sooner. To know, answer: {questions}",
        "Puede tener que ser antes. Para saberlo, responda: {questions}",
    ),
    "next_see_maybe": (
        "Perhaps also, depending on what is still open: {people}.",
        "Quizás también, según lo que aún está abierto: {people}.",
    ),
    "next_see_anyone": (
        "A doctor, a counselor or a clinic near you can look at this with you.",
        "Un médico, un consejero o una clínica cercana puede ver esto con usted.",
    ),
    "next_refer": ("To find care: {contact}. {what}", "Para encontrar atención: {contact}. {what}"),
    "next_services": ("Ask for:", "Pida:"),
    "next_questions": ("Questions you could ask:", "Preguntas que podría hacer:"),
    "ask_1": (
        "Why do you suggest this setting, and not a lighter or a fuller one?",
        "¿Por qué sugieren este lugar y no uno más ligero o más completo?",
    ),
    "ask_2": (
        "Who is there by day, at night and at weekends?",
        "¿Quién está ahí de día, de noche y los fines de semana?",
    ),
    "ask_3": (
        "Which kinds of therapy do you offer, such as CBT, DBT or motivational interviewing, and why for me?",
        "¿Qué terapias ofrecen, como TCC, TDC o entrevista motivacional, y por qué para mí?",
    ),
    "ask_4": (
        "How will we know that it helps, and when do we look again?",
        "¿Cómo sabremos que ayuda y cuándo lo revisamos?",
    ),
    "ask_5": (
        "What does it cost me, and how long is the wait?",
        "¿Cuánto me cuesta y cuánto hay que esperar?",
    ),
    "ask_6": (
        "What comes after, and whom do I call if things get worse?",
        "¿Qué viene después y a quién llamo si empeoro?",
    ),
    "barriers_title": ("What may stand in the way, and what can help", "Qué puede estorbar y qué puede ayudar"),
    "barrier_ask": ("What can help: {services}.", "Qué puede ayudar: {services}."),
    "conflicts_title": ("Where wishes or places do not fit yet", "Donde los deseos o los lugares aún no encajan"),
    "conflict_wish": ("{places}: this collides with a firm wish.", "{places}: esto choca con un deseo firme."),
    "conflict_refused": ("{places}: this was refused.", "{places}: esto se rechazó."),
    "conflict_full": ("{places}: there is no free place.", "{places}: no hay lugar libre."),
    "conflict_denied": ("{places}: this was denied.", "{places}: esto fue negado."),
    "conflict_next": ("This would be enough as well: {places}.", "Esto también bastaría: {places}."),
    "conflict_next_open": (
        "As far as is known, this would be enough as well: {places}. Open questions may still ask for more.",
        "Por lo que se sabe, esto también bastaría: {places}. Las preguntas abiertas aún pueden pedir más.",
    ),
    "conflict_no_next": ("Nothing else on the list would be enough.", "Nada más de la lista bastaría."),
    "conflict_lesser": (
        "The nearest lighter one is {place}. It would lack: {rows}.",
        "Lo más cercano y más ligero es {place}. Le faltaría: {rows}.",
    ),
    "conflict_interim": ("Meanwhile ask for: {services}.", "Mientras tanto pida: {services}."),
    "conflict_again": ("Look at it again on {date}.", "Revíselo de nuevo el {date}."),
    # The clinician's view
    "clinician_title": ("Determination as of {date}", "Determinación al {date}"),
    "clinician_settled": (
        "Settled: what is still open changes neither placement, danger, evaluation nor safety services.",
        "Resuelto: lo que sigue abierto no cambia ubicación, peligro, evaluación ni servicios de seguridad.",
    ),
    "clinician_not_settled": ("Not settled. Still open: {parts}.", "No resuelto. Sigue abierto: {parts}."),
    "clinician_not_settled_but": (
        "Not settled. Still open: {parts}. Settled already: {known}.",
        "No resuelto. Sigue abierto: {parts}. Ya resuelto: {known}.",
    ),
    "public_no_reason_open": (
        "Too little is known yet to say what would help. A professional can find out with you; ask for a visit soon.",
        "Todavía se sabe muy poco para decir qué ayudaría. Un profesional puede averiguarlo con usted; pida pronto una "
        "cita.",
    ),
    "part_placement_now": ("placement now", "la ubicación ahora"),
    "part_placement_next": ("placement next", "la ubicación después"),
    "part_hold": ("what is called for until somebody has looked", "lo que se pide hasta que alguien evalúe"),
    "part_danger": ("danger", "el peligro"),
    "part_evaluation": ("who must evaluate, and how soon", "quién debe evaluar y con qué rapidez"),
    "part_safety_services": ("safety services", "los servicios de seguridad"),
    "evaluated_title": ("Looked at by a professional", "Evaluado por un profesional"),
    "evaluated_row": ("{question} {answer}. {who}, {day}.", "{question} {answer}. {who}, {day}."),
    "set_aside_title": (
        "Not counted, as something said later stands against it",
        "No cuenta, porque algo que se dijo después lo contradice",
    ),
    "expired_title": ("Too old to count; please ask again", "Demasiado antiguo para contar; pregunte de nuevo"),
    "expired_row": (
        "{question} Answer of {day}: {answer}. It counted until {until}.",
        "{question} Respuesta del {day}: {answer}. Contó hasta el {until}.",
    ),
    "standing_title": ("Danger that stays in force", "Peligro que sigue vigente"),
    "standing_row": (
        "{question} Answer of {day}: {answer}. A milder answer does not end this. It stays in force until {until}, or "
        "until a professional has looked at it and found no immediate danger.",
        "{question} Respuesta del {day}: {answer}. Una respuesta más leve no lo termina. Sigue vigente hasta el "
        "{until}, o hasta que un profesional lo evalúe y no encuentre peligro inmediato.",
    ),
    "standing_row_open": (
        "{question} Answer of {day}: {answer}. A milder answer does not end this. It stays in force until a "
        "professional has looked at it and found no immediate danger.",
        "{question} Respuesta del {day}: {answer}. Una respuesta más leve no lo termina. Sigue vigente hasta que un "
        "profesional lo evalúe y no encuentre peligro inmediato.",
    ),
    "clinician_factor": ("{factor}: {value}", "{factor}: {value}"),
    "clinician_context": ("Context: {context}.", "Contexto: {context}."),
    "clinician_context_open": ("Context: not known; every context counts.", "Contexto: desconocido; cuentan todos."),
    "clinician_hold": ("Hold until evaluated", "Retención hasta la evaluación"),
    "clinician_hold_by": ("Asked for by: {needs}.", "Lo piden: {needs}."),
    "clinician_hold_served": ("Served by: {places}.", "Lo cubren: {places}."),
    "clinician_hold_unserved": ("No response covers all of it.", "Ninguna respuesta lo cubre todo."),
    "clinician_now": ("Now", "Ahora"),
    "clinician_next": ("Next, when what is acute has passed", "Después, cuando pase lo agudo"),
    "clinician_place": ("{place} [{id}], rank {rank}", "{place} [{id}], rango {rank}"),
    "clinician_range": (
        "From {least} to {most}; {count} packages are not ruled out.",
        "De {least} a {most}; {count} combinaciones no descartadas.",
    ),
    "clinician_required": ("Required: {rows}.", "Se requiere: {rows}."),
    "clinician_required_nothing": (
        "Required: nothing beyond self-management.",
        "Se requiere: nada más que el autocuidado.",
    ),
    "clinician_evaluate": ("Evaluation", "Evaluación"),
    "clinician_evaluate_row": ("{who}, {soon}. Asked for by: {needs}.", "{who}, {soon}. Lo piden: {needs}."),
    "clinician_evaluate_open": (
        "Possible, not certain: {who}, for {needs}. To know, ask: {questions}",
        "Posible, no seguro: {who}, por {needs}. Para saberlo, pregunte: {questions}",
    ),
    "clinician_evaluate_sooner": (
        "It may have to be sooner, for {needs}. To know, ask: {questions}",
        "Puede tener que ser antes, por {needs}. Para saberlo, pregunte: {questions}",
    ),
    "clinician_required_up_to": (
        "While answers are open, up to: {rows}.",
        "Mientras haya respuestas abiertas, hasta: {rows}.",
    ),
    "clinician_services": ("Services", "Servicios"),
    "clinician_service": ("{name}: {needs}", "{name}: {needs}"),
    "clinician_service_safety": ("{name} (safety): {needs}", "{name} (seguridad): {needs}"),
    "clinician_service_gap": ("{name} (to arrange): {needs}", "{name} (por gestionar): {needs}"),
    "clinician_service_safety_gap": (
        "{name} (safety, to arrange): {needs}",
        "{name} (seguridad, por gestionar): {needs}",
    ),
    "clinician_services_open": ("Open, depending on answers: {names}.", "Abiertos, según respuestas: {names}."),
    "clinician_active": ("Active needs", "Necesidades activas"),
    "clinician_need": ("[{id}] {phase}: {words}", "[{id}] {phase}: {words}"),
    "folded_count_one": (
        "One more need is met and adds nothing to these; --all shows it.",
        "Se cumple una necesidad más que no añade nada a estas; --all la muestra.",
    ),
    "folded_count": (
        "{count} more needs are met and add nothing to these; --all shows them.",
        "Se cumplen {count} necesidades más que no añaden nada a estas; --all las muestra.",
    ),
    "all_folded": ("Also met, and part of a reason above", "También se cumple, y es parte de una razón de arriba"),
    "all_folded_row": ("[{id}], with [{under}]: {words}", "[{id}], con [{under}]: {words}"),
    "all_open": ("Everything that is still open", "Todo lo que sigue abierto"),
    "all_cleared": ("Looked at, and not so", "Revisado, y no es así"),
    "all_cleared_row": ("{topic}: {count} possible reasons", "{topic}: {count} razones posibles"),
    "all_cleared_row_one": ("{topic}: one possible reason", "{topic}: una razón posible"),
    "all_cleared_ids": ("{topic}: {names}", "{topic}: {names}"),
    "clinician_no_needs": ("No need is active.", "No hay necesidades activas."),
    "clinician_ask_next": ("Facts that could still change it", "Datos que aún podrían cambiarlo"),
    "clinician_latched": (
        "In force as last known, past validity; ask again first: {facts}.",
        "Vigente como último dato, fuera de validez; pregunte primero: {facts}.",
    ),
    "clinician_unanswerable": ("Not known or not said: {facts}.", "No se sabe o no se dijo: {facts}."),
    "clinician_disagreement": (
        "Sources differ on {fact}: {values} ({sources}). The worse one counts.",
        "Las fuentes difieren sobre {fact}: {values} ({sources}). Cuenta la peor.",
    ),
    "phase_hold": ("hold", "retención"),
    "phase_acute": ("acute", "agudo"),
    "phase_ongoing": ("ongoing", "continuo"),
    # The basis
    "basis_title": ("The basis, need by need", "El fundamento, necesidad por necesidad"),
    "basis_need": ("{number}. {id} ({phase}, {dimension})", "{number}. {id} ({phase}, {dimension})"),
    "basis_facts": ("Rests on:", "Se basa en:"),
    "basis_fact": ("{fact}: {value}", "{fact}: {value}"),
    "basis_fact_sourced": ("{fact}: {value} ({source}, {date})", "{fact}: {value} ({source}, {date})"),
    "basis_fact_range": ("from “{best}” to “{worst}”", "de «{best}» a «{worst}»"),
    "basis_fact_value": ("“{value}”", "«{value}»"),
    "basis_condition": ("The rule:", "La regla:"),
    "basis_requires": ("Requires: {rows}.", "Requiere: {rows}."),
    "basis_requires_nothing": ("Requires no level of care.", "No requiere nivel de atención."),
    "basis_services": ("Services: {names}.", "Servicios: {names}."),
    "basis_mapping_source": (
        "The source itself asks for this requirement.",
        "La propia fuente pide este requisito.",
    ),
    "basis_mapping_judgement": (
        "The step from the source to this requirement is our judgement.",
        "El paso de la fuente a este requisito es juicio nuestro.",
    ),
    "basis_fixed": (
        "It rests on lifetime history, which does not change.",
        "Se basa en la historia de vida, que no cambia.",
    ),
    "basis_note": ("Note: {note}", "Nota: {note}"),
    "basis_sources": ("Sources:", "Fuentes:"),
    "basis_review": ("Review: {review}.", "Revisión: {review}."),
    "basis_shortfalls": ("What each place would lack, and who asks", "Qué le faltaría a cada lugar, y quién lo pide"),
    "basis_shortfall": (
        "{axis}: asked “{asked}”, given “{given}”. Asked for by: {needs}.",
        "{axis}: se pide «{asked}», se da «{given}». Lo piden: {needs}.",
    ),
    "basis_shortfall_maybe": (
        "{axis}: perhaps “{asked}”, given “{given}”. If these hold: {needs}.",
        "{axis}: quizás «{asked}», se da «{given}». Si se cumplen: {needs}.",
    ),
    "basis_shortfall_nothing": ("Lacks nothing.", "No le falta nada."),
    "basis_many_needs": ("{count} open needs", "{count} necesidades abiertas"),
    "basis_step_down": ("Before a lighter place is enough", "Antes de que baste un lugar más ligero"),
    "basis_resolve": ("To resolve: {needs}.", "Por resolver: {needs}."),
    "basis_step_fixed": ("Cannot change, rests on history: {needs}.", "No puede cambiar, es historia: {needs}."),
    "basis_step_open": ("Still open: {needs}.", "Aún abierto: {needs}."),
    "basis_open_need": ("[{id}] waits for: {facts}.", "[{id}] espera: {facts}."),
    "basis_provenance": ("What this rests on", "En qué se apoya esto"),
    "provenance_software": ("Software: Trellis {version}", "Programa: Trellis {version}"),
    "provenance_knowledge": (
        "Knowledge: {version}, digest {digest}",
        "Conocimiento: {version}, resumen {digest}",
    ),
    "provenance_as_of": ("As of: {date}", "Al día: {date}"),
    "provenance_parameters": ("Parameters: {parameters}", "Parámetros: {parameters}"),
    "provenance_answers": ("Answers used: {count} of {given}", "Respuestas usadas: {count} de {given}"),
    "provenance_places": ("Places: {places}", "Lugares: {places}"),
    "site_content": (
        "Site content, not the shipped {version}.",
        "Contenido del sitio, no el {version} publicado.",
    ),
    "provenance_jurisdiction": ("Used in: {place}", "Se usa en: {place}"),
    "provenance_off": ("Off: {need} ({why})", "Sin efecto: {need} ({why})"),
    "other_knowledge": (
        "The file was made with other knowledge or parameters. It was decided anew with those of today.",
        "El archivo se hizo con otro conocimiento u otros parámetros. Se decidió de nuevo con los de hoy.",
    ),
}

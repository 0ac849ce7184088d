"""What comparing says: settings and approaches side by side, what matters to the person, evidence."""

MESSAGES: dict[str, tuple[str, str]] = {
    "topic_supervision": ("Supervision", "Supervisión"),
    "topic_structure": ("Structure", "Estructura"),
    "topic_flexibility": ("How it fits around life", "Cómo se combina con la vida"),
    "topic_day": ("A day", "Un día"),
    "topic_week": ("A week", "Una semana"),
    "topic_work": ("Work", "Trabajo"),
    "topic_school": ("School", "Estudios"),
    "topic_family": ("Family", "Familia"),
    "topic_cost": ("Cost", "Costo"),
    "topic_questions": ("Questions to ask about cost and cover", "Preguntas sobre el costo y lo que cubre el seguro"),
    "topic_before": ("Before it", "Antes"),
    "topic_after": ("After it", "Después"),
    "topic_evidence": ("What studies say", "Qué dicen los estudios"),
    "compare_taken": ("“{said}” is shown as: {name}.", "«{said}» se muestra como: {name}."),
    "compare_hold": (
        "First, somebody trained should look at what was said; until then no setting is chosen.",
        "Primero, una persona capacitada debe ver lo que se dijo; hasta entonces no se elige ningún lugar.",
    ),
    "evidence_about": ("{condition}", "{condition}"),
    "evidence_no_setting": (
        "We hold no result that is about this setting first of all, so we do not know. What is said of the others may"
        " compare them with it.",
        "No tenemos ningún resultado que trate ante todo de este lugar, así que no lo sabemos. Lo que se dice de los"
        " demás puede compararlos con él.",
    ),
    # Settings for one person
    "fit_title": ("For what was said", "Para lo que se dijo"),
    "fit_later": ("Later, when the first part has passed", "Más adelante, cuando pase la primera parte"),
    "fit_why": ("Why it would lack that", "Por qué le faltaría eso"),
    "fit_take": ("What it would take", "Qué haría falta"),
    "fit_barriers": ("What may stand in the way", "Qué puede estorbar"),
    "fit_joined": ("Looked at together with: {more}.", "Visto junto con: {more}."),
    "fit_package": (
        "Package [{id}], rank {rank}; the least rank that is enough: {least}.",
        "Combinación [{id}], rango {rank}; el menor rango que basta: {least}.",
    ),
    "fit_enough": (
        "Gives what is usually asked for in a situation like this.",
        "Da lo que se suele pedir en una situación así.",
    ),
    "fit_more": (
        "It gives more than was asked for. More than is needed has its drawbacks too.",
        "Da más de lo que se pide. Más de lo necesario también tiene desventajas.",
    ),
    "fit_enough_later": (
        "Gives what is usually asked for then.",
        "Da lo que se suele pedir entonces.",
    ),
    "fit_not_admitted": (
        "Places of this kind in our list do not take people of this age or with this kind of problem.",
        "Los lugares de este tipo en nuestra lista no reciben a personas de esta edad o con este tipo de problema.",
    ),
    "fit_add_on": (
        "It is joined to a setting and does not stand alone.",
        "Se suma a un lugar y no va por sí sola.",
    ),
    "fit_response": (
        "It helps in a crisis. It is no place for the weeks after.",
        "Ayuda en una crisis. No es un lugar para las semanas después.",
    ),
    "fit_serves_hold": (
        "It can help until somebody has looked at what was said.",
        "Puede ayudar hasta que alguien haya visto lo que se dijo.",
    ),
    "fit_why_nothing": (
        "Nothing that was said so far asks for more than this.",
        "Nada de lo que se dijo hasta ahora pide más que esto.",
    ),
    "need_and_words": ("[{id}] {words}", "[{id}] {words}"),
    "take_resolve": (
        "For this to be enough, the reasons above would have to change first.",
        "Para que esto baste, primero tendrían que cambiar las razones de arriba.",
    ),
    "take_fixed": (
        "This rests on the past, which treatment cannot change: {words}",
        "Esto se apoya en el pasado, que un tratamiento no puede cambiar: {words}",
    ),
    "take_open": (
        "{count} questions are still open that could matter.",
        "Siguen abiertas {count} preguntas que podrían importar.",
    ),
    "take_open_one": (
        "One question is still open that could matter.",
        "Sigue abierta una pregunta que podría importar.",
    ),
    "take_arrange": ("To arrange beside it: {services}.", "Para organizar además: {services}."),
    "take_nothing": ("Nothing beyond what it gives.", "Nada más allá de lo que da."),
    "barriers_none": ("Nothing that was told of.", "Nada de lo que se contó."),
    # What matters
    "values_title": ("What matters to you", "Qué le importa a usted"),
    "values_how": (
        "How much does each thing matter, from 0 (not at all) to 5 (most of all)? There is no right answer.",
        "¿Cuánto le importa cada cosa, de 0 (nada) a 5 (lo que más)? No hay respuestas correctas.",
    ),
    "values_keys": (
        "Enter skips, b back, w why, h help now, q stop and see the result, x leave at once.",
        "Enter para saltar, b volver, w por qué, h ayuda, q parar y ver el resultado, x salir de inmediato.",
    ),
    "values_so_far": ("So far: {rating}. Enter keeps it.", "Hasta ahora: {rating}. Enter lo conserva."),
    "values_wrong": ("Please type a number from 0 to 5.", "Escriba un número del 0 al 5."),
    "values_why": (
        "Settings differ on this: {name}. What you rate high is shown first.",
        "Los lugares se distinguen en esto: {name}. Lo que más le importa se muestra primero.",
    ),
    "values_keep": ("To keep this, put it into your file:", "Para conservarlo, póngalo en su archivo:"),
    "values_result": ("How settings fare on what matters", "Cómo les va a los lugares en lo que importa"),
    "values_nothing": (
        "Nothing was rated. To rate: trellis values, or --rate home=5.",
        "No se calificó nada. Para calificar: trellis values, o --rate home=5.",
    ),
    "values_order": (
        "What matters most stands first. Nothing is added up: each thing counts by itself. Settings go from less to"
        " more time and structure.",
        "Lo que más importa va primero. No se suma nada: cada cosa cuenta por sí misma. Los lugares van de menos a más"
        " tiempo y estructura.",
    ),
    "values_left_out": (
        "Not looked at here, as they would lack something for what was said: {places}.",
        "No se ven aquí, porque les faltaría algo para lo que se dijo: {places}.",
    ),
    "value_and_rating": ("{name} ({rating} of 5)", "{name} ({rating} de 5)"),
    "fare_row": ("{place}: {how}. {why}", "{place}: {how}. {why}"),
    "fare_open": (
        "{place}: whether it is enough depends on what is still open.",
        "{place}: si basta depende de lo que aún está abierto.",
    ),
    "fare_changed": (
        "You would live in the home that is joined to it, which may change this: ask.",
        "Usted viviría en la casa que se le suma, y eso puede cambiarlo: pregunte.",
    ),
    "how_well": ("goes well", "va bien"),
    "how_partly": ("goes in part", "va en parte"),
    "how_hard": ("is hard here", "es difícil aquí"),
    "how_depends": ("depends on the place", "depende del lugar"),
    "important_title": ("What was rated 4 or 5", "Lo calificado con 4 o 5"),
    "important_none": ("Nothing was rated 4 or 5.", "Nada se calificó con 4 o 5."),
    "important_well": ("Goes well: {values}.", "Va bien: {values}."),
    "important_hard": ("Is hard: {values}.", "Es difícil: {values}."),
    "important_neither": (
        "Of these, nothing goes well for sure and nothing is plainly hard.",
        "De esto, nada va bien con seguridad y nada es claramente difícil.",
    ),
    "parting_title": ("Where wish and safety part", "Donde el deseo y la seguridad se separan"),
    "parting_none": (
        "On what was rated 4 or 5, no setting that would lack something does better than those that are enough.",
        "En lo calificado con 4 o 5, ningún lugar al que le falte algo va mejor que los que bastan.",
    ),
    "parting_open": (
        "It is not settled yet what is enough, so wish and safety may still part.",
        "Aún no está definido qué basta, así que el deseo y la seguridad todavía pueden separarse.",
    ),
    "parting_intro": (
        "These would serve a wish better, and would not be enough for now. The wish stays: say it to the people who"
        " help, and ask how much of it can be kept.",
        "Estos servirían mejor a un deseo, y por ahora no bastarían. El deseo sigue en pie: dígalo a quienes ayudan y"
        " pregunte cuánto de él se puede conservar.",
    ),
    "parting_wish": (
        "Serves this better than any that is enough: {values}.",
        "Sirve mejor para esto que los que bastan: {values}.",
    ),
    "parting_once": ("It may be enough once these have changed:", "Puede bastar cuando haya cambiado esto:"),
    "parting_instead": (
        "Of those not ruled out, these do best on “{value}”: {places}.",
        "De los no descartados, a estos les va mejor en «{value}»: {places}.",
    ),
    "parting_ask": (
        "None of those not ruled out surely does well on “{value}”. Ask what can be kept of it.",
        "A ninguno de los no descartados le va bien con seguridad en «{value}». Pregunte qué se puede conservar.",
    ),
    # Approaches
    "approaches_title": ("Treatment approaches", "Enfoques de tratamiento"),
    "approach_row": ("{id}: {name} ({short})", "{id}: {name} ({short})"),
    "approach_row_same": ("{id}: {name}", "{id}: {name}"),
    "approaches_more": (
        "Side by side: trellis approaches cbt dbt mi. For one person: trellis approaches --for FILE.",
        "Lado a lado: trellis approaches cbt dbt mi. Para una persona: trellis approaches --for FILE.",
    ),
    "kind_psychotherapy": ("Talking therapies", "Terapias de conversación"),
    "kind_medication": ("Medicines", "Medicinas"),
    "kind_service": ("Services", "Servicios"),
    "kind_social": ("Help in daily life", "Ayuda en la vida diaria"),
    "kind_justice": ("For people in the justice system", "Para personas en el sistema de justicia"),
    "kind_digital": ("Digital", "Digital"),
    "kind_crisis": ("In a crisis", "En una crisis"),
    "topic_principles": ("Principles", "Principios"),
    "topic_format": ("Form", "Forma"),
    "topic_sessions": ("Sessions", "Sesiones"),
    "topic_length": ("How long", "Cuánto dura"),
    "topic_given_by": ("Who gives it", "Quién lo da"),
    "topic_manual": ("Manual", "Manual"),
    "topic_for_whom": ("For whom", "Para quién"),
    "topic_not_for": ("Not for, or not alone", "Para quién no, o no por sí solo"),
    "topic_asks": ("What it asks", "Qué pide"),
    "topic_settings": ("Settings where it is given", "Lugares donde se da"),
    "topic_places": ("Where to find it", "Dónde se encuentra"),
    "topic_guidelines": ("Guidelines", "Guías"),
    "topic_ask": ("Questions to ask", "Preguntas que hacer"),
    "evidence_benefit": ("What speaks for it", "Lo que habla a favor"),
    "evidence_limits": ("Limits and harm", "Límites y daños"),
    "evidence_no_benefit": (
        "We hold no result on how many it helps. We do not know.",
        "No tenemos ningún resultado sobre a cuántas personas ayuda. No lo sabemos.",
    ),
    "evidence_no_limits": (
        "We hold no result on limits or harm. That does not mean there are none. We do not know.",
        "No tenemos ningún resultado sobre límites o daños. Eso no significa que no existan. No lo sabemos.",
    ),
    "approach_prescriber": (
        "Only somebody who prescribes can decide this with the person.",
        "Solo alguien que receta puede decidirlo con la persona.",
    ),
    "approaches_note": (
        "A general picture; people differ, and so do therapists. Not clinically reviewed, not validated.",
        "Un panorama general; cada persona y cada terapeuta son distintos. Sin revisión clínica ni validación.",
    ),
    "match_title": (
        "Approaches usually considered in a situation like this",
        "Enfoques que se suelen considerar en una situación así",
    ),
    "match_order": (
        "First what the answers call for, then what serves the aims, then how sure and how large the effect is, then"
        " wishes and place. Each counts only where all before it are equal. Nothing is added up.",
        "Primero lo que piden las respuestas, luego lo que sirve a las metas, luego cuán seguro y cuán grande es el"
        " efecto, luego los deseos y el lugar. Cada cosa cuenta solo si lo anterior es igual. No se suma nada.",
    ),
    "match_nothing": (
        "The answers and aims so far point to no approach.",
        "Las respuestas y metas hasta ahora no apuntan a ningún enfoque.",
    ),
    "match_row": ("{number}. {name} [{id}]", "{number}. {name} [{id}]"),
    "match_why": ("Why", "Por qué"),
    "match_aim": ("Your aim “{aim}”: {how}", "Su meta «{aim}»: {how}"),
    "match_if": (
        "The answers do not say yet whether this holds, so ask first: {why}",
        "Las respuestas aún no dicen si esto se cumple, así que pregunte primero: {why}",
    ),
    "match_sure": ("How sure, how large: {sure} ({size}).", "Cuán seguro y cuán grande: {sure} ({size})."),
    "match_wanted": ("Can have what was wished for: {features}.", "Puede tener lo que se desea: {features}."),
    "match_unwanted": (
        "Can include what was not wished for: {features}. Ask whether it can be done without.",
        "Puede incluir lo que no se desea: {features}. Pregunte si se puede hacer sin eso.",
    ),
    "match_inside": ("Given in: {places}.", "Se da en: {places}."),
    "match_cautions": ("To mind, or to ask first", "Para tener en cuenta o preguntar antes"),
    "match_chosen": ("Chosen in the file.", "Elegido en el archivo."),
    "match_declined": ("Declined in the file.", "Rechazado en el archivo."),
    "match_rest": ("Also fitting", "También encajan"),
    "match_rest_row": ("{name} [{id}]. {why}", "{name} [{id}]. {why}"),
    "match_all": ("All in full: --all", "Todo completo: --all"),
    "match_stopped": ("Not offered for now, and why", "Por ahora no se ofrecen, y por qué"),
    "match_ask": ("Also ask about", "Pregunte también por"),
    "match_ask_row": (
        "{name} [{id}]. May fit, if this holds: {why}",
        "{name} [{id}]. Puede encajar, si se cumple: {why}",
    ),
    "match_none": (
        "Nothing that was said points to it, or against it.",
        "Nada de lo que se dijo apunta a él, ni en contra.",
    ),
    "match_place": ("Number {number} of {total} that fit.", "Número {number} de {total} que encajan."),
    "match_person": ("For what was said", "Para lo que se dijo"),
    "aims_title": ("Aims", "Metas"),
    "aims_none": (
        "None are written down. What should be better in half a year?",
        "No hay ninguna escrita. ¿Qué debería estar mejor en medio año?",
    ),
    "aim_row": ("“{words}”: {aims}", "«{words}»: {aims}"),
    "aim_listed": ("{aims}", "{aims}"),
    "aim_suggested": (
        "“{words}”: is this meant? {aims}. To confirm, write serves: [{ids}]",
        "«{words}»: ¿se refiere a esto? {aims}. Para confirmar, escriba serves: [{ids}]",
    ),
    "aim_unknown": (
        "“{words}”: kept as it is; no aim of the list was found in it.",
        "«{words}»: queda tal cual; no se halló en ella ninguna meta de la lista.",
    ),
}

"""What the lists, the comparison, the checker and the prover say."""

MESSAGES: dict[str, tuple[str, str]] = {
    "settings_title": ("Settings, least restrictive first", "Lugares, del menos al más restrictivo"),
    "add_ons_title": ("What can be joined to them", "Qué se les puede sumar"),
    "responses_title": ("In a crisis, until somebody has looked", "En una crisis, hasta que alguien haya visto"),
    "id_and_name": ("{id}: {name}", "{id}: {name}"),
    "packages_title": ("Packages, in order of rank", "Combinaciones, por rango"),
    "package_row": ("{rank:>3}  {package}", "{rank:>3}  {package}"),
    "facts_title": ("Facts: {domain}", "Datos: {domain}"),
    "fact_scale": ("Values: {values}.", "Valores: {values}."),
    "contexts_title": ("Contexts", "Contextos"),
    "inputs_title": ("Numbers", "Números"),
    "input_range": ("From {low} to {high} {unit}", "De {low} a {high} {unit}"),
    "parameters_title": ("Parameters a site may set", "Parámetros que un centro puede fijar"),
    "parameter_row": ("{id}: {value} (may be {allowed})", "{id}: {value} (puede ser {allowed})"),
    "needs_title": ("Needs: {dimension}", "Necesidades: {dimension}"),
    "needs_none": ("No need matches.", "Ninguna necesidad coincide."),
    "needs_count": ("{count} needs.", "{count} necesidades."),
    "in_english": (
        "Some of this is in English only for now.",
        "Parte de esto está por ahora solo en inglés.",
    ),
    "compare_title": ("Side by side", "Lado a lado"),
    "topic_short": ("In short", "En breve"),
    "topic_what": ("What it is", "Qué es"),
    "topic_who": ("Who is there", "Quién está ahí"),
    "topic_hours": ("Hours", "Horas"),
    "topic_stay": ("Usual stay", "Estancia usual"),
    "topic_gives": ("What it gives", "Qué ofrece"),
    "topic_benefits": ("Benefits", "Ventajas"),
    "topic_drawbacks": ("Drawbacks", "Desventajas"),
    "topic_ways_in": ("Ways in", "Cómo se llega"),
    "topic_ways_out": ("Ways out", "Cómo se sale"),
    "topic_services": ("Part of it", "Es parte"),
    "topic_codes": ("Codes", "Códigos"),
    "topic_sources": ("Sources", "Fuentes"),
    "nothing_said": ("-", "-"),
    "code_row": ("{system} {code}: {label}", "{system} {code}: {label}"),
    "code_row_unverified": (
        "{system} {code}: {label} [not yet verified]",
        "{system} {code}: {label} [aún sin verificar]",
    ),
    "unverified": ("{text} [from memory, not yet verified]", "{text} [de memoria, aún sin verificar]"),
    "compare_note": (
        "A general picture; programs differ. Not clinically reviewed, not validated.",
        "Un panorama general; cada programa es distinto. Sin revisión clínica ni validación.",
    ),
    "template_head": (
        "Answers for trellis decide (names and values of knowledge {version}). Write one of the values behind a name; "
        "what stays empty is unknown, which is never taken for no. not_known and declined may stand everywhere.",
        "Respuestas para trellis decide (nombres y valores del conocimiento {version}). Escriba uno de los valores "
        "después de un nombre; lo que quede vacío no se sabe, y nunca se toma por no. En todas partes puede ir "
        "not_known (no se sabe) o declined (prefiere no decir).",
    ),
    "check_people": (
        "{people} people of {file}, {wrong} of them otherwise than expected.",
        "{people} personas de {file}, {wrong} de ellas de otro modo que el esperado.",
    ),
    "check_clean": ("Nothing was found.", "No se encontró nada."),
    "check_counts": ("{errors} errors, {warnings} warnings.", "{errors} errores, {warnings} advertencias."),
    "check_formula": (
        "Reading grades: {formula}; at most {grade}.",
        "Grados de lectura: {formula}; como máximo {grade}.",
    ),
    "check_not_proved": (
        "Not yet proved: what the rules do together. Run trellis prove on the same knowledge.",
        "Aún sin probar: lo que hacen las reglas juntas. Ejecute trellis prove con el mismo conocimiento.",
    ),
    "prove_sets": (
        "A site may choose among {combinations} combinations of values. They make {sets} different sets of rules (by "
        "{names}), and each of them was tried.",
        "Un sitio puede elegir entre {combinations} combinaciones de valores. Forman {sets} conjuntos de reglas "
        "distintos (según {names}), y cada uno se examinó.",
    ),
    "prove_one_set": (
        "A site may choose among {combinations} combinations of values. All make the same set of rules.",
        "Un sitio puede elegir entre {combinations} combinaciones de valores. Todas forman las mismas reglas.",
    ),
    "prove_bounds": (
        "Other values ({names}) move the bounds of numbers and no rule: which number means which fact is not proved.",
        "Otros valores ({names}) mueven los límites de los números y ninguna regla: qué número significa qué hecho no "
        "se prueba.",
    ),
    "prove_head": ("Theorems", "Teoremas"),
    "prove_columns": (
        "{kind:<12} {proved:>8} {of:>8} {seconds:>10}",
        "{kind:<12} {proved:>8} {of:>8} {seconds:>10}",
    ),
    "prove_kind": ("kind", "clase"),
    "prove_proved": ("proved", "probados"),
    "prove_of": ("of", "de"),
    "prove_seconds": ("seconds", "segundos"),
    "prove_all": ("All {count} theorems are proved.", "Los {count} teoremas están probados."),
    "prove_all_but_known": (
        "{count} theorems are proved; {known} are known not to hold yet.",
        "{count} teoremas están probados; de {known} se sabe que aún no se cumplen.",
    ),
    "prove_known": ("Known not to hold yet:", "Se sabe que aún no se cumplen:"),
    "prove_broken": ("{count} of {total} theorems are broken:", "{count} de {total} teoremas fallan:"),
    "prove_breaker": ("Broken by: {person}.", "Lo rompe: {person}."),
    "prove_best": ("everybody at their best", "todo en su mejor valor"),
    "prove_missing": (
        "The proofs need the solver Z3, which is not installed: pip install 'trellis-care[prove]'",
        "Las pruebas necesitan Z3, que no está instalado: pip install 'trellis-care[prove]'",
    ),
    "examples_title": (
        "Worked examples, of invented people",
        "Ejemplos resueltos, de personas inventadas",
    ),
    "examples_how": (
        "`trellis example NAME > FILE` writes one. review-new-answers goes with a plan of suicidal-crisis-hospital.",
        "`trellis example NAME > FILE` escribe uno. review-new-answers va con un plan de suicidal-crisis-hospital.",
    ),
    "version_software": ("Trellis {version}", "Trellis {version}"),
    "version_knowledge": (
        "Knowledge {version}, in force since {effective}",
        "Conocimiento {version}, vigente desde {effective}",
    ),
    "version_digest": ("Digest {digest}", "Resumen {digest}"),
    "version_review": ("Review: {review}; not validated", "Revisión: {review}; sin validar"),
}

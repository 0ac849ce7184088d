"""What ``trellis guide`` says: a guide that was built, one that is served, and what somebody kept in it."""

MESSAGES: dict[str, tuple[str, str]] = {
    "guide_built": (
        "The guide is in {out}: {files} files, {size} KB.",
        "La guía está en {out}: {files} archivos, {size} KB.",
    ),
    "guide_removed": (
        "Removed, as this build no longer makes them: {names}",
        "Quitados, porque esta construcción ya no los hace: {names}",
    ),
    "guide_first_view": (
        "The first view loads {size} KB, compressed; at most {most} KB are wanted.",
        "La primera vista carga {size} KB comprimidos; se quieren {most} KB como máximo.",
    ),
    "guide_first_view_large": (
        "Warning: this is too much for a slow telephone. Leave out links, or shorten what your site adds.",
        "Advertencia: es demasiado para un teléfono lento. Quite enlaces o acorte lo que agrega su sitio.",
    ),
    "guide_look": ("To look at it first:", "Para verla antes:"),
    "guide_host": (
        "To put it on a web site, copy the folder there; docs/guide.md says how, and which headers to send.",
        "Para ponerla en un sitio web, copie allí la carpeta; docs/guide.md dice cómo y qué encabezados enviar.",
    ),
    "guide_warning": ("Warning: {problem}", "Advertencia: {problem}"),
    "guide_port_taken": (
        "Port {port} is in use; this takes {free}.",
        "El puerto {port} está en uso; se toma el {free}.",
    ),
    "guide_served": ("The guide is at {address}", "La guía está en {address}"),
    "guide_stop": ("Stop it with Ctrl-C.", "Para detenerla, oprima Ctrl-C."),
    "guide_others": (
        "Others on this network can open it at the name or number of this machine, port {port}.",
        "Otras personas de esta red pueden abrirla con el nombre o número de esta máquina, puerto {port}.",
    ),
    "guide_not_https": (
        "There it has no https: it does not work offline and cannot keep answers encrypted, and whoever runs the "
        "network can see which pages are read. To offer it to people, put it on a web site with https.",
        "Allí no tiene https: no funciona sin conexión ni puede guardar respuestas cifradas, y quien maneja la red "
        "puede ver qué páginas se leen. Para ofrecerla a otras personas, póngala en un sitio web con https.",
    ),
    "kept_asks": ("Passphrase (nothing is shown as you type): ", "Frase secreta (no se ve al escribir): "),
    "kept_again": (
        "That passphrase does not open it. Capitals count. Try again, or stop with Ctrl-C.",
        "Esa frase no lo abre. Cuentan las mayúsculas. Intente de nuevo, o pare con Ctrl-C.",
    ),
    "kept_title": ("What was kept in the guide", "Lo que se guardó en la guía"),
    "kept_by_self": ("Answered by the person, kept on {date}.", "Respondido por la persona, guardado el {date}."),
    "kept_by_other": (
        "Answered by somebody who cares about the person, kept on {date}. The answers are what that person knows.",
        "Respondido por alguien a quien le importa la persona, guardado el {date}. Es lo que esa persona sabe.",
    ),
    "kept_other_knowledge": (
        "It was answered with another version of the questions [{version}]; this one is [{own}].",
        "Se respondió con otra versión de las preguntas [{version}]; esta es [{own}].",
    ),
    "kept_private_first": (
        "It holds answers on being hurt or scared by others. See that nobody reads along, a companion least of all.",
        "Tiene respuestas sobre daño o miedo por otras personas. Cuide que nadie más lea, y menos un acompañante.",
    ),
    "kept_private_title": ("Said in private", "Dicho en privado"),
    "kept_answers_none": ("No answers were kept.", "No se guardaron respuestas."),
    "kept_answers_about": ("About the person", "Sobre la persona"),
    "kept_row": ("{about}: {value} [{id}]", "{about}: {value} [{id}]"),
    "kept_row_day": ("{about}: {value} (on {date}) [{id}]", "{about}: {value} (el {date}) [{id}]"),
    "kept_asked": ("Asked: {question}", "Se preguntó: {question}"),
    "kept_at_least": ("this or worse: {value}", "esto o peor: {value}"),
    "kept_at_most": ("this or better: {value}", "esto o mejor: {value}"),
    "kept_not_known": ("does not know", "no lo sabe"),
    "kept_declined": ("would rather not say", "prefiere no decirlo"),
    "kept_aims": ("Aims", "Metas"),
    "kept_matters": ("What matters, from 0 to 5", "Lo que importa, de 0 a 5"),
    "kept_matters_row": ("{rating}  {name}", "{rating}  {name}"),
    "kept_approaches": ("Treatments to talk about", "Tratamientos para conversar"),
    "kept_compare": ("Settings looked at side by side", "Lugares vistos lado a lado"),
    "kept_questions": ("Questions to ask", "Preguntas para hacer"),
    "kept_own": ("In their own words", "En sus propias palabras"),
    "kept_left": ("Could not be read by this version", "Esta versión no pudo leer"),
    "kept_together": (
        "What the answers rule out and ask for: save them with --save FILE, then trellis decide FILE --role clinician.",
        "Qué descartan y piden las respuestas: guárdelas con --save FILE y luego trellis decide FILE --role clinician.",
    ),
    "kept_saved": (
        "Saved as {out}, without encryption, for this account only. Remove it when you no longer need it.",
        "Guardado como {out}, sin cifrar, solo para esta cuenta. Bórrelo cuando ya no lo necesite.",
    ),
}

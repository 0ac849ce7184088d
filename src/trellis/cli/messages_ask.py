"""What the interview says. Calm, short, never bossy; it promises nothing that a program cannot do."""

MESSAGES: dict[str, tuple[str, str]] = {
    "welcome_title": (
        "Trellis: preparing for a talk about care",
        "Trellis: para preparar una conversación sobre atención",
    ),
    "welcome_what": (
        "This shows which kinds of care people usually consider, and why.",
        "Muestra qué tipos de atención se suelen considerar, y por qué.",
    ),
    "welcome_privacy": (
        "Nothing is kept unless you choose so at the end. It does not diagnose.",
        "Nada se guarda si usted no lo pide al final. Esto no diagnostica.",
    ),
    "welcome_help": (
        "In danger now? Call 911. To talk, day or night: call or text 988.",
        "¿En peligro ahora? Llame al 911. Para hablar, a toda hora: llame al 988.",
    ),
    "welcome_title_clinician": ("Trellis: structured assessment", "Trellis: evaluación estructurada"),
    "welcome_what_clinician": (
        "It asks only what can still change the result, and shows the whole basis.",
        "Pregunta solo lo que aún puede cambiar el resultado y muestra el fundamento.",
    ),
    "welcome_privacy_clinician": (
        "Nothing is kept unless you choose so at the end. It does not diagnose.",
        "Nada se guarda si usted no lo pide al final. Esto no diagnostica.",
    ),
    "welcome_help_clinician": (
        "Danger now comes first: 911, or 988 for a suicide or mental health crisis.",
        "Un peligro actual va primero: 911, o 988 en una crisis suicida o mental.",
    ),
    "welcome_keys": (
        "Answer with a number. Other keys, at any question, each followed by Enter:",
        "Responda con un número. Otras teclas, en cualquier pregunta, seguidas de Enter:",
    ),
    "welcome_length": (
        "There is no fixed number of questions. It stops as soon as the rest changes nothing.",
        "No hay un número fijo de preguntas. Termina en cuanto lo demás no cambia nada.",
    ),
    "key_back": ("b  go back one question", "b  volver a la pregunta anterior"),
    "key_why": ("w  why do you ask?", "w  ¿por qué se pregunta esto?"),
    "key_not_known": ("?  I don't know", "?  no lo sé"),
    "key_declined": ("-  I would rather not say", "-  prefiero no decirlo"),
    "key_help": ("h  help now", "h  ayuda ahora"),
    "key_quit": ("q  stop, and see the result so far", "q  parar y ver el resultado hasta aquí"),
    "key_leave": (
        "x  leave at once: clears this screen, keeps nothing",
        "x  salir de inmediato: borra esta pantalla y no guarda nada",
    ),
    "keys_short": (
        "b back, w why, ? don't know, - rather not say, h help now, q stop",
        "b volver, w por qué, ? no sé, - prefiero no decir, h ayuda, q parar",
    ),
    "press_enter_to_begin": ("Press Enter when you want to begin.", "Oprima Enter cuando quiera empezar."),
    "press_enter_to_go_on": ("Press Enter when you want to go on.", "Oprima Enter cuando quiera seguir."),
    "questions_go_on": (
        "The questions go on after this, whenever you like. You can also stop with q.",
        "Las preguntas siguen después de esto, cuando usted quiera. También puede parar con q.",
    ),
    "prompt": ("> ", "> "),
    "progress": (
        "Question {number}. {done} of {total} things looked at.",
        "Pregunta {number}. {done} de {total} cosas revisadas.",
    ),
    "part_of": ("{number} of {total}", "{number} de {total}"),
    "asked_again": (
        "You told of this before, and some time has passed. So it is asked again first.",
        "Usted habló de esto antes y ha pasado algo de tiempo. Por eso se pregunta otra vez primero.",
    ),
    "checklist_how": (
        "Type every number that fits, such as 1 3. Type 0 for none of these.",
        "Escriba todos los números que correspondan, por ejemplo 1 3. Escriba 0 si ninguno.",
    ),
    "checklist_none": ("None of these", "Ninguno de estos"),
    "wrong_choice": (
        "That is not one of the choices. Type a number from 1 to {last}, or one of the letters below.",
        "Esa no es una de las opciones. Escriba un número del 1 al {last}, o una de las letras de abajo.",
    ),
    "wrong_checklist": (
        "That is not one of the choices. Type numbers from 1 to {last} with spaces between them, or 0 for none.",
        "Esa no es una de las opciones. Escriba números del 1 al {last} con espacios, o 0 si ninguno.",
    ),
    "wrong_none_and_some": (
        "0 means none of these, so it cannot stand beside other numbers.",
        "0 significa ninguno de estos, así que no puede ir junto a otros números.",
    ),
    "wrong_yes_no": ("Please type y or n.", "Por favor escriba s o n."),
    "wrong_at_pause": (
        "Press Enter to go on, or type h, q or x.",
        "Oprima Enter para seguir, o escriba h, q o x.",
    ),
    "contradiction": (
        "This answer and an earlier one cannot both be right. Nothing has changed yet. It is about these questions:",
        "Esta respuesta y otra anterior no pueden ser ciertas a la vez. Nada ha cambiado todavía. Se trata de:",
    ),
    "contradiction_what_now": (
        "Please choose another answer here, or go back with b and change the earlier one. ? leaves it open.",
        "Elija otra respuesta aquí, o vuelva con b y cambie la anterior. Con ? la deja abierta.",
    ),
    "nothing_before": (
        "This is the first question, so there is nothing to go back to.",
        "Esta es la primera pregunta.",
    ),
    "went_back": (
        "Back one question. Your earlier answer to it is taken away.",
        "Una pregunta atrás. Su respuesta se quitó.",
    ),
    "why_title": ("Why this is asked", "Por qué se pregunta esto"),
    "why_changes": (
        "Your answer can change what is said about: {titles}.",
        "Su respuesta puede cambiar lo que se dice sobre: {titles}.",
    ),
    "why_still_open": (
        "These kinds of care are still possible: {places}.",
        "Estos tipos de atención aún son posibles: {places}.",
    ),
    "why_still_many": (
        "{count} kinds of care are still possible. Each answer helps to narrow them down.",
        "Aún son posibles {count} tipos de atención. Cada respuesta ayuda a acotarlos.",
    ),
    "why_needs": ("Needs it bears on: {needs}.", "Necesidades que toca: {needs}."),
    "help_other_lines": ("Other lines", "Otras líneas"),
    "loved_one": ("What somebody close can do:", "Lo que puede hacer alguien cercano:"),
    "say_to_person": ("For the person:", "Para la persona:"),
    "help_lines": ("Who to reach:", "A quién llamar:"),
    "line_with_hours": ("{contact} ({hours}). {what_for}", "{contact} ({hours}). {what_for}"),
    "line_without_hours": ("{contact}. {what_for}", "{contact}. {what_for}"),
    "latched_danger": (
        "This rests on an earlier answer that is old now. Please look at it again first.",
        "Esto se basa en una respuesta anterior que ya es vieja. Por favor revísela primero.",
    ),
    "life_offer": (
        "That is enough for the list. There are {count} short questions left on daily life, such as work and nights"
        " at home. They change what to ask for, not how much care is safe. Answer them? Enter for yes, n for no.",
        "Con eso basta para la lista. Quedan {count} preguntas cortas sobre su vida diaria, como el trabajo y las"
        " noches en casa. Cambian qué pedir, no cuánta atención es segura. ¿Responderlas? Enter para sí, n para no.",
    ),
    "life_progress": ("Daily life, {number} of {total}.", "Vida diaria, {number} de {total}."),
    "stopped": (
        "You stopped here. This is what your answers show so far.",
        "Paró aquí. Esto muestran sus respuestas hasta ahora.",
    ),
    "input_ended": (
        "The input ended here. This is what the answers show so far.",
        "La entrada terminó aquí. Esto muestran las respuestas hasta ahora.",
    ),
    "nothing_answered": (
        "No question was answered, so there is no result to show.",
        "No se respondió ninguna pregunta, así que no hay resultado.",
    ),
    "done": (
        "Those were all the questions that matter here. Thank you.",
        "Esas eran todas las preguntas que importan aquí. Gracias.",
    ),
    "done_open": (
        "There is nothing more to ask here. Something is still open, and somebody else may know it. Thank you.",
        "Aquí no hay más que preguntar. Algo sigue abierto, y quizás otra persona lo sepa. Gracias.",
    ),
    "save_offer": (
        "Save your answers to a file? It would not be encrypted: anybody who can open your files could read it. y or n,"
        " Enter for no.",
        "¿Guardar sus respuestas en un archivo? No estaría cifrado: quien pueda abrir sus archivos podría leerlo. s o"
        " n, Enter para no.",
    ),
    "save_where": (
        "Name of the file, such as my-answers.json. Enter alone: do not save.",
        "Nombre del archivo, por ejemplo mis-respuestas.json. Solo Enter: no guardar.",
    ),
    "save_exists": (
        "{path} is already there. Write over it? y or n, Enter for no.",
        "{path} ya existe. ¿Escribir encima? s o n, Enter para no.",
    ),
    "save_failed": (
        "{path} could not be written: {reason}. Try another name, or press Enter alone.",
        "No se pudo escribir {path}: {reason}. Pruebe otro nombre, u oprima solo Enter.",
    ),
    "saved": (
        "Saved in {path}, for your account only. To see it again:",
        "Guardado en {path}, solo para su cuenta. Para verlo otra vez:",
    ),
    "not_saved": ("Nothing was saved.", "No se guardó nada."),
    "left": ("Nothing was kept.", "No se guardó nada."),
}

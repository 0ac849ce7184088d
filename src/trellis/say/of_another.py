"""The words that speak to the person, turned so that they speak of the person: for somebody close who reads them.

English keeps its verbs ("you live" and "they live"), so that only the pronoun changes, and Spanish keeps them as well
("usted vive", "la persona vive"). What is told as a request ("ask about evening hours") asks whoever reads, and stays;
but what the person is asked to do, or told not to do, is theirs in both languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import partial

OBJECT_AFTER = re.compile(
    r"to|for|with|from|by|of|about|around|over|on|at|near|between|behind|beside|without|"
    r"against|through|know|help|helps|helping|see|sees|make|makes|give|gives|let|lets|send|"
    r"sends|link|links|keep|keeps|keeping|tell|tells|ask|asks|call|calls|check|checks|suit|"
    r"suits|expect|wake|reach|drive|cost|bring|brings|guide|guides|controls|visit|visits|"
    r"left|limits|move|watch|support|supports|saves|judge|judges|pull|pulls|push|pushes|heat|"
    r"protect|protects|protecting|back|meet|meets|hurts|hurt|hurting|calms|shame|police|triggers|spare|lifts|changed"
)
"""After one of these "you" is whom something is done to or for; elsewhere it is who does it."""
NOUNS_BEFORE = frozenset({("support", "want"), ("visits", "try")})
"""Where such a word is a noun after all: "the support you want"."""
YOU = re.compile(r"\b(?:(look|looks)\s+after\s+|([\w\u2019-]+)(\s+))?([Yy])ou\b(?=\s+([\w\u2019]+)|([.,;:?!)”]|$))?")
TOLD_OF = re.compile(r"\byou(?:rs?)?\b|\bperson\b", re.IGNORECASE)
"""What has told of the person, so that "them" is enough."""
OTHERS = re.compile(r"\bthey\b", re.IGNORECASE)
"""Somebody else whom the words tell of: "them" would be those."""
TOLD_OF_SPANISH = re.compile(r"\busted\b|\bla persona\b", re.IGNORECASE)
REQUESTS = re.compile(
    r"Do|Take|Tell|Have|Go|Agree|Let|Come|Say|Be|Give|Show|Sleep|Answer|Sign|Meet|Start|"
    r"Decide|Drink|Speak|Carry|Try|Pay|Practice|Name|List|Write|Find|Watch|Use|Keep"
)
"""With these words begins what is asked of the person."""
SENTENCE = re.compile(r"(?<=[.!?])\s+")
ENGLISH = (
    (re.compile(r"\b([Yy])ourself\b"), "themselves"),
    (re.compile(r"\b([Yy])ours\b"), "theirs"),
    (re.compile(r"\b([Yy])our\b"), "their"),
    (re.compile(r"(?<![\w-])I(?![\w-])"), "they"),
    (re.compile(r"\b(m)yself\b"), "themselves"),
    (re.compile(r"\b([Mm])y\b"), "their"),
    (re.compile(r"\b(m)e\b"), "them"),
)
SPANISH = (
    (re.compile(r"\b([Uu])no de ustedes\b"), "uno de los dos"),
    (re.compile(r"\b([Uu])stedes\b"), "los dos"),
    (re.compile(r"\b([Uu])sted\b"), "la persona"),
    (re.compile(r"(¿Cuánto le importa)\b"), "¿Cuánto le importa a la persona"),
    (re.compile(r"\byo pago\b"), "paga la persona"),
    (re.compile(r"\b([Mm])i\b"), "su"),
    (re.compile(r"\b([Mm])is\b"), "sus"),
    (re.compile(r"\bme pasó\b"), "le pasó"),
)
OF_ONESELF = re.compile(r"\b([Ss]entir|[Pp]reocupar|[Hh]acer|[Dd]ecidir)me\b")
"""Wishes are told in the person's own voice: \"sentirme mejor\"."""

SPANISH_REQUESTS: Mapping[str, tuple[str, str]] = {
    "acepte": ("acepta", "aceptar"),
    "acuerde": ("acuerda", "acordar"),
    "anote": ("anota", "anotar"),
    "avise": ("avisa", "avisar"),
    "baje": ("baja", "bajar"),
    "beba": ("bebe", "beber"),
    "busque": ("busca", "buscar"),
    "coma": ("come", "comer"),
    "conduzca": ("conduce", "conducir"),
    "consuma": ("consume", "consumir"),
    "cuente": ("cuenta", "contar"),
    "decida": ("decide", "decidir"),
    "dedique": ("dedica", "dedicar"),
    "deje": ("deja", "dejar"),
    "diga": ("dice", "decir"),
    "duerma": ("duerme", "dormir"),
    "dé": ("da", "dar"),
    "empiece": ("empieza", "empezar"),
    "enseñe": ("enseña", "enseñar"),
    "escriba": ("escribe", "escribir"),
    "esté": ("está", "estar"),
    "firme": ("firma", "firmar"),
    "hable": ("habla", "hablar"),
    "haga": ("hace", "hacer"),
    "lleve": ("lleva", "llevar"),
    "maneje": ("maneja", "manejar"),
    "modere": ("modera", "moderar"),
    "muestre": ("muestra", "mostrar"),
    "nombre": ("nombra", "nombrar"),
    "pague": ("paga", "pagar"),
    "participe": ("participa", "participar"),
    "permita": ("permite", "permitir"),
    "practique": ("practica", "practicar"),
    "pregunte": ("pregunta", "preguntar"),
    "pruebe": ("prueba", "probar"),
    "responda": ("responde", "responder"),
    "reúna": ("reúne", "reunir"),
    "tenga": ("tiene", "tener"),
    "tome": ("toma", "tomar"),
    "traiga": ("trae", "traer"),
    "use": ("usa", "usar"),
    "vaya": ("va", "ir"),
}
"""How a request to the person is told of the person, and what it asks: the verb decides, and not the ending."""
JOINED = r"la|lo|las|los|le|les|se"
REQUEST = re.compile(rf"(^|[,;] (?:o )?| (?:y|o|ni) )((?:[Nn]o )?)((?:(?:{JOINED}) )?)(\w+?)({JOINED})?(?=[ ,.;]|$)")
"""What may be a request: at the beginning, or joined to one. "La" may stand before it, or at its end."""
FORBIDDEN = re.compile(rf"(?:^|(?<= ))No ((?:(?:{JOINED}) )?)(\w+)((?: ni (?:(?:{JOINED}) )?\w+)?)")
AGAIN = re.compile(r"\b(a|con|de|en|para|por|sobre) usted\b")
"""Who was told of already in the sentence is "ella" there, for "la persona" is a feminine word."""


def of_another(words: str, lang: str, *, asked: bool = False) -> str:
    """The words as somebody close reads them: what was said to the person is said of the person.

    Args:
        words: whole sentences that speak to the person, or a wish in their own voice.
        lang: ``"en"`` or ``"es"``.
        asked: the words are what is asked of the person, so that a request is theirs to follow, and not the reader's.

    >>> of_another("You sleep at home, and staff call you with your results.", "en")
    'They sleep at home, and staff call them with their results.'
    >>> of_another("Pay rent and do your chores.", "en", asked=True)
    'They pay rent and do their chores.'
    >>> of_another("Nurses check on you at night, and one can stay with you.", "en")
    'Nurses check on the person at night, and one can stay with them.'
    >>> of_another("Usted vive en casa y alguien habla con usted.", "es")
    'La persona vive en casa y alguien habla con ella.'
    >>> of_another("Tómela cada día y no deje de comer.", "es", asked=True)
    'La toma cada día y no deja de comer.'
    >>> of_another("Usted toma litio. No lo deje por su cuenta.", "es")
    'La persona toma litio. No debe dejarlo por su cuenta.'
    >>> of_another("Decide con usted si es segura para usted.", "es")
    'Decide con la persona si es segura para ella.'
    """
    if lang == "es":
        told = " ".join(AGAIN.sub(_once_more, one) for one in SENTENCE.split(OF_ONESELF.sub(r"\1se", words)))
        return _changed(_spanish_requests(told, asked), SPANISH)
    return _changed(YOU.sub(_you, " ".join(_request(one, asked) for one in SENTENCE.split(words))), ENGLISH)


def _request(sentence: str, asked: bool) -> str:
    first, _, rest = sentence.partition(" ")
    if asked and REQUESTS.fullmatch(first):
        return f"They are {rest}" if first == "Be" else f"They {first.lower()} {rest}"
    return f"They should not {sentence[7:]}" if sentence.startswith("Do not ") else sentence


def _once_more(match: re.Match[str]) -> str:
    return f"{match[1]} ella" if re.search(r"\busted\b", match.string[: match.start()], re.IGNORECASE) else match[0]


def _spanish_requests(words: str, asked: bool) -> str:
    """Requests to the person told of the person: all where they are what is asked, and else what is told not to do."""
    found: list[str] = []
    for sentence in SENTENCE.split(words):
        named = any(TOLD_OF_SPANISH.search(one) for one in found)
        found.append(_told(sentence) if asked else FORBIDDEN.sub(partial(_must_not, named), sentence))
    return " ".join(found)


def _told(sentence: str) -> str:
    """A request, and those joined to it, as what the person does; any other sentence as it is."""
    first = REQUEST.match(sentence)
    return REQUEST.sub(_does, sentence) if first and _verb(first[4], first[5]) else sentence


def _does(match: re.Match[str]) -> str:
    before, no, clitic, verb, ending = match.groups()
    found = _verb(verb, ending)
    if found is None:
        return match[0]
    told = f"{no.lower()}{clitic}{found[0]}"
    return before + (told if before else told[0].upper() + told[1:])


def _must_not(named: bool, match: re.Match[str]) -> str:
    """What is told not to do, as what the person should not do; "No pide" is no request, and stays."""
    clitic, verb, rest = match[1].strip(), match[2], match[3].split()
    found = _verb(verb)
    if found is None:
        return match[0]
    told = f"{'No' if named else 'La persona no'} debe {found[1]}{clitic}"
    also = _verb(rest[-1]) if rest else None
    return f"{told} ni {also[1]}{' '.join(rest[1:-1])}" if also else told + match[3]


def _verb(word: str, ending: str | None = None) -> tuple[str, str] | None:
    """How a request goes on, and what it asks; a pronoun at its end moves its accent, as in "tómela"."""
    low = word.lower()
    whole = SPANISH_REQUESTS.get(f"{low}{ending or ''}")  # "hable" ends as if a pronoun were there
    joined = WITH_PRONOUN.get(_plain(low)) if ending and not whole else None
    return (f"{ending} {joined[0]}", f"{joined[1]}{ending}") if joined else whole


def _plain(word: str) -> str:
    kept = word.replace("ñ", "\0")
    return "".join(one for one in unicodedata.normalize("NFD", kept) if not unicodedata.combining(one)).replace(
        "\0", "ñ"
    )


WITH_PRONOUN = {_plain(verb): told for verb, told in SPANISH_REQUESTS.items()}


def _you(match: re.Match[str]) -> str:
    looks, before, _, first, follower, ends = match.groups()
    word = (before or "").lower()
    is_object = OBJECT_AFTER.fullmatch(word) and (word, (follower or "").lower()) not in NOUNS_BEFORE
    new = "they"
    if looks or is_object or (before and ends):
        told_of = TOLD_OF.search(match.string, 0, match.end() - 3)
        new = "them" if told_of and not OTHERS.search(match.string) else "the person"
    return match[0][:-3] + (new.capitalize() if first == "Y" else new)


def _changed(words: str, changes: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, new in changes:
        words = pattern.sub(partial(_in_its_case, new), words)
    return words


def _in_its_case(new: str, match: re.Match[str]) -> str:
    """With a capital where the old word had one."""
    first = match[1] if match.re.groups else ""
    return new[0].upper() + new[1:] if first.isupper() else new

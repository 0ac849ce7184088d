"""What a person kept opens with the passphrase and with nothing else; Python and the browser's code read one form."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.guide.keeping import PASSPHRASE, in_node, payload, seal
from trellis.guide import keep
from trellis.guide.keep import ROUNDS, KeepError, KeepFault, KeptAnswers, check_kept, code_of, is_code, open_kept

FEW_ROUNDS = 1000
OTHER_PASSPHRASE = "four small green worms"


@pytest.fixture(scope="module")
def sealed() -> str:
    """A file with the rounds that every real one has."""
    return seal(payload(), PASSPHRASE)


@pytest.fixture
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of few rounds are taken too, so that many can be opened in a test."""
    monkeypatch.setattr(keep, "ROUNDS", FEW_ROUNDS)


def quickly(tree: Any) -> str:
    """A file with few rounds."""
    return seal(tree, PASSPHRASE, rounds=FEW_ROUNDS)


def code_raised(text: str, passphrase: str = PASSPHRASE) -> KeepFault:
    with pytest.raises(KeepError) as caught:
        open_kept(text, passphrase, "notes.json")
    assert caught.value.problems[0].where == "notes.json"
    return caught.value.code


def changed(text: str, *, anew: bool = False, **fields: Any) -> str:
    """A file with other fields; ``anew``: with the check that somebody who changed it on purpose would write."""
    tree = json.loads(text) | fields
    if anew:
        names = ("trellis_guide", "kdf", "rounds", "salt", "iv", "cipher")
        header = json.dumps({name: tree[name] for name in names}, separators=(",", ":"))
        tree["check"] = hashlib.sha256(f"{header}.{tree['data']}".encode()).hexdigest()[:12]
    return json.dumps(tree)


def flipped(text: str, place: int = 0) -> str:
    """Base64 with one bit of it turned."""
    content = bytearray(base64.b64decode(text))
    content[place] ^= 1
    return base64.b64encode(bytes(content)).decode()


# --- there and back


def test_a_file_opens_with_its_passphrase_and_gives_back_all_of_it(sealed: str) -> None:
    kept = open_kept(sealed, PASSPHRASE)
    assert kept == KeptAnswers.model_validate(payload())
    assert kept.source == "self-report"


def test_a_code_opens_as_its_file_does(sealed: str) -> None:
    code = code_of(sealed)
    assert is_code(code)
    assert code.startswith("K1")
    assert {len(group) for group in code.split(" ")[:-1]} == {5}
    assert open_kept(code, PASSPHRASE) == open_kept(sealed, PASSPHRASE)
    assert code_of(code) == code


def test_a_code_may_be_typed_as_people_type(sealed: str, few_rounds: None) -> None:
    code = code_of(quickly(payload()))
    for typed in (
        code.lower(),
        code.replace(" ", ""),
        code.replace(" ", "-\n"),
        code.replace("1", "l").replace("0", "o"),
        f"\ufeff  {code}\r\n",
    ):
        assert open_kept(typed, PASSPHRASE).whom == "me"


def test_nothing_of_what_was_kept_can_be_seen_in_the_file(sealed: str) -> None:
    assert set(json.loads(sealed)) == {"trellis_guide", "kdf", "rounds", "salt", "iv", "cipher", "data", "check"}
    for word in ("suicide", "intent", "trabajo", "adult", PASSPHRASE):
        assert word not in sealed


def test_the_same_answers_are_never_written_the_same_twice(few_rounds: None) -> None:
    one, other = json.loads(quickly(payload())), json.loads(quickly(payload()))
    for field in ("salt", "iv", "data", "check"):
        assert one[field] != other[field]


def test_a_passphrase_is_the_same_on_another_keyboard_and_with_a_space_behind_it(few_rounds: None) -> None:
    text = seal(payload(), "contrasen\u0303a larga", rounds=FEW_ROUNDS)
    for typed in ("contrase\u00f1a larga", " contrase\u00f1a larga\n"):
        assert open_kept(text, typed).lang == "es"
    for typed in ("Contrase\u00f1a larga", "contrase\u00f1a  larga", "contrasena larga"):
        assert code_raised(text, typed) == "passphrase"


words = st.text(max_size=30)
names = st.from_regex(r"[a-z]{1,9}(\.[a-z_]{1,9})?", fullmatch=True)
answers = st.one_of(
    words,
    st.integers(-(2**53), 2**53),
    st.fixed_dictionaries({"value": words}, optional={"date": words, "at_least": st.booleans()}),
    st.lists(words, max_size=3),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    given_answers=st.dictionaries(names, answers, max_size=6),
    matters=st.dictionaries(names, st.integers(0, 5), max_size=4),
    own=st.lists(words, max_size=4),
)
def test_whatever_is_kept_comes_back(
    few_rounds: None, given_answers: dict[str, Any], matters: dict[str, int], own: list[str]
) -> None:
    tree = payload(answers=given_answers, matters=matters, own=own)
    text = quickly(tree)
    assert open_kept(text, PASSPHRASE) == open_kept(code_of(text), PASSPHRASE)
    kept = open_kept(text, PASSPHRASE)
    assert kept.own == tuple(keep._clean(line).strip() for line in own)
    assert kept.answers == keep._clean(given_answers)


def test_a_strangers_words_cannot_move_the_cursor_or_turn_a_line(few_rounds: None) -> None:
    kept = open_kept(quickly(payload(own=["a\x1b[2Jb\u202ec\r\td\ne"])), PASSPHRASE)
    assert kept.own == ("a [2Jb c  d\ne",)


# --- what can go wrong, each with its own code


def test_another_passphrase_does_not_open_it(sealed: str) -> None:
    assert code_raised(sealed, OTHER_PASSPHRASE) == "passphrase"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_ours"),
        ("hello", "not_ours"),
        ("{}", "not_ours"),
        ('{"kind": "trellis-guide"}', "not_ours"),
        ("{not json", "not_ours"),
        ('{"trellis_guide": 1, "rounds"', "damaged"),
        ('{"trellis_guide": 1}', "damaged"),
        ('{"trellis_guide": 2}', "newer"),
        ('{"trellis_guide": "1"}', "damaged"),
        ('{"trellis_guide": true}', "damaged"),
        ("K", "not_ours"),
        ("K0ABC", "not_ours"),
        ("K1", "damaged"),
        ("K1ABC", "damaged"),
        ("K1UUUUU", "damaged"),
        ("K2ABC", "newer"),
        ("[" * 100_000, "not_ours"),
        ('{"trellis_guide":' * 100_000, "damaged"),
        ("x" * 2_000_001, "not_ours"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_kept_file_says_so_before_a_passphrase_is_asked_for(text: str, code: KeepFault) -> None:
    for look in (check_kept, code_of):
        with pytest.raises(KeepError) as caught:
            look(text)
        assert caught.value.code == code
    assert code_raised(text) == code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kdf": "scrypt"}, "damaged"),
        ({"cipher": "AES-128-GCM"}, "damaged"),
        ({"more": 1}, "damaged"),
        ({"rounds": "600000"}, "damaged"),
        ({"rounds": True}, "damaged"),
        ({"rounds": ROUNDS + 1}, "damaged"),
        ({"salt": None}, "damaged"),
        ({"salt": "AAAA=A=="}, "damaged"),
        ({"check": "000000000000"}, "damaged"),
        ({"trellis_guide": 2}, "newer"),
    ],
    ids=str,
)
def test_a_field_that_was_changed_is_noticed(sealed: str, fields: dict[str, Any], code: KeepFault) -> None:
    assert code_raised(changed(sealed, **fields)) == code


@pytest.mark.parametrize("field", ["salt", "iv", "data"])
def test_a_bit_that_was_turned_is_noticed_even_with_a_new_check(few_rounds: None, field: str) -> None:
    text = quickly(payload())
    other = {field: flipped(json.loads(text)[field])}
    assert code_raised(changed(text, **other)) == "damaged"
    assert code_raised(changed(text, anew=True, **other)) == "passphrase"


def test_rounds_that_were_changed_are_noticed_even_with_a_new_check(few_rounds: None) -> None:
    assert code_raised(changed(quickly(payload()), anew=True, rounds=FEW_ROUNDS + 1)) == "passphrase"


def test_too_few_rounds_are_never_taken_and_too_many_never_waited_for(sealed: str) -> None:
    assert code_raised(changed(sealed, anew=True, rounds=ROUNDS - 1)) == "damaged"
    assert code_raised(changed(sealed, anew=True, rounds=5_000_001)) == "newer"


@pytest.mark.parametrize("field", ["salt", "iv"])
def test_a_salt_or_iv_of_another_length_is_damage(sealed: str, field: str) -> None:
    other = base64.b64encode(bytes(8)).decode()
    assert code_raised(changed(sealed, anew=True, **{field: other})) == "damaged"


def test_a_letter_of_a_code_that_was_mistyped_missing_or_added_is_noticed(few_rounds: None) -> None:
    letters = code_of(quickly(payload())).replace(" ", "")
    for place in range(2, len(letters), 7):
        other = "A" if letters[place] != "A" else "B"
        assert code_raised(letters[:place] + other + letters[place + 1 :]) == "damaged"
        assert code_raised(letters[:place] + letters[place + 1 :]) == "damaged"
        assert code_raised(letters[:place] + other + letters[place:]) == "damaged"
    assert code_raised(letters[: len(letters) // 2]) == "damaged"


def packed(body: bytes) -> str:
    """A file that somebody made with the passphrase by hand, with this behind the first byte and that byte in front."""
    aesgcm, _ = keep._cryptography()
    empty = keep.Sealed(FEW_ROUNDS, bytes(16), bytes(12))
    data = aesgcm(keep._key(PASSPHRASE, empty)).encrypt(empty.iv, body, empty.header())
    sealed = keep.Sealed(FEW_ROUNDS, empty.salt, empty.iv, data)
    tree = json.loads(sealed.header()) | {"data": base64.b64encode(data).decode()}
    return json.dumps(tree | {"check": sealed.digest()[:6].hex()})


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


PLAIN = json.dumps(payload()).encode()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"\x02" + PLAIN, "damaged"),
        (b"\x00" + PLAIN[:-1], "damaged"),
        (b"\x01" + deflated(PLAIN)[:-1], "damaged"),
        (b"\x01" + deflated(PLAIN) + b"x", "damaged"),
        (b"\x01" + deflated(b" " * 5_000_000), "damaged"),
        (b"\x00\xff\xfe", "damaged"),
        (b"\x00[]", "not_ours"),
        (b'\x00{"kind": "other"}', "not_ours"),
        (b"\x00" + json.dumps(payload(format=4)).encode(), "newer"),
        (b"\x00" + json.dumps(payload(format="1")).encode(), "damaged"),
        (b"\x00" + json.dumps(payload(whom="anybody")).encode(), "damaged"),
        (b"\x00" + json.dumps(payload(answers=[])).encode(), "damaged"),
        (b"\x00" + json.dumps(payload(matters={"being_home": 6})).encode(), "damaged"),
        (b"\x00" + json.dumps(payload(answers={"input.age": float("nan")})).encode(), "damaged"),
    ],
    ids=range(14),
)
def test_what_is_inside_is_checked_too(few_rounds: None, body: bytes, code: KeepFault) -> None:
    assert code_raised(packed(body)) == code


def test_answers_that_were_not_packed_open_as_well(few_rounds: None) -> None:
    assert open_kept(packed(b"\x00" + PLAIN), PASSPHRASE) == KeptAnswers.model_validate(payload())


def test_without_the_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, sealed: str) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cryptography.exceptions", None)
    for attempt in (lambda: open_kept(sealed, PASSPHRASE), lambda: check_kept(sealed)):
        with pytest.raises(keep.TrellisError, match=r"pip install 'trellis-care\[guide\]'"):
            attempt()


# --- Python and the browser's code


def test_what_python_keeps_the_browsers_code_opens_and_the_other_way_round(sealed: str) -> None:
    opened, from_code, code, theirs, unpacked = in_node(
        {"do": "open", "text": sealed, "passphrase": PASSPHRASE},
        {"do": "open", "text": code_of(sealed), "passphrase": f" {PASSPHRASE}\n"},
        {"do": "code", "text": sealed},
        {"do": "seal", "payload": payload(), "passphrase": PASSPHRASE},
        {"do": "stored", "payload": payload(), "passphrase": PASSPHRASE},
    )
    assert opened == from_code == payload()
    assert code == code_of(sealed)
    for text in (theirs, unpacked):
        assert open_kept(text, PASSPHRASE) == KeptAnswers.model_validate(payload())
    assert len(theirs) < len(unpacked)
    assert in_node({"do": "code", "text": theirs}) == [code_of(theirs)]
    assert json.loads(theirs).keys() == json.loads(sealed).keys()
    assert json.loads(theirs)["rounds"] == ROUNDS


def test_both_say_the_same_of_what_is_wrong(sealed: str) -> None:
    code = code_of(sealed)
    wrong = [
        "",
        "hello",
        "{}",
        '{"trellis_guide": 1',
        '{"trellis_guide": 2}',
        "K2ABC",
        "K1ABC",
        "K0",
        code[:-1],
        code.replace(code[50], "U"),
        changed(sealed, check="0"),
        changed(sealed, kdf="scrypt"),
        changed(sealed, more=1),
        changed(sealed, anew=True, rounds=1),
        changed(sealed, anew=True, rounds=5_000_001),
        changed(sealed, data=json.loads(sealed)["data"][:-4]),
    ]
    found = in_node(*({"do": "open", "text": text, "passphrase": PASSPHRASE} for text in wrong))
    assert [one["problem"] for one in found] == [code_raised(text) for text in wrong]
    last = in_node(
        {"do": "open", "text": sealed, "passphrase": OTHER_PASSPHRASE},
        {"do": "seal", "payload": payload(), "passphrase": "short"},
    )
    assert last == [{"problem": "passphrase"}, {"problem": "short"}]


def unpackings() -> Iterator[tuple[bytes, bytes]]:
    contents = [b"", b"a", bytes(range(256)) * 40, PLAIN * 3, b"x" * 70_000, hashlib.sha512(b"a").digest() * 3]
    for content in contents:
        for level, strategy in ((0, 0), (1, 0), (9, 0), (9, zlib.Z_FIXED), (9, zlib.Z_HUFFMAN_ONLY), (9, zlib.Z_RLE)):
            packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, 8, strategy)
            yield content, packer.compress(content) + packer.flush()


def test_the_browsers_code_unpacks_every_kind_of_packing() -> None:
    all_of_them = list(unpackings())
    found = in_node(*({"do": "inflate", "data": base64.b64encode(p).decode(), "most": 100_000} for _, p in all_of_them))
    assert [base64.b64decode(one) for one in found] == [content for content, _ in all_of_them]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data + data,
        lambda data: b"\x07" + data,
        lambda data: b"\x03",
        lambda data: b"",
    ],
)
def test_the_browsers_code_refuses_what_is_packed_wrongly(spoil: Callable[[bytes], bytes]) -> None:
    data = base64.b64encode(spoil(deflated(PLAIN))).decode()
    too_large = base64.b64encode(deflated(b" " * 1000)).decode()
    assert (
        in_node({"do": "inflate", "data": data, "most": 100_000}, {"do": "inflate", "data": too_large, "most": 999})
        == [{"problem": "RangeError"}] * 2
    )

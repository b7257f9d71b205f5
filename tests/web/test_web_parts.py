"""The store, the texts, the blocks and the command, each by itself."""

import re
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import typer

import web
from assistant.types import Message
from web.catalogue import in_words
from web.chat.blocks import to_blocks
from web.chat.view import safe_url
from web.cli import _listen, _readable, serve
from web.conversations import Conversations, Turn
from web.errors import UnknownAnswerError, UnknownConversationError
from web.texts import load_texts

WEB = Path(web.__file__).parent


def test_the_longest_idle_conversation_makes_room(clock):
    store = Conversations(clock=clock, most=3)
    first, second, third = (store.start().id for _ in range(3))
    store.get(first)
    store.start()
    assert len(store) == 3
    store.get(first)
    store.get(third)
    with pytest.raises(UnknownConversationError):
        store.get(second)


def test_silence_ends_a_conversation(clock):
    store = Conversations(clock=clock, idle_seconds=10)
    identifier = store.start("losser").id
    clock.now = 10
    assert store.get(identifier).gemeente == "losser"
    clock.now = 21
    assert len(store) == 0
    with pytest.raises(UnknownConversationError):
        store.append(identifier, None)


def test_a_conversation_keeps_its_last_turns_only(clock, answer):
    store = Conversations(clock=clock)
    identifier = store.start().id
    for number in range(60):
        turn = Turn(question=str(number), answer=answer(id=str(number)))
        store.append(identifier, turn, (Message(role="gebruiker", text=str(number)),))
    conversation = store.get(identifier)
    assert [turn.question for turn in conversation.turns] == [str(number) for number in range(10, 60)]
    assert len(conversation.history) == 12
    assert store.judge("59", "goed", explained=False).verdict == "goed"
    with pytest.raises(UnknownAnswerError):
        store.judge("3", "goed", explained=False)


def test_many_threads_lose_nothing(answer):
    store = Conversations()
    identifier = store.start().id
    start = threading.Barrier(8)

    def add(number):
        start.wait()
        for step in range(5):
            store.append(identifier, Turn(question="x", answer=answer(id=f"{number}-{step}")))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(8)))
    assert len(store.get(identifier).turns) == 40


@pytest.mark.parametrize(
    ("peildatum", "words"),
    [("2024-07", "juli 2024"), ("2025-10-03", "3 oktober 2025"), ("2021", "2021"), ("onbekend", None), (None, None)],
)  # fmt: skip
def test_dates_in_words(peildatum, words):
    assert in_words(peildatum) == words


@pytest.mark.parametrize(
    ("url", "safe"),
    [("https://a.nl/x", True), ("http://a.nl", True), ("javascript:alert(1)", False), ("//a.nl", False),
     ("data:text/html,x", False), ("", False), (None, False), ("https://[", False), (" https://a.nl", True)],
)  # fmt: skip
def test_only_web_addresses_are_links(url, safe):
    assert (safe_url(url) is not None) == safe


def test_marks_without_a_source_stay_text():
    (block,) = to_blocks("Eerste [1]. Tweede [2].", {1})
    kinds = [(run.kind, run.text) for run in block.items[0]]
    assert kinds == [("text", "Eerste"), ("citation", "1"), ("text", ". Tweede [2].")]


def test_lists_and_paragraphs_take_turns():
    blocks = to_blocks("Kop:\n- een\n- twee\nDaarna.\n\n- drie")
    assert [block.kind for block in blocks] == ["paragraph", "list", "paragraph", "list"]
    assert to_blocks("  \n\n ") == ()


@pytest.mark.parametrize("amount", ["€ 112", "112 euro", "De toeslag is 113 per maand."])
def test_an_amount_is_no_emergency(amount):
    assert all(run.kind == "text" for block in to_blocks(amount) for item in block.items for run in item)


def test_every_text_of_the_pages_is_used_and_none_is_missing():
    texts = load_texts("chat").keys()
    sources = [*WEB.glob("templates/*.html"), *WEB.rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    used = set(re.findall(r't\("([\w-]+)"[,)]', code)) | set(re.findall(r'\.get\("([a-z_]+)"', code))
    built = {key for key in texts if key.startswith(("voorbeeld_", "reden_", "oordeel_dank_", "regeling_geldt"))}
    assert texts - used - built == set()
    assert (
        set(re.findall(r't\("([\w-]+)"[,)]', "\n".join(p.read_text() for p in WEB.glob("templates/*.html")))) <= texts
    )


def test_readers_texts_are_not_in_code():
    script = (WEB / "static" / "sam.js").read_text(encoding="utf-8")
    code = re.sub(r"//.*|/\*.*?\*/", "", script)
    assert not re.search(r"[\"'`][A-Z][a-z]+ [a-z]+ [a-z]+", code)


def test_texts_are_short_and_say_u():
    for name in ("chat", "problemen"):
        texts = load_texts(name)
        for key in sorted(texts.keys()):
            text = texts._texts[key]
            assert not re.search(r"\b(je|jij|jouw|jullie)\b", text, re.IGNORECASE), key
            for sentence in re.split(r"(?<=[.!?:])\s+", text):
                assert len(sentence.split()) <= 15, (key, sentence)


def test_serve_without_an_index_says_what_to_do(tmp_path, capsys):
    with pytest.raises(typer.Exit) as stop:
        serve(index=tmp_path)
    assert stop.value.exit_code == 1
    assert "sam index" in capsys.readouterr().err


def test_a_taken_port_is_explained():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert _listen("127.0.0.1", taken.getsockname()[1]) is None
    assert _readable("0.0.0.0") == "127.0.0.1"
    assert _readable("::1") == "[::1]"

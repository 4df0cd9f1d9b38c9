"""The cache finds a sound by its words, keeps to its size, and never takes away what may be playing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.speech import cache as cache_module
from ivr.speech.cache import SpeechCache, cache_key, text_of


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 3, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def watch() -> Watch:
    return Watch()


def store(cache: SpeechCache, name: str, size: int = 1000) -> Path:
    sound = cache.new_file()
    sound.write_bytes(bytes(size))
    return cache.store(cache_key(name), name, sound)


def test_what_was_stored_is_found_with_its_words(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    assert cache.find(cache_key("Ünder")) is None
    path = store(cache, "Ünder")
    assert cache.find(cache_key("Ünder")) == path
    assert text_of(path) == "Ünder"
    assert path.parent.name == path.name[:2]


def test_a_path_is_absolute_because_another_program_plays_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert store(SpeechCache(Path("cache")), "x").is_absolute()


def test_a_sound_of_another_cache_object_is_found(tmp_path: Path) -> None:
    path = store(SpeechCache(tmp_path), "x")
    assert SpeechCache(tmp_path).find(cache_key("x")) == path


def test_nothing_unfinished_is_left_behind(tmp_path: Path) -> None:
    store(SpeechCache(tmp_path), "x")
    assert list((tmp_path / "unfinished").iterdir()) == []


def test_the_same_again_replaces_it(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    assert store(cache, "x", size=10) == store(cache, "x", size=20)
    assert len(list(tmp_path.rglob("*.wav"))) == 1


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path, watch: Watch) -> None:
    cache = SpeechCache(tmp_path, max_bytes=3000, clock=watch)
    for name in ("a", "b", "c"):
        store(cache, name)
        watch.forward(minutes=1)
    cache.find(cache_key("a"))
    watch.forward(hours=2)
    store(cache, "d")
    assert [cache.find(cache_key(name)) is not None for name in "abcd"] == [True, False, True, True]
    assert len(list(tmp_path.glob("??/*.txt"))) == 3


def test_what_was_asked_for_within_the_hour_stays_even_beyond_the_size(tmp_path: Path, watch: Watch) -> None:
    cache = SpeechCache(tmp_path, max_bytes=1000, clock=watch)
    for name in ("a", "b", "c"):
        store(cache, name)
        watch.forward(minutes=20)
    assert all(cache.find(cache_key(name)) for name in "abc")


def test_what_another_process_finds_while_it_is_swept_stays(
    tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = (SpeechCache(tmp_path, max_bytes=1500, clock=watch) for _ in range(2))
    store(ours, "a")
    watch.forward(hours=2)
    listed = cache_module._entries

    def list_then_find(paths: Iterator[Path]) -> Iterator[object]:
        entries = list(listed(paths))
        if entries:  # none are unfinished, which is looked at first
            theirs.find(cache_key("a"))
        return iter(entries)

    monkeypatch.setattr(cache_module, "_entries", list_then_find)
    store(ours, "b")
    assert ours.find(cache_key("a")) is not None


_ONE_OF_SEVERAL = """
import sys
from pathlib import Path
from ivr.speech.cache import SpeechCache, cache_key, text_of

cache = SpeechCache(Path(sys.argv[1]), max_bytes=20_000)
for round in range(60):
    for name in map(str, range(10)):
        key = cache_key(name)
        found = cache.find(key)
        if found is None:
            sound = cache.new_file()
            sound.write_bytes(name.encode() * 1000)
            found = cache.store(key, name, sound)
        elif round % 10 == 0:
            sound = cache.new_file()
            sound.write_bytes(name.encode() * 1000)
            cache.store(key, name, sound)
        assert found.read_bytes() == name.encode() * 1000, "a sound is there as a whole or not at all"
        assert text_of(found) == name
"""


def test_several_processes_share_it_and_sweep_it_at_once(tmp_path: Path) -> None:
    long_ago = 1_000_000_000
    for number in range(200):
        old = store(SpeechCache(tmp_path), f"old {number}")
        os.utime(old, (long_ago, long_ago))
    processes = [
        subprocess.Popen([sys.executable, "-c", _ONE_OF_SEVERAL, str(tmp_path)], stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    complaints = [process.communicate()[1].decode() for process in processes]
    assert complaints == [""] * 4
    cache = SpeechCache(tmp_path)
    assert all(cache.find(cache_key(str(name))) for name in range(10))
    assert sum(file.stat().st_size for file in tmp_path.glob("??/*.wav")) <= 20_000
    assert list((tmp_path / "unfinished").iterdir()) == []
    left = {file.stem for file in tmp_path.glob("??/*.wav")}
    assert {file.stem for file in tmp_path.glob("??/*.txt")} == left, "words go with their sound"


def test_what_a_process_left_unfinished_is_removed_later(tmp_path: Path, watch: Watch) -> None:
    left = SpeechCache(tmp_path).new_file()
    left.touch()
    os.utime(left, (watch.now.timestamp(), watch.now.timestamp()))
    store(SpeechCache(tmp_path, clock=watch), "soon after")
    assert left.exists()
    watch.forward(hours=2)
    store(SpeechCache(tmp_path, clock=watch), "much later")
    assert not left.exists()


def test_a_file_that_is_in_no_cache_has_no_words(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        text_of(tmp_path / "x.wav")


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_two_sounds_never_share_a_name(one: list[str], other: list[str]) -> None:
    assert (cache_key(*one) == cache_key(*other)) == (one == other)

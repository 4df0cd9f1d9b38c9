"""The cache finds a sound by its words, keeps to its size, and never takes away what may be playing."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

"""`make bench` and what it takes in ARGS."""

from __future__ import annotations

import json

import pytest

from tests.bench import __main__ as bench


def test_those_that_are_named_are_run_and_their_figures_are_one_json_object(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "_figures_of", lambda name: {"of": name})
    bench.main(["store", "--json"])
    assert json.loads(capsys.readouterr().out) == {"store": {"of": "store"}}
    bench.main([])
    assert capsys.readouterr().out.splitlines() == [f"{name} of: {name}" for name in bench.BENCHMARKS]


def test_one_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["speed"])
    assert "no benchmark is called 'speed'; use calls, soak, store, flows" in capsys.readouterr().err

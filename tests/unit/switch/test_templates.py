from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.errors import UsageError
from ivr.switch.templates import content_folder, refuse_unsafe, render


@given(st.text(), st.sampled_from(["\r", "\n", ";", "[", "]", "${", "$["]), st.text())
def test_a_value_that_would_change_the_file_around_it_is_refused(before: str, sign: str, after: str) -> None:
    with pytest.raises(UsageError, match="can't be written into Asterisk's configuration"):
        refuse_unsafe(before + sign + after)


@given(st.text(alphabet=st.characters(blacklist_characters="\r\n;[]$")))
def test_any_other_value_is_left_as_it_is(value: str) -> None:
    assert refuse_unsafe(value) == value


def test_the_guard_sees_every_value_but_not_the_template_itself(tmp_path: Path) -> None:
    template = tmp_path / "x.conf.j2"
    template.write_text("[section]\nexten => ${EXTEN} ; {{ value }}\n", "utf-8")
    assert render(template, {"value": "fine"}) == "[section]\nexten => ${EXTEN} ; fine\n"
    with pytest.raises(UsageError):
        render(template, {"value": "a\nb"})


def test_a_value_that_nobody_gave_is_an_error(tmp_path: Path) -> None:
    template = tmp_path / "x.conf.j2"
    template.write_text("{{ missing }}", "utf-8")
    with pytest.raises(jinja2.UndefinedError):
        render(template, {})


@pytest.mark.parametrize("name", ["asterisk", "dialplans"])
def test_the_templates_are_found(name: str) -> None:
    assert list(content_folder(name).glob("*.conf.j2"))

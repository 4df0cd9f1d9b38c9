"""What does not fit is told in words that somebody understands who writes no programs."""

from __future__ import annotations

import json
import re

import pytest

from ivr.content_file import parse_content, validate_content
from ivr.errors import ContentError
from ivr.flows.flow import FlowFile
from ivr.misfit import FORMS
from ivr.prompts.prompt_file import PromptFile
from ivr.rules.rule import Rule

TOP = "name: x\nstart: a\nsorry: s\ngoodbye: g\nnodes:\n"


def told(node: str) -> str:
    with pytest.raises(ContentError) as refused:
        validate_content(parse_content(f"{TOP}  a: {node}\n", "f.yaml"), FlowFile)
    return str(refused.value)


@pytest.mark.parametrize(
    ("node", "wrong", "right"),
    [
        ("{type: menuu, prompt: p}", "'menuu' is not known here", "did you mean 'menu'"),
        ("{type: menu, promt: p, keys: {1: a}}", "a.promt: nothing of this name", "did you mean 'prompt'"),
        ("{type: menu, prompt: p, keys: {1: a}, no_imput: {to: a}}", "no_imput", "did you mean 'no_input'"),
        (
            "{type: branch, cases: [{when: {variable: x, equls: 3}, to: a}], otherwise: a}",
            "when.equls: nothing of this name",
            "did you mean 'equals'",
        ),
        ("{type: say, prompt: p, next: a, colour: red}", "colour", "remove it or mend its spelling"),
        ("{type: respond, response: promissed, next: a}", "'promissed'", "did you mean 'promised'"),
        ("{prompt: p}", "it does not say which `type` it has", "add it"),
        (
            "{type: gather, prompt: p, variable: v, length: four, next: a}",
            "'four' is no number",
            "write 4, or",
        ),
        ("{type: gather, prompt: p, variable: V, length: 4, next: a}", "'V'", "digits and _, a letter first"),
        ("{type: menu, prompt: p, keys: {12: a}}", "'12'", "write one key of the telephone"),
        ("{type: menu, prompt: p, keys: []}", r"\[\]", "write fields below it, `name: value`"),
        ("{type: branch, cases: {when: 1}, otherwise: a}", "can't be used", "begins with `- `"),
        ("{type: branch, cases: [], otherwise: a}", r"\[\] can't be used", "write at least 1"),
        ("{type: say, prompt: '', next: a}", "''", "write something"),
        ("{type: say, prompt: [x], next: a}", r"\['x'\]", "write text"),
        ("{type: pause, seconds: -1, next: a}", "-1", "write more than 0[.]$"),
        ("{type: pause, seconds: long, next: a}", "'long'", "write a number"),
        ("{type: repeat, from: a, times: 1.5, then: a}", "1.5", "write a whole number"),
        ("{type: say, prompt: p, next: a, interruptible: maybe}", "'maybe'", "write true or false"),
    ],
)
def test_it_is_told_what_to_write(node: str, wrong: str, right: str) -> None:
    assert re.search(f"{wrong}.*; .*{right}", told(node))


def test_a_list_whose_entries_are_wrong_is_not_called_empty() -> None:
    assert "at least" not in told("{type: branch, cases: [{to: a}], otherwise: a}")


@pytest.mark.parametrize("model", [FlowFile, PromptFile, Rule])
def test_every_form_of_a_text_has_words(model: type[FlowFile | PromptFile | Rule]) -> None:
    schema = json.dumps(model.model_json_schema())
    patterns = {json.loads(f'"{found}"') for found in re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', schema)}
    assert patterns <= FORMS.keys()

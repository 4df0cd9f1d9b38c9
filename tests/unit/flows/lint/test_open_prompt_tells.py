from tests.unit.flows.lint.linting import linted, only


def test_a_prompt_for_anyone_that_speaks_of_the_account_is_found() -> None:
    told = {"done": {"tier": "anyone", "text": "You owe {{ account.amount_due | money }}."}}
    found = only("F402", linted(prompts=told))
    assert "nodes.done.prompt: 'done' is for anyone and tells of account.amount_due" in found

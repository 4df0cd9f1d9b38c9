from tests.unit.flows.lint.linting import linted, only


def test_every_prompt_that_a_language_lacks_is_found() -> None:
    found = linted(head="languages: [en, es]")
    assert "sorry: 'sorry' is not written in 'es'; write it in prompts/es" in only("F301", found)
    assert {finding.problem.field for finding in found} >= {"goodbye", "nodes.hello.no_input.prompt"}


def test_a_region_is_served_by_its_language() -> None:
    assert linted(head="languages: [en-GB]") == ()

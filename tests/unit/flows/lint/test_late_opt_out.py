from tests.unit.flows.lint.linting import VERIFIED, codes, linted, only

GENERAL = "profile: us-general\nsegments: {identification: hello, voicemail: message}\n"
LATER = f"""{VERIFIED.replace("next: done", "next: more")}
more: {{type: menu, prompt: hello, keys: {{1: done, 9: opt-out}}, no_input: {{prompt: again}},
  no_match: {{prompt: again}}}}
"""

SOMETIMES = """
choose: {type: branch, cases: [{when: {variable: payment_method, present: true}, to: TO}], otherwise: opt-out}
"""


def test_an_opt_out_that_only_a_later_question_offers_is_found() -> None:
    found = only("F704", linted(LATER, f"{GENERAL}keys: {{}}"))
    assert "nodes.hello: nobody can opt out here (47 CFR 64.1200(b)(3))" in found


def test_a_flow_without_a_profile_may_offer_it_later() -> None:
    assert codes(LATER, "keys: {}") == set()


def test_at_every_question_it_is_fine() -> None:
    assert codes(LATER, GENERAL) == set()


def test_a_way_that_only_sometimes_opts_out_does_not_count() -> None:
    found = only(
        "F704", linted(f"{VERIFIED}{SOMETIMES.replace('TO', 'done')}", f"{GENERAL}keys: {{9: choose}}")
    )
    assert "nodes.hello: nobody can opt out here" in found


def test_what_always_opts_out_counts_whatever_stands_on_the_way() -> None:
    nodes = f"{VERIFIED}{SOMETIMES.replace('TO', 'noted')}noted: {{type: goto, to: opt-out}}"
    assert codes(nodes, f"{GENERAL}keys: {{9: choose}}") == set()


def test_silence_is_no_key() -> None:
    silent = VERIFIED.replace("{prompt: again}", "{to: opt-out}")
    assert "F704" in codes(silent, f"{GENERAL}keys: {{}}")

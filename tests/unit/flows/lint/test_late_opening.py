from tests.unit.flows.lint.linting import codes, linted, only

SLOW = "Good morning, dear customer, and thank you very much for taking the time to listen to us today. "
LATE = {"hello": {"text": f"{SLOW}This is {{{{ company.name }}}}. To be done, press 1."}}
NAMELESS = {"hello": {"text": "Hello, it is us. To be done, press 1."}}
WELCOME = "welcome: {type: say, prompt: again, next: hello}"


def test_a_name_that_comes_late_is_found() -> None:
    found = only("F303", linted(prompts=LATE))
    assert "nodes.hello: it takes about 8 s to say who calls (en), limit 5 s; say company and reason" in found


def test_what_is_said_before_counts_with_it() -> None:
    found = only("F303", linted(WELCOME, "start: welcome", {"again": {"text": SLOW}}))
    assert "nodes.welcome: it takes about 8 s" in found


def test_a_call_that_names_nobody_is_found() -> None:
    found = only("F303", linted(prompts=NAMELESS))
    assert "nodes.hello: nobody is told who calls before the first question (en)" in found


def test_who_calls_us_knows_whom() -> None:
    assert codes(head="direction: inbound", prompts=NAMELESS) == set()


def test_in_a_flow_that_is_entered_it_has_been_said() -> None:
    back = "hello: {type: menu, prompt: hello, keys: {1: back}, no_input: {to: done}, no_match: {to: done}}"
    assert codes(f"{back}\nback: {{type: return}}", prompts=NAMELESS) == set()


def test_a_flow_sets_its_own_limit() -> None:
    assert codes(head="manners: {opening: 10}", prompts=LATE) == set()
    assert codes(head="manners: {opening: 1}") == {"F303"}

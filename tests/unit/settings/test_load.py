"""Settings: every mistake with its place, the environment above the file, the package below both."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.errors import ContentError, Problem
from ivr.settings import load_settings, setting_problem

SHIPPED = Path(__file__).parents[3] / "config/ivr.toml"


def problems_of(text: str, folder: Path, environment: dict[str, str] | None = None) -> tuple[Problem, ...]:
    file = folder / "ivr.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_settings(file, environment or {})
    return caught.value.problems


def test_the_shipped_settings_can_be_used() -> None:
    assert load_settings(SHIPPED, {}).dialing.trunk == "carrier"


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    text = '[company]\nphone = "12"\n\n[dialing]\nmax_calls = 0\nspeed = 3\n'
    found = {(problem.line, problem.field) for problem in problems_of(text, tmp_path)}
    assert found == {(2, "company.phone"), (5, "dialing.max_calls"), (6, "dialing.speed")}


ALL_AT_ODDS = """\
[dialing]
trunk = "nope"
allowed_prefixes = ["1", "+1", "abc"]
max_calls = 0

[store]
url = "mysql://x"

[asterisk]
ari_url = "http://127.0.0.1:8088"
ami_user = "answerback"

[[trunks]]
name = "provider"
host = "192.0.2.1"

[[trunks]]
name = "provider"
host = "192.0.2.2"

[[trunks]]
name = "carrier"
host = "192.0.2.3"

[[softphones]]
username = "provider"
number = "+12025550123"

[[softphones]]
username = "desk"
number = "+12025550123"

[[queues]]
name = "agents"
members = ["desk", "nobody"]
trunk = "provider"

[[queues]]
name = "agents"
numbers = ["+12025550124"]
trunk = "elsewhere"
"""


def test_settings_that_contradict_each_other_are_told_along_with_all_others(tmp_path: Path) -> None:
    found = {
        (problem.line, problem.field): problem.wrong.partition(" ")[0]
        for problem in problems_of(ALL_AT_ODDS, tmp_path)
    }
    assert found == {
        (2, "dialing.trunk"): "no",
        (3, "dialing.allowed_prefixes.0"): "'1'",
        (3, "dialing.allowed_prefixes.2"): "'abc'",
        (4, "dialing.max_calls"): "0",
        (7, "store.url"): "mysql://x",
        (10, "asterisk.ari_url"): "it",
        (11, "asterisk.ami_user"): "it",
        (18, "trunks.1.name"): "'provider'",
        (22, "trunks.2.name"): "'carrier'",
        (26, "softphones.0.username"): "'provider'",
        (31, "softphones.1.number"): "'+12025550123'",
        (35, "queues.0.members"): "no",
        (39, "queues.1.name"): "'agents'",
        (41, "queues.1.trunk"): "no",
    }


def test_trunks_that_the_one_transport_can_not_serve_are_told(tmp_path: Path) -> None:
    trunk = '[[trunks]]\nname = "{}"\nhost = "{}"\nexternal_media_address = "{}"\n'
    text = trunk.format("near", "localhost", "192.0.2.1") + trunk.format("far", "192.0.2.9", "192.0.2.2")
    found = [(problem.line, problem.field) for problem in problems_of(text, tmp_path)]
    assert found == [(7, "trunks.1.host"), (8, "trunks.1.external_media_address")]


def test_an_asterisk_of_ones_own_has_no_simulated_network_to_call(tmp_path: Path) -> None:
    text = '[asterisk]\nari_url = "http://127.0.0.1:8088"\nari_user = "us"\nari_password_file = "/secret"\n'
    [problem] = problems_of(text, tmp_path)
    assert (problem.field, problem.wrong) == ("dialing.trunk", "no trunk is called 'carrier'")


@pytest.mark.parametrize(
    "nonsense", ["trunks = 5", "trunks = [5]", "dialing = []", "queues = [{members = 3}]"]
)
def test_what_is_no_block_at_all_is_told_and_compared_with_nothing(tmp_path: Path, nonsense: str) -> None:
    assert problems_of(nonsense + "\n", tmp_path)


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    [problem] = problems_of("[company\n", tmp_path)
    assert (problem.line, "no TOML" in problem.wrong) == (1, True)


def test_a_bad_value_of_the_environment_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    [problem] = problems_of("[dialing]\nmax_calls = 5\n", tmp_path, {"IVR_DIALING__MAX_CALLS": "many"})
    assert (problem.file, problem.field) == ("the environment", "IVR_DIALING__MAX_CALLS")


def test_the_environment_wins_over_the_file_and_flags_over_both(tmp_path: Path) -> None:
    file = tmp_path / "ivr.toml"
    file.write_text("[dialing]\nmax_calls = 5\n", encoding="utf-8")
    environment = {"IVR_DIALING__MAX_CALLS": "6"}
    assert load_settings(file, environment).dialing.max_calls == 6
    assert load_settings(file, environment, {"dialing": {"max_calls": 7}}).dialing.max_calls == 7


def test_where_no_content_lies_the_packages_own_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(None, {})
    assert (settings.content_folder(settings.content.flows) / "payment-overdue.yaml").is_file()


def test_content_of_ones_own_goes_before_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dialplans/flows").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    settings = load_settings(None, {})
    assert settings.content_folder(settings.content.flows) == tmp_path / "dialplans/flows"


WEBHOOK = '[[webhooks]]\nname = "orders"\nkey_file = "orders.key"\nurl = "{}"\n'


@pytest.mark.parametrize(
    "url",
    ["https://shop.example.com/a?b=c", "http://127.0.0.1:8080/", "http://localhost/a", "http://[::1]/a"],
)
def test_a_webhook_is_asked_over_https_or_on_this_machine(tmp_path: Path, url: str) -> None:
    file = tmp_path / "ivr.toml"
    file.write_text(WEBHOOK.format(url), encoding="utf-8")
    settings = load_settings(file, {})
    assert settings.webhook_names == {"orders"}
    assert url not in repr(settings)


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("http://shop.example.com/7391", "http can be read on its way"),
        ("http://10.0.0.7/7391", "http can be read on its way"),
        ("ftp://shop.example.com/7391", "it is no address of a web server"),
        ("shop.example.com/7391", "it is no address of a web server"),
        ("https:///7391", "it is no address of a web server"),
        ("https://shop.example.com:many/7391", "it is no address"),
        ("https://me:7391@shop.example.com/", "it holds a user and a password; requests are signed instead"),
    ],
)
def test_any_other_address_is_told_with_its_line_and_not_repeated(
    tmp_path: Path, url: str, wrong: str
) -> None:
    [problem] = problems_of(WEBHOOK.format(url), tmp_path)
    assert (problem.line, problem.field) == (4, "webhooks.0.url")
    assert str(problem).partition(": webhooks.0.url: ")[0]
    assert wrong in str(problem)
    assert "7391" not in str(problem)


def test_two_webhooks_of_one_name_are_told(tmp_path: Path) -> None:
    [problem] = problems_of(WEBHOOK.format("https://a.example/") * 2, tmp_path)
    assert "two webhooks are named 'orders'; give one of them another name" in str(problem)


@pytest.mark.parametrize("text", ['gateway = "stripe"', 'key_file = "stripe.key"'])
def test_stripe_needs_a_key_and_the_sandbox_none(tmp_path: Path, text: str) -> None:
    [problem] = problems_of(f"[payments]\n{text}\n", tmp_path)
    assert (problem.line, problem.field) == (1, "payments")
    assert "needs a `key_file`" in problem.wrong


def test_the_sandbox_signs_no_events(tmp_path: Path) -> None:
    [problem] = problems_of('[payments]\nevents_key_file = "events.key"\n', tmp_path)
    assert "events are signed by stripe alone" in problem.wrong


def test_a_customer_comes_back_to_a_safe_page(tmp_path: Path) -> None:
    [problem] = problems_of('[payments]\nreturn_url = "http://bank.example.com"\n', tmp_path)
    assert (problem.line, problem.field) == (2, "payments.return_url")


INBOUND = """
[[inbound]]
number = "+1 800 555 0100"
flow = "front-desk"

[[inbound]]
number = "*77"
flow = "studio"
"""


def test_callers_dial_numbers_and_short_codes(tmp_path: Path) -> None:
    file = tmp_path / "ivr.toml"
    file.write_text(INBOUND, encoding="utf-8")
    assert [line.number for line in load_settings(file, {}).inbound] == ["+18005550100", "*77"]


@pytest.mark.parametrize("number", ["1", "*7", "*77#", "abc"])
def test_what_nobody_can_dial_is_told_with_its_line(tmp_path: Path, number: str) -> None:
    [problem] = problems_of(INBOUND.replace("*77", number), tmp_path)
    assert (problem.line, problem.field) == (7, "inbound.1.number")


def test_a_number_leads_to_one_flow(tmp_path: Path) -> None:
    [problem] = problems_of(INBOUND.replace("*77", "+18005550100"), tmp_path)
    assert (problem.field, problem.wrong) == ("inbound", "+18005550100 leads to two flows")


def test_nobody_who_wants_help_gets_a_flow(tmp_path: Path) -> None:
    [problem] = problems_of(INBOUND.replace("*77", "911"), tmp_path)
    assert (problem.field, problem.wrong) == ("inbound", "911 is an emergency number")


def test_a_setting_that_does_not_fit_the_rest_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "ivr.toml"
    file.write_text(INBOUND, encoding="utf-8")
    problem = setting_problem(load_settings(file, {}), ("inbound", "1", "flow"), "no", "yes")
    assert (problem.file, problem.line, problem.field) == (str(file), 8, "inbound.1.flow")
    assert setting_problem(load_settings(None, {}), ("home",), "no", "yes").line is None


API_AT_ODDS = """\
[web]
enabled = true
address = "0.0.0.0"

[[api_clients]]
name = "crm"
token_file = "crm.token"
roles = []

[[api_clients]]
name = "crm"
token_file = "crm.token"
roles = ["king"]
"""


def test_an_api_that_others_could_listen_to_is_refused(tmp_path: Path) -> None:
    found = {(each.field, each.line): each.wrong for each in problems_of(API_AT_ODDS, tmp_path)}
    assert found[("web.address", 3)] == "tokens could be read on their way to 0.0.0.0"
    assert ("api_clients.0.roles", 8) in found
    assert found[("api_clients.1.name", 11)] == "'crm' is another API client already"
    assert ("api_clients.1.roles.0", 13) in found


def test_an_emergency_trunk_that_is_not_there_is_told(tmp_path: Path) -> None:
    [problem] = problems_of('[emergency]\ntrunk = "provider"\n', tmp_path)
    assert (problem.line, problem.field) == (2, "emergency.trunk")
    assert problem.wrong == "no trunk is called 'provider'"


def test_what_agents_dial_leads_to_no_flow(tmp_path: Path) -> None:
    [problem] = problems_of('[[inbound]]\nnumber = "*51"\nflow = "front-desk"\n', tmp_path)
    assert problem.wrong == "*51 is what agents dial"


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        ("penalties = {ben = 2}", "'ben' in `penalties` is no agent of the queue"),
        ('music = "music"', "'music' can't be given to Asterisk"),
        ('whisper = "/srv/a b.wav"', "'/srv/a b.wav' can't be given to Asterisk"),
    ],
)
def test_a_queue_that_asterisk_could_not_run_is_told(tmp_path: Path, setting: str, wrong: str) -> None:
    [problem] = problems_of(f'[[queues]]\nname = "agents"\n{setting}\n', tmp_path)
    assert problem.wrong == wrong

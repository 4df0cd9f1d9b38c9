from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

import pytest

from ivr.errors import UsageError
from ivr.switch.agent_queue import AgentQueue
from ivr.switch.configuration import CarrierRole, EngineRole, carrier_trunk, render_configuration
from ivr.switch.emergency import Emergency
from ivr.switch.install import Installation
from ivr.switch.instance import Instance, open_instance
from ivr.switch.trunk import SIMULATED_TRUNK, Softphone, Trunk


@pytest.fixture
def carrier(installation: Installation, tmp_path: Path) -> Instance:
    return open_instance(installation, tmp_path / "carrier")


def rendered(instance: Instance, role: EngineRole | CarrierRole, name: str) -> str:
    render_configuration(instance, role)
    return (instance.folder / "etc" / name).read_text("utf-8")


def section(text: str, name: str, kind: str) -> dict[str, str]:
    """Return the settings of the section `name` that has `type = kind`."""
    for block in re.findall(rf"^\[{re.escape(name)}\]\n((?:[^\[\n].*\n)*)", text, re.MULTILINE):
        settings = dict(line.split(" = ", 1) for line in block.splitlines() if " = " in line)
        if settings.get("type") == kind:
            return settings
    raise AssertionError(f"no {kind} section {name}")


def provider(**fields: Any) -> Trunk:
    return Trunk.model_validate({"name": "provider", "host": "192.0.2.5", **fields})


def test_every_file_is_readable_by_its_owner_only(instance: Instance) -> None:
    render_configuration(instance, EngineRole())
    files = list((instance.folder / "etc").iterdir())
    assert {"asterisk.conf", "pjsip.conf", "ari.conf", "extensions.conf"} <= {file.name for file in files}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_everything_listens_on_the_loopback_address(instance: Instance) -> None:
    render_configuration(instance, EngineRole())
    text = "".join(file.read_text("utf-8") for file in (instance.folder / "etc").iterdir())
    bound = re.findall(r"^bind(?:addr)? = (\S+)$", text, re.MULTILINE)
    assert sorted(bound) == ["127.0.0.1", "127.0.0.1", f"127.0.0.1:{instance.ports.sip}"]


def test_only_modules_that_are_installed_are_loaded(instance: Instance) -> None:
    modules = rendered(instance, EngineRole(), "modules.conf")
    assert "autoload = no" in modules
    loaded = re.findall(r"^load = (.*)$", modules, re.MULTILINE)
    assert loaded == ["cel_custom.so", "chan_pjsip.so", "res_ari.so"]


def test_no_log_hears_a_digit(instance: Instance) -> None:
    targets = [line for line in rendered(instance, EngineRole(), "logger.conf").splitlines() if "=>" in line]
    assert targets == ["messages.log => notice,warning,error", "security.log => security"]
    manager = rendered(instance, EngineRole(), "manager.conf")
    assert "read = agent,system,call\nwrite = reporting,agent\n" in manager


def test_the_evidence_has_the_columns_that_are_read_back(instance: Instance) -> None:
    mapping = rendered(instance, EngineRole(), "cel_custom.conf").splitlines()[-1]
    assert mapping == (
        "events.csv => ${CSV_QUOTE(${eventtype})},${CSV_QUOTE(${eventtime})},"
        "${CSV_QUOTE(${CHANNEL(uniqueid)})},${CSV_QUOTE(${CHANNEL(linkedid)})},"
        "${CSV_QUOTE(${CHANNEL(channame)})},${CSV_QUOTE(${eventextra})}"
    )


def test_a_trunk_told_by_address_is_matched_by_it(instance: Instance) -> None:
    trunk = provider(p_asserted_identity=True, dtmf_mode="info", rtp_timeout=30, qualify=15)
    pjsip = rendered(instance, EngineRole(trunks=(trunk,), sip_address="0.0.0.0"), "pjsip.conf")  # noqa: S104
    endpoint = section(pjsip, "provider", "endpoint")
    assert endpoint["context"] == "from-trunk"
    assert endpoint["dtmf_mode"] == "info"
    assert endpoint["send_pai"] == "yes"
    assert endpoint["rtp_timeout"] == "30"
    assert endpoint["allow"] == "ulaw,alaw"
    assert "outbound_auth" not in endpoint
    assert section(pjsip, "provider", "aor")["qualify_frequency"] == "15"
    assert section(pjsip, "provider", "identify")["match"] == "192.0.2.5"


def test_a_trunk_that_registers_has_its_password_from_its_file(instance: Instance, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("s3cret\n", "utf-8")
    trunk = provider(username="me", password_file=tmp_path / "password")
    pjsip = rendered(instance, EngineRole(trunks=(trunk,), sip_address="192.0.2.1"), "pjsip.conf")
    assert section(pjsip, "provider", "auth")["password"] == "s3cret"  # noqa: S105 (made up)
    assert section(pjsip, "provider", "registration")["client_uri"] == "sip:me@192.0.2.5:5060"
    assert section(pjsip, "provider", "endpoint")["outbound_auth"] == "provider"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "is empty; write the password"), ("a;b", "can't be written into Asterisk's configuration")],
)
def test_a_password_that_cannot_be_used_is_told(
    instance: Instance, tmp_path: Path, text: str, sentence: str
) -> None:
    (tmp_path / "password").write_text(text, "utf-8")
    trunk = provider(username="me", password_file=tmp_path / "password")
    with pytest.raises(UsageError, match=sentence):
        render_configuration(instance, EngineRole(trunks=(trunk,), sip_address="192.0.2.1"))


def test_a_password_file_that_is_not_there_is_named(instance: Instance, tmp_path: Path) -> None:
    trunk = provider(username="me", password_file=tmp_path / "missing")
    with pytest.raises(UsageError, match=r"password of trunk 'provider' can't be read from .*missing"):
        render_configuration(instance, EngineRole(trunks=(trunk,), sip_address="192.0.2.1"))


def test_the_public_address_is_used_outside_the_local_networks(instance: Instance) -> None:
    trunk = provider(external_media_address="198.51.100.7", local_net=["192.168.0.0/16"])
    pjsip = rendered(instance, EngineRole(trunks=(trunk,), sip_address="192.0.2.1"), "pjsip.conf")
    transport = section(pjsip, "udp", "transport")
    assert transport["external_media_address"] == "198.51.100.7"
    assert transport["local_net"] == "192.168.0.0/16"


def test_two_trunks_cannot_name_two_public_addresses(instance: Instance) -> None:
    trunks = (
        provider(external_media_address="198.51.100.7"),
        provider(name="other", external_media_address="198.51.100.8"),
    )
    with pytest.raises(UsageError, match="give both trunks the same"):
        render_configuration(instance, EngineRole(trunks=trunks, sip_address="192.0.2.1"))


def test_a_trunk_elsewhere_needs_an_address_that_it_can_reach(instance: Instance) -> None:
    with pytest.raises(UsageError, match="trunk 'provider' is on another machine"):
        render_configuration(instance, EngineRole(trunks=(provider(),)))


def test_two_endpoints_cannot_share_a_name(instance: Instance, carrier: Instance) -> None:
    phone = Softphone(username="carrier", number="+12025550123")
    with pytest.raises(UsageError, match="'carrier' names more than one trunk or softphone"):
        render_configuration(instance, EngineRole(trunks=(carrier_trunk(carrier),), softphones=(phone,)))


def test_a_softphone_keeps_its_generated_password(instance: Instance) -> None:
    role = EngineRole(softphones=(Softphone(username="alice", number="+12025550123"),))
    first = section(rendered(instance, role, "pjsip.conf"), "alice", "auth")["password"]
    second = section(rendered(instance, role, "pjsip.conf"), "alice", "auth")["password"]
    assert first == second
    assert len(first) >= 16


def test_nobody_comes_in_without_being_known(instance: Instance, carrier: Instance) -> None:
    role = EngineRole(
        trunks=(carrier_trunk(carrier),), softphones=(Softphone(username="alice", number="+12025550123"),)
    )
    pjsip = rendered(instance, role, "pjsip.conf")
    assert "[anonymous]" not in pjsip
    assert section(pjsip, "carrier", "endpoint")["identify_by"] == "ip"
    assert section(pjsip, "carrier", "identify")["match"] == f"127.0.0.1:{carrier.ports.sip}"
    assert section(pjsip, "alice", "endpoint")["auth"] == "alice"


ANN = Softphone(username="ann", number="+12025550123")
AT_A_DESK = Softphone(
    username="ben",
    number="+12025550124",
    location="12 Main St floor 3",
    location_number="+12025550100",
)


def test_a_queue_is_as_the_settings_want_it(instance: Instance) -> None:
    queue = AgentQueue(
        name="support",
        strategy="leastrecent",
        weight=3,
        wrap_up_seconds=15,
        music=Path("/srv/music"),
        whisper=Path("/srv/whisper.wav"),
        announce_position=True,
    )
    queues = rendered(instance, EngineRole(queues=(queue,)), "queues.conf")
    for line in (
        "strategy = leastrecent",
        "weight = 3",
        "wrapuptime = 15",
        "autopause = all",
        "musicclass = support",
        "announce = /srv/whisper",
        "announce-position = yes",
    ):
        assert f"\n{line}\n" in queues
    assert "directory = /srv/music\n" in rendered(instance, EngineRole(queues=(queue,)), "musiconhold.conf")


def test_a_queue_has_nobody_until_they_log_in_with_a_code_of_their_telephone(instance: Instance) -> None:
    queues = (
        AgentQueue(name="support", members=("ann",), penalties={"ann": 2}),
        AgentQueue(name="sales", members=("ann",)),
    )
    role = EngineRole(softphones=(ANN, AT_A_DESK), queues=queues)
    assert "member =>" not in rendered(instance, role, "queues.conf")
    dialplan = rendered(instance, role, "extensions.conf")
    telephone = dialplan.partition("[telephone-of-ann]")[2].partition("\n[")[0]
    assert "AddQueueMember(support,PJSIP/ann,2,,ann)" in telephone
    assert "AddQueueMember(sales,PJSIP/ann,0,,ann)" in telephone
    assert re.findall(r"exten => (\*5\d),1", telephone) == ["*51", "*52", "*53", "*54"]
    assert "*51" not in dialplan.partition("[telephone-of-ben]")[2], "who is no agent has no codes"
    assert section(rendered(instance, role, "pjsip.conf"), "ann", "endpoint")["context"] == "telephone-of-ann"


def test_help_is_reached_from_where_a_location_is_known_and_from_nowhere_else(
    instance: Instance, carrier: Instance
) -> None:
    role = EngineRole(
        trunks=(carrier_trunk(carrier),),
        softphones=(ANN, AT_A_DESK),
        emergency=Emergency(trunk="carrier", numbers=("911", "933")),
    )
    dialplan = rendered(instance, role, "extensions.conf")
    of_ann, of_ben = (
        dialplan.partition(f"[telephone-of-{name}]")[2].partition("\n[")[0] for name in ("ann", "ben")
    )
    assert "Dial(" not in of_ann
    assert re.findall(r"Dial\((\S+)\)", of_ben) == ["PJSIP/911@carrier", "PJSIP/933@carrier"]
    assert "Set(CALLERID(num)=+12025550100)" in of_ben
    assert "emergency call from ben at 12 Main St floor 3" in of_ben
    refused = dialplan.partition("[from-softphone]")[2].partition("\n[")[0]
    assert "exten => 911,1,Answer()" in refused
    assert "Playback(cannot-complete-as-dialed" in refused


def test_without_a_trunk_for_it_no_telephone_reaches_help(instance: Instance) -> None:
    dialplan = rendered(instance, EngineRole(softphones=(AT_A_DESK,)), "extensions.conf")
    assert re.findall(r"Dial\([^)]*@", dialplan) == []


def test_an_emergency_trunk_that_is_not_there_is_refused(instance: Instance) -> None:
    with pytest.raises(UsageError, match="names trunk 'provider', which is not there"):
        rendered(instance, EngineRole(emergency=Emergency(trunk="provider")), "queues.conf")


def test_an_agent_on_a_number_who_is_to_log_in_begins_paused(instance: Instance) -> None:
    queue = AgentQueue(name="support", numbers=("+12025550124",), trunk="provider", numbers_log_in=True)
    role = EngineRole(
        trunks=(Trunk(name="provider", host="127.0.0.1", number_format="e164_without_plus"),), queues=(queue,)
    )
    assert rendered(instance, role, "queues.conf").endswith(",+12025550124,,,,yes\n")


def test_an_agent_on_any_number_is_rung_over_the_queues_trunk(instance: Instance) -> None:
    role = EngineRole(
        trunks=(Trunk(name="provider", host="127.0.0.1", number_format="e164_without_plus"),),
        queues=(AgentQueue(name="support", numbers=("+12025550124",), trunk="provider"),),
    )
    queues = rendered(instance, role, "queues.conf")
    assert queues.endswith("member => Local/+12025550124@agent-of-support/n,0,+12025550124\n")
    dialplan = rendered(instance, role, "extensions.conf")
    assert (
        "[agent-of-support]\nexten => +12025550124,1,Dial(PJSIP/12025550124@provider,,b(screen-pop^s^1))\n"
        in dialplan
    )
    assert len(re.findall(r"Dial\([^)]*@", dialplan)) == 1


def test_a_queue_whose_trunk_is_not_there_is_refused(instance: Instance) -> None:
    queue = AgentQueue(name="support", numbers=("+12025550124",), trunk="provider")
    with pytest.raises(UsageError, match="over trunk 'provider', which is not there"):
        rendered(instance, EngineRole(queues=(queue,)), "queues.conf")


def test_no_context_of_the_engine_dials_a_number(instance: Instance) -> None:
    dialplan = rendered(instance, EngineRole(), "extensions.conf")
    assert set(re.findall(r"^\[([a-z-]+)\]", dialplan, re.MULTILINE)) == {
        "general",
        "globals",
        "from-trunk",
        "codes",
        "from-simulation",
        "from-softphone",
        "queue-transfer",
        "come-back",
        "screen-pop",
        "outside-transfer",
        "outside-leg",
        "vault-transfer",
        "vault-header",
        "engine-away",
        "call-ended",
    }
    assert re.findall(r"Dial\([^)]*@", dialplan) == []
    assert "Stasis(answerback,inbound," in dialplan


def test_only_the_codes_of_the_settings_are_let_through_beside_numbers(instance: Instance) -> None:
    dialplan = rendered(instance, EngineRole(codes=("*77", "100")), "extensions.conf")
    leads_in = r"^exten => ([^,]+),1,(?:Stasis\(answerback,inbound|Goto\(from-trunk)"
    dialled = re.findall(leads_in, dialplan, re.MULTILINE)
    assert dialled == ["_[+0-9]XXXXX!", "*77", "100", "_[+0-9]XXXXX!"]
    assert "exten => *77,1,Stasis(answerback,inbound,*77," in dialplan


def test_a_code_is_dialled_on_our_telephones_and_over_no_trunk(instance: Instance) -> None:
    trunks = (provider(), carrier_trunk(instance, SIMULATED_TRUNK), carrier_trunk(instance, "next-door"))
    role = EngineRole(trunks=trunks, codes=("*77",), sip_address="192.0.2.1")
    dialplan, pjsip = (rendered(instance, role, file) for file in ("extensions.conf", "pjsip.conf"))
    reached = {
        name: dialplan.partition(f"[{name}]")[2].partition("\n[")[0]
        for name in ("from-trunk", "from-softphone")
    }
    assert "*77" not in reached["from-trunk"]
    assert "include => codes" not in reached["from-trunk"]
    assert "include => codes" in reached["from-softphone"]
    contexts = {
        name: section(pjsip, name, "endpoint")["context"]
        for name in ("provider", SIMULATED_TRUNK, "next-door")
    }
    assert contexts == {
        "provider": "from-trunk",
        SIMULATED_TRUNK: "from-simulation",
        "next-door": "from-trunk",
    }


def test_no_code_without_a_star_is_a_number_to_a_trunk(instance: Instance) -> None:
    """Five digits are the most that a code has; a trunk takes six characters or more, all of them digits."""
    dialplan = rendered(instance, EngineRole(codes=("770", "77012")), "extensions.conf")
    from_trunk = dialplan.partition("[from-trunk]")[2].partition("\n[")[0]
    [pattern] = re.findall(r"^exten => ([^,]+),", from_trunk, re.MULTILINE)
    taken = re.compile(pattern.removeprefix("_").replace("X", "[0-9]").replace("!", ".*"))
    for dialled in ("770", "77012", "77012-", "+770", "+7701"):
        assert not taken.fullmatch(dialled), dialled
    for dialled in ("+12025550100", "12025550100", "2025550100", "+5001234"):
        assert taken.fullmatch(dialled), dialled


@pytest.mark.parametrize("code", ["7", "*", "_X.", "77,1,Dial(x)", "123456"])
def test_what_is_no_code_never_reaches_the_dialplan(instance: Instance, code: str) -> None:
    with pytest.raises(UsageError, match="is no short code"):
        render_configuration(instance, EngineRole(codes=(code,)))


def test_the_carrier_shares_numbers_among_applications_by_area_code(
    carrier: Instance, instance: Instance
) -> None:
    dialplan = rendered(
        carrier, CarrierRole(instance, apps_by_area_code={"202": "people-1"}), "extensions.conf"
    )
    assert "exten => _+1202XXXXXXX,1,Set(PEOPLE=people-1)" in dialplan
    assert "exten => _[+0-9].,1,Set(PEOPLE=people)" in dialplan


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ({"default_app": "peo,ple"}, "is no application name"),
        ({"apps_by_area_code": {"202": "a b"}}, "is no application name"),
        ({"apps_by_area_code": {"020": "people"}}, "'020' is no area code; write three digits"),
    ],
)
def test_a_carrier_that_cannot_be_rendered_is_told_why(
    carrier: Instance, instance: Instance, role: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        render_configuration(carrier, CarrierRole(instance, **role))

from tests.unit.flows.lint.linting import linted, only


def test_a_node_that_no_way_leads_to_is_found() -> None:
    assert "nodes.lost: no way leads to this node" in only(
        "F102", linted("lost: {type: hangup, prompt: done}")
    )


def test_nodes_that_only_lead_to_each_other_are_found_all() -> None:
    found = linted("lost: {type: goto, to: found}\nfound: {type: goto, to: lost}")
    assert [finding.problem.field for finding in found] == ["nodes.lost", "nodes.found"]

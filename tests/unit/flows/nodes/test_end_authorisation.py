from types import SimpleNamespace

from ivr.flows.actions import Bring, Go
from ivr.flows.effects import EndAuthorisation
from ivr.flows.nodes.authorise import AuthoriseNode
from ivr.flows.nodes.end_authorisation import EndAuthorisationNode
from ivr.prompts.content_tier import ContentTier

NODE = EndAuthorisationNode(type="end_authorisation", done="ended", failed="sorry")
SCENE = SimpleNamespace(variables={"account": {"id": "A1"}})


def test_the_end_is_of_the_account() -> None:
    assert NODE.effect(SCENE) == EndAuthorisation(0, "A1")


def test_to_end_takes_less_proof_than_to_agree() -> None:
    assert NODE.least_tier is ContentTier.CONFIRMED
    assert AuthoriseNode.least_tier is ContentTier.VERIFIED


def test_what_is_offered_afterwards_is_what_the_host_says_by_then() -> None:
    assert NODE.resulted(SCENE, "done") == (Bring(), Go("ended"))
    assert NODE.resulted(SCENE, "failed") == (Go("sorry"),)

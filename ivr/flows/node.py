"""The node types that a flow can use, in one place."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ivr.flows.nodes.answers import AnswersNode
from ivr.flows.nodes.authorise import AuthoriseNode
from ivr.flows.nodes.branch import BranchNode
from ivr.flows.nodes.bulletin import BulletinNode
from ivr.flows.nodes.callback import CallbackNode
from ivr.flows.nodes.check_hours import CheckHoursNode
from ivr.flows.nodes.check_pin import CheckPinNode
from ivr.flows.nodes.check_staffing import CheckStaffingNode
from ivr.flows.nodes.choose_alert import ChooseAlertNode
from ivr.flows.nodes.clear_bulletin import ClearBulletinNode
from ivr.flows.nodes.command_desk import CommandDeskNode
from ivr.flows.nodes.draw_sample import DrawSampleNode
from ivr.flows.nodes.end_authorisation import EndAuthorisationNode
from ivr.flows.nodes.end_invitation import EndInvitationNode
from ivr.flows.nodes.enter_flow import EnterFlowNode
from ivr.flows.nodes.find_prompt import FindPromptNode
from ivr.flows.nodes.find_reference import FindReferenceNode
from ivr.flows.nodes.forward import ForwardNode
from ivr.flows.nodes.forward_link import ForwardLinkNode
from ivr.flows.nodes.gather import GatherNode
from ivr.flows.nodes.go_on import GoOnNode
from ivr.flows.nodes.goto import GotoNode
from ivr.flows.nodes.hangup import HangupNode
from ivr.flows.nodes.invite_monthly import InviteMonthlyNode
from ivr.flows.nodes.keep_recording import KeepRecordingNode
from ivr.flows.nodes.keep_remark import KeepRemarkNode
from ivr.flows.nodes.menu import MenuNode
from ivr.flows.nodes.next_alert import NextAlertNode
from ivr.flows.nodes.open_matter import OpenMatterNode
from ivr.flows.nodes.opt_out import OptOutNode
from ivr.flows.nodes.pause import PauseNode
from ivr.flows.nodes.pay import PayNode
from ivr.flows.nodes.play import PlayNode
from ivr.flows.nodes.play_recording import PlayRecordingNode
from ivr.flows.nodes.promise import PromiseNode
from ivr.flows.nodes.rate import RateNode
from ivr.flows.nodes.record import RecordNode
from ivr.flows.nodes.repeat import RepeatNode
from ivr.flows.nodes.respond import RespondNode
from ivr.flows.nodes.return_ import ReturnNode
from ivr.flows.nodes.say import SayNode
from ivr.flows.nodes.send_email import SendEmailNode
from ivr.flows.nodes.send_sms import SendSmsNode
from ivr.flows.nodes.set_language import SetLanguageNode
from ivr.flows.nodes.set_pin import SetPinNode
from ivr.flows.nodes.set_preference import SetPreferenceNode
from ivr.flows.nodes.set_tempo import SetTempoNode
from ivr.flows.nodes.set_variable import SetVariableNode
from ivr.flows.nodes.take_card import TakeCardNode
from ivr.flows.nodes.tell_disposition import TellDispositionNode
from ivr.flows.nodes.transfer import TransferNode
from ivr.flows.nodes.vault import VaultNode
from ivr.flows.nodes.verify import VerifyNode
from ivr.flows.nodes.verify_factor import VerifyFactorNode
from ivr.flows.nodes.webhook import WebhookNode

Node = Annotated[
    AnswersNode
    | AuthoriseNode
    | BranchNode
    | BulletinNode
    | CallbackNode
    | CheckHoursNode
    | CheckPinNode
    | CheckStaffingNode
    | ChooseAlertNode
    | ClearBulletinNode
    | CommandDeskNode
    | DrawSampleNode
    | EndAuthorisationNode
    | EndInvitationNode
    | EnterFlowNode
    | FindPromptNode
    | FindReferenceNode
    | ForwardNode
    | ForwardLinkNode
    | GatherNode
    | GoOnNode
    | GotoNode
    | HangupNode
    | InviteMonthlyNode
    | KeepRecordingNode
    | KeepRemarkNode
    | MenuNode
    | NextAlertNode
    | OpenMatterNode
    | OptOutNode
    | PauseNode
    | PayNode
    | PlayNode
    | PlayRecordingNode
    | PromiseNode
    | RateNode
    | RecordNode
    | RepeatNode
    | RespondNode
    | ReturnNode
    | SayNode
    | SendEmailNode
    | SendSmsNode
    | SetLanguageNode
    | SetPinNode
    | SetPreferenceNode
    | SetTempoNode
    | TakeCardNode
    | SetVariableNode
    | TellDispositionNode
    | TransferNode
    | VaultNode
    | VerifyNode
    | VerifyFactorNode
    | WebhookNode,
    Field(discriminator="type"),
]

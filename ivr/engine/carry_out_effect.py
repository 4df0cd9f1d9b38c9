"""Do what a flow asks of the world: one case an effect, each a use case of its own."""

from __future__ import annotations

from dataclasses import replace

import structlog

from ivr.engine.authorise_payments import authorise_payments
from ivr.engine.call_webhook import call_webhook
from ivr.engine.check_factor import check_factor
from ivr.engine.check_hours import check_hours
from ivr.engine.check_pin import check_pin
from ivr.engine.check_staffing import check_staffing
from ivr.engine.choose_alert import choose_alert, next_alert
from ivr.engine.command_desk import command_desk
from ivr.engine.contact_media import contact_media
from ivr.engine.end_authorisation import end_authorisation
from ivr.engine.find_prompt import find_prompt
from ivr.engine.find_reference import find_reference
from ivr.engine.find_step import find_step
from ivr.engine.forward_alert import forward_alert
from ivr.engine.hand_to_vault import hand_to_vault
from ivr.engine.host import Host
from ivr.engine.invite_monthly import end_invitation, invite_monthly
from ivr.engine.keep_answer import draw_sample, keep_answer
from ivr.engine.keep_recording import clear_bulletin, keep_recording
from ivr.engine.open_intent import Origin
from ivr.engine.open_matter import open_matter
from ivr.engine.opt_out import carry_out_opt_out
from ivr.engine.pay import pay
from ivr.engine.record_voice import record_voice
from ivr.engine.request_callback import request_callback
from ivr.engine.send_message import send_message
from ivr.engine.set_pin import set_pin
from ivr.engine.set_preference import set_preference
from ivr.engine.take_card import take_card
from ivr.engine.transfer_out import transfer_out
from ivr.engine.wrap_up import wrap_up
from ivr.flows.effects import (
    AuthorisePayments,
    CallWebhook,
    CheckFactor,
    CheckHours,
    CheckPin,
    CheckStaffing,
    ChooseAlert,
    ClearBulletin,
    CommandDesk,
    DrawSample,
    Effect,
    EndAuthorisation,
    EndInvitation,
    FindPrompt,
    FindReference,
    FindStep,
    ForwardAlert,
    HandToVault,
    InviteMonthly,
    KeepAnswer,
    KeepRecording,
    NextAlert,
    OpenMatter,
    OptOut,
    Pay,
    RecordVoice,
    RequestCallback,
    SendMessage,
    SetPin,
    SetPreference,
    TakeCard,
    TellDisposition,
    Transfer,
    TransferOut,
)
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import OnTheLine, Party
from ivr.flows.state import SessionState

log = structlog.get_logger()

_Arrangement = AuthorisePayments | EndAuthorisation | InviteMonthly | EndInvitation
_Payment = Pay | TakeCard | HandToVault


async def carry_out_effect(host: Host, effect: Effect, state: SessionState) -> EffectDone | None:
    """Return the effect's result; None when it follows as an event of the call.

    `state` is that of the turn that asked for it, and has the secrets that the effect names by their handles.
    What nothing here can do fails, loudly and at once.
    """
    line = state.line
    party = _meant_by(effect, line)
    match effect:
        case Transfer() | TransferOut():
            return await _put_through(host, effect, state)
        case OptOut():
            return await carry_out_opt_out(host.world, line, effect, host.source)
        case CheckPin() | FindPrompt() | KeepRecording() | ClearBulletin():
            return await _carry_out_in_studio(host, effect, state)
        case RecordVoice() | CallWebhook() | CheckHours() | CheckStaffing() | TellDisposition():
            return await _carry_out_for_anybody(host, effect)
        case DrawSample():
            return draw_sample(host, effect)
        case KeepAnswer():
            return await keep_answer(host, party, effect)
        case FindReference() | CommandDesk():
            return await _compare_for_anybody(host, effect, state)
        case _ if party is None:
            log.warning("this needs a customer", effect=effect.kind, call=host.call.call_id)
            return EffectDone(effect.effect_id, effect.failure)
        case Pay() | TakeCard() | HandToVault():
            return await _carry_out_payment(host, party, effect, state)
        case _:
            return await _carry_out_for(host, party, effect, state)


def _meant_by(effect: Effect, line: OnTheLine) -> Party | None:
    """Return for whom an effect is carried out."""
    match effect:
        case CheckFactor():
            return line.meant
        case RequestCallback():
            return line.known
        case _:
            return line.acts_for


async def _put_through(host: Host, effect: Transfer | TransferOut, state: SessionState) -> EffectDone | None:
    """Let somebody else talk with the caller, or go on with it; a talk that is over is not begun anew."""
    if effect.taken_by is not None:
        if not host.call.is_elsewhere:
            return EffectDone(effect.effect_id, "done")
        host.call.remember_taker(effect.taken_by)
    match effect:
        case Transfer():
            await host.call.transfer(effect.effect_id, effect.queue, effect.priority, state.language)
            return None
        case TransferOut():
            return await transfer_out(host, effect)


async def _carry_out_in_studio(
    host: Host, effect: CheckPin | FindPrompt | KeepRecording | ClearBulletin, state: SessionState
) -> EffectDone:
    """Do what an administrator may who changes what callers hear."""
    match effect:
        case CheckPin():
            return await check_pin(host, effect, state.keyed)
        case FindPrompt():
            return find_prompt(host.contents.live, effect)
        case KeepRecording():
            return await keep_recording(host, effect)
        case ClearBulletin():
            return await clear_bulletin(host, effect)


async def _carry_out_for_anybody(
    host: Host, effect: RecordVoice | CallWebhook | CheckHours | CheckStaffing | TellDisposition
) -> EffectDone:
    """Do what is the same whoever is on the line."""
    match effect:
        case RecordVoice():
            return await record_voice(host, effect)
        case CallWebhook():
            return await call_webhook(host.world, host.call.call_id, effect)
        case CheckHours():
            return check_hours(host.contents.live, effect, host.world.clock())
        case CheckStaffing():
            return await check_staffing(host.world.staffing, effect)
        case TellDisposition():
            return await wrap_up(host.world, host.contents, host.call.call_id, effect)


async def _compare_for_anybody(
    host: Host, effect: FindReference | CommandDesk, state: SessionState
) -> EffectDone:
    """Do what whoever knows some digits may."""
    match effect:
        case FindReference():
            return await find_reference(host, effect, state)
        case CommandDesk():
            return await command_desk(host, effect, state)


async def _carry_out_payment(host: Host, party: Party, effect: _Payment, state: SessionState) -> EffectDone:
    """Do what moves money, and what it takes."""
    match effect:
        case Pay():
            effect = await _by_link_if_reached(host, party, effect)
            call_id, origin = host.call.call_id, Origin(alert_id=party.alert_id)
            return await pay(host.world, host.contents, call_id, party.customer_id, effect, origin=origin)
        case TakeCard():
            card = {name: secret.digits for name, secret in state.keyed.secrets.items()}
            today = host.world.clock().astimezone(host.contents.live.time_zone).date()
            return await take_card(host.world, party.customer_id, effect, card, today)
        case HandToVault():
            return await hand_to_vault(host, party.customer_id, effect, is_again=state.pick_ups > 0)


async def _carry_out_arrangement(host: Host, party: Party, effect: _Arrangement) -> EffectDone:
    """Do what is arranged for the months that come, or no more."""
    match effect:
        case AuthorisePayments():
            return await authorise_payments(host, party, effect)
        case EndAuthorisation():
            return await end_authorisation(host, party, effect)
        case InviteMonthly():
            return await invite_monthly(host, party, effect)
        case EndInvitation():
            return await end_invitation(host, party, effect)


async def _carry_out_for(host: Host, party: Party, effect: Effect, state: SessionState) -> EffectDone:
    """Do what takes a customer whom we know."""
    match effect:
        case CheckFactor():
            keyed = state.keyed.secrets[effect.secret].digits
            return await check_factor(host.world, party, effect, keyed, state.language)
        case SetPin():
            first, second = (state.keyed.secrets[name].digits for name in (effect.secret, effect.again))
            return await set_pin(host.world, party, effect, first, second)
        case SetPreference() | NextAlert() | ChooseAlert():
            return await _carry_out_choice(host, party, effect, state.language)
        case SendMessage():
            return await send_message(host, party, effect, state.language)
        case RequestCallback():
            return await request_callback(host, party, effect)
        case OpenMatter():
            return await open_matter(host, party, effect, state)
        case FindStep():
            return await find_step(host, party, effect, state)
        case AuthorisePayments() | EndAuthorisation() | InviteMonthly() | EndInvitation():
            return await _carry_out_arrangement(host, party, effect)
        case ForwardAlert() if party.alert_id is not None:
            return await forward_alert(host, party.alert_id, effect)
        case _:
            log.error("nothing carries out this effect", effect=effect.kind, call=host.call.call_id)
            return EffectDone(effect.effect_id, effect.failure)


async def _carry_out_choice(
    host: Host, party: Party, effect: SetPreference | NextAlert | ChooseAlert, language: str
) -> EffectDone:
    """Do what a customer prefers."""
    match effect:
        case SetPreference():
            return await set_preference(host.world, party, effect)
        case NextAlert():
            return await next_alert(host, party, effect, language)
        case ChooseAlert():
            return await choose_alert(host, party, effect, language)


async def _by_link_if_reached(host: Host, party: Party, command: Pay) -> Pay:
    """Return the payment without a link where the customer could not be sent one."""
    messaging = host.world.messaging
    media = await host.world.store.read(lambda tx: contact_media(tx, messaging, party.customer_id))
    return replace(command, by_link=command.by_link and bool(media))

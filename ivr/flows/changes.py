"""Actions that change the state and lead nowhere: one function for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ivr.flows import actions as act
from ivr.flows.draft import Draft


def _answer(draft: Draft, action: act.Answer) -> None:
    draft.respond(action.response, action.details)


def _raise_tier(draft: Draft, action: act.RaiseTier) -> None:
    draft.learn(action.tier, action.factor)


def _remember(draft: Draft, action: act.Remember) -> None:
    draft.memory = action.memory


def _collect(draft: Draft, action: act.Collect) -> None:
    draft.keyed = draft.keyed.with_digit(action.digit)


def _keep(draft: Draft, action: act.Keep) -> None:
    draft.keep(action.name, action.value)


def _keep_secret(draft: Draft, action: act.KeepSecret) -> None:
    draft.keyed = draft.keyed.with_secret(action.name, draft.node, is_for_next=action.is_for_next)


def _assign(draft: Draft, action: act.Assign) -> None:
    draft.assign(action.name, action.value, action.sources)


def _bring(draft: Draft, _: act.Bring) -> None:
    draft.bring()


def _begin_matter(draft: Draft, action: act.BeginMatter) -> None:
    draft.matters = (*draft.matters, (action.alert_id, len(draft.responses)))


def _language(draft: Draft, action: act.Language) -> None:
    draft.language = action.language
    draft.checkpoint()


def _set_tempo(draft: Draft, action: act.SetTempo) -> None:
    draft.tempo = action.tempo
    draft.checkpoint()


def _hold_key(draft: Draft, action: act.HoldKey) -> None:
    draft.keyed = draft.keyed.with_first(action.digit)


def _overlook(draft: Draft, action: act.Overlook) -> None:
    draft.keyed = draft.keyed.with_surplus(action.key)


def _forget_keys(draft: Draft, _: act.ForgetKeys) -> None:
    draft.keyed = draft.keyed.without_early()


def _log(draft: Draft, action: act.Log) -> None:
    draft.note(action.kind, action.detail)


CHANGES: Mapping[type[act.Action], Callable[[Draft, Any], None]] = {
    act.Answer: _answer,
    act.RaiseTier: _raise_tier,
    act.Remember: _remember,
    act.Collect: _collect,
    act.Keep: _keep,
    act.KeepSecret: _keep_secret,
    act.Assign: _assign,
    act.Bring: _bring,
    act.BeginMatter: _begin_matter,
    act.Language: _language,
    act.SetTempo: _set_tempo,
    act.HoldKey: _hold_key,
    act.Overlook: _overlook,
    act.ForgetKeys: _forget_keys,
    act.Log: _log,
}
"""What carries out each of them."""

"""Every check there is, in the order of the codes."""

from __future__ import annotations

from ivr.flows.lint.amount_not_read_back import AMOUNT_NOT_READ_BACK
from ivr.flows.lint.finding import Check
from ivr.flows.lint.flow_too_early import FLOW_TOO_EARLY
from ivr.flows.lint.flows_too_deep import FLOWS_TOO_DEEP
from ivr.flows.lint.key_means_two_things import KEY_MEANS_TWO_THINGS
from ivr.flows.lint.language_not_served import LANGUAGE_NOT_SERVED
from ivr.flows.lint.late_choice import LATE_CHOICE
from ivr.flows.lint.late_opening import LATE_OPENING
from ivr.flows.lint.late_opt_out import LATE_OPT_OUT
from ivr.flows.lint.loop_without_input import LOOP_WITHOUT_INPUT
from ivr.flows.lint.missing_disclosure import MISSING_DISCLOSURE
from ivr.flows.lint.missing_identification import MISSING_IDENTIFICATION
from ivr.flows.lint.missing_language import MISSING_LANGUAGE
from ivr.flows.lint.missing_no_input import MISSING_NO_INPUT
from ivr.flows.lint.missing_no_match import MISSING_NO_MATCH
from ivr.flows.lint.missing_voicemail_message import MISSING_VOICEMAIL_MESSAGE
from ivr.flows.lint.name_taken import NAME_TAKEN
from ivr.flows.lint.never_set_variable import NEVER_SET_VARIABLE
from ivr.flows.lint.no_opt_out import NO_OPT_OUT
from ivr.flows.lint.nobody_free import NOBODY_FREE
from ivr.flows.lint.node_too_early import NODE_TOO_EARLY
from ivr.flows.lint.not_recorded import NOT_RECORDED
from ivr.flows.lint.number_never_dialled import NUMBER_NEVER_DIALLED
from ivr.flows.lint.number_said_once import NUMBER_SAID_ONCE
from ivr.flows.lint.open_prompt_tells import OPEN_PROMPT_TELLS
from ivr.flows.lint.opt_out_confirmed import OPT_OUT_CONFIRMED
from ivr.flows.lint.pin_by_pin import PIN_BY_PIN
from ivr.flows.lint.prompt_too_early import PROMPT_TOO_EARLY
from ivr.flows.lint.result_never_returned import RESULT_NEVER_RETURNED
from ivr.flows.lint.secret_used_elsewhere import SECRET_USED_ELSEWHERE
from ivr.flows.lint.silence_hears_account import SILENCE_HEARS_ACCOUNT
from ivr.flows.lint.silent_end import SILENT_END
from ivr.flows.lint.third_party_hears import THIRD_PARTY_HEARS
from ivr.flows.lint.two_keys_alike import TWO_KEYS_ALIKE
from ivr.flows.lint.unknown_answer import UNKNOWN_ANSWER
from ivr.flows.lint.unknown_endpoint import UNKNOWN_ENDPOINT
from ivr.flows.lint.unknown_flow import UNKNOWN_FLOW
from ivr.flows.lint.unknown_hours import UNKNOWN_HOURS
from ivr.flows.lint.unknown_message import UNKNOWN_MESSAGE
from ivr.flows.lint.unknown_node import UNKNOWN_NODE
from ivr.flows.lint.unknown_profile import UNKNOWN_PROFILE
from ivr.flows.lint.unknown_prompt import UNKNOWN_PROMPT
from ivr.flows.lint.unproven_details import UNPROVEN_DETAILS
from ivr.flows.lint.unreachable_node import UNREACHABLE_NODE
from ivr.flows.lint.unsaid_recording import UNSAID_RECORDING
from ivr.flows.lint.unset_variable import UNSET_VARIABLE
from ivr.flows.lint.untold_late_answer import UNTOLD_LATE_ANSWER
from ivr.flows.lint.variable_not_brought import VARIABLE_NOT_BROUGHT

ERRORS: tuple[Check, ...] = (
    UNKNOWN_NODE,
    UNREACHABLE_NODE,
    UNKNOWN_PROMPT,
    TWO_KEYS_ALIKE,
    PROMPT_TOO_EARLY,
    NODE_TOO_EARLY,
    UNKNOWN_PROFILE,
    NOT_RECORDED,
    UNKNOWN_HOURS,
    UNKNOWN_ENDPOINT,
    NEVER_SET_VARIABLE,
    UNKNOWN_MESSAGE,
    THIRD_PARTY_HEARS,
    OPT_OUT_CONFIRMED,
    NUMBER_NEVER_DIALLED,
)
"""What load_flow refuses. They must bear a flow whose targets and prompts may not be there."""

ERRORS_ACROSS: tuple[Check, ...] = (
    UNKNOWN_FLOW,
    FLOW_TOO_EARLY,
    NAME_TAKEN,
)
"""What load_flow refuses where it knows the other flows. They must bear others with errors of their own."""

WARNINGS: tuple[Check, ...] = (
    UNTOLD_LATE_ANSWER,
    SILENT_END,
    LOOP_WITHOUT_INPUT,
    MISSING_NO_INPUT,
    MISSING_NO_MATCH,
    NO_OPT_OUT,
    KEY_MEANS_TWO_THINGS,
    AMOUNT_NOT_READ_BACK,
    MISSING_LANGUAGE,
    LATE_CHOICE,
    LATE_OPENING,
    NUMBER_SAID_ONCE,
    UNKNOWN_ANSWER,
    SILENCE_HEARS_ACCOUNT,
    OPEN_PROMPT_TELLS,
    SECRET_USED_ELSEWHERE,
    PIN_BY_PIN,
    UNSET_VARIABLE,
    NOBODY_FREE,
    MISSING_IDENTIFICATION,
    MISSING_DISCLOSURE,
    MISSING_VOICEMAIL_MESSAGE,
    LATE_OPT_OUT,
    UNPROVEN_DETAILS,
    UNSAID_RECORDING,
    FLOWS_TOO_DEEP,
    LANGUAGE_NOT_SERVED,
    VARIABLE_NOT_BROUGHT,
    RESULT_NEVER_RETURNED,
)
"""What load_flow lets pass. They look at flows without errors only; those that it enters may have some."""

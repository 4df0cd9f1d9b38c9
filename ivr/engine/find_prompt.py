"""Look a prompt up by the number that it is recorded under."""

from __future__ import annotations

from ivr.engine.content import Content
from ivr.flows.effects import FindPrompt
from ivr.flows.events import EffectDone
from ivr.prompts.part import Sound
from ivr.prompts.prompt import Prompt
from ivr.prompts.recordable import names_by_number, why_not_recorded


def find_prompt(content: Content, effect: FindPrompt) -> EffectDone:
    """Tell of the prompt; `unknown` when there is none in that language, or no recording of it is heard."""
    prompt = prompt_of_number(content, effect.number, effect.language)
    if prompt is None:
        return EffectDone(effect.effect_id, "unknown")
    about = {
        "name": prompt.name,
        "words": " ".join(segment.text for segment in prompt.render({})),
        "is_recorded": any(part.sound is Sound.RECORDING for part in prompt.parts),
    }
    return EffectDone(effect.effect_id, "found", about)


def prompt_of_number(content: Content, number: str, language: str) -> Prompt | None:
    """Return the prompt that is recorded under a number in a language; None: there is none."""
    name = names_by_number(content.catalogue).get(number)
    if name is None or language not in content.catalogue.languages(name):
        return None
    prompt = content.catalogue.prompt(name, language)
    return prompt if why_not_recorded(prompt) is None else None

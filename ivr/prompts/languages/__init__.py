"""The languages prompts can be written in. A new one is one file here and one line below."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ivr.prompts.languages.english import English
from ivr.prompts.languages.french import French
from ivr.prompts.languages.spanish import Spanish
from ivr.prompts.spoken_forms import SpokenForms

DEFAULT_LANGUAGE = "en"
"""Spoken when a prompt is missing in the language of the call."""

LANGUAGES: Mapping[str, SpokenForms] = MappingProxyType({"en": English(), "es": Spanish(), "fr": French()})
"""By the name of the language's folder: ISO 639-1, `en`."""

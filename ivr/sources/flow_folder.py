"""Flows by name, each with all that its sessions need, whatever else is wrong with the content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.errors import ContentError
from ivr.flows.compliance import load_profiles
from ivr.flows.flow import Flow
from ivr.flows.lint.flow_set import flow_set
from ivr.flows.load_flow import load_flow
from ivr.prompts.catalogue import Catalogue
from ivr.sources.content_folder import ContentFolders, load_prompts
from ivr.sources.findings import Findings, read_content
from ivr.sources.flow_files import beside, flow_file, name_of, readable_flows


@dataclass(frozen=True, slots=True)
class FlowInUse:
    """One flow with all that its sessions need."""

    flow: Flow
    flows: Mapping[str, Flow]
    """Those that it can get into, and itself, by name."""
    catalogue: Catalogue


class FlowFolder:
    """The flows of content folders. Prompts, profiles and the flows beside one are read once for all."""

    def __init__(self, folders: ContentFolders) -> None:
        """Read them; raises ContentError with all that is wrong with the prompts, or with the profiles."""
        self._catalogue = load_prompts(folders.prompts)
        findings = Findings()
        profiles = findings.of(lambda: load_profiles(findings.files(folders.compliance)))
        if profiles is None:
            raise ContentError(findings.problems)
        self._profiles = profiles
        self._folder = folders.flows
        self._files = readable_flows(folders.flows)
        self._in_use: dict[str, FlowInUse] = {}

    def in_use(self, wanted: str) -> FlowInUse:
        """Return one flow, by its name or file, with all prompts.

        Raises UsageError when it is not there, and ContentError with all that is wrong with it and those that
        it enters.
        """
        if wanted not in self._in_use:
            self._in_use[wanted] = self._load(wanted)
        return self._in_use[wanted]

    def _load(self, wanted: str) -> FlowInUse:
        first = read_content(flow_file(wanted, self._folder, self._files))
        files = [first, *beside(first, self._files)]
        together = flow_set(files, self._catalogue, self._profiles)
        by_name = {name_of(file): file for file in reversed(files)}
        flow = load_flow(first, self._catalogue, self._profiles, together)
        flows = {flow.name: flow}
        waiting = list(flow.enters)
        while waiting:
            name = waiting.pop()
            if name not in flows:
                flows[name] = load_flow(by_name[name], self._catalogue, self._profiles, together)
                waiting.extend(flows[name].enters)
        return FlowInUse(flow, flows, self._catalogue)

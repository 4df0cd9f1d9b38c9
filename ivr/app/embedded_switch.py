"""The Asterisk that comes with us: its instances as the settings want them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from ivr.settings import Settings
from ivr.switch import process
from ivr.switch.configuration import CarrierRole, EngineRole, carrier_trunk, render_configuration
from ivr.switch.install import present_installation
from ivr.switch.instance import Instance, open_instance, running_pid
from ivr.switch.layout import SwitchLayout
from ivr.switch.trunk import SIMULATED_TRUNK, Trunk, is_code


def engine_instance(settings: Settings) -> Instance:
    """Return the instance that the engine drives; raises InstallError when Asterisk is not installed."""
    layout = SwitchLayout(settings.home)
    return open_instance(present_installation(layout.asterisk_root), layout.engine)


def carrier_instance(settings: Settings) -> Instance:
    """Return the instance that is the simulated telephone network."""
    layout = SwitchLayout(settings.home)
    return open_instance(present_installation(layout.asterisk_root), layout.carrier)


def trunks(settings: Settings) -> tuple[Trunk, ...]:
    """Return the trunks of the settings and, for an Asterisk of ours, the one to the simulated network."""
    if settings.asterisk.ari_url is not None:
        return settings.trunks
    simulated = carrier_trunk(carrier_instance(settings), SIMULATED_TRUNK)
    return (simulated, *settings.trunks)


def render_engine(settings: Settings, instance: Instance) -> None:
    """Write the configuration of the engine's instance."""
    role = EngineRole(
        trunks=trunks(settings),
        softphones=settings.softphones,
        queues=settings.queues,
        emergency=settings.emergency,
        codes=tuple(line.number for line in settings.inbound if is_code(line.number)),
        sip_address=settings.asterisk.sip_address,
    )
    render_configuration(instance, role)


def render_carrier(settings: Settings, instance: Instance) -> None:
    """Write the configuration of the simulated network."""
    render_configuration(instance, CarrierRole(engine=engine_instance(settings)))


def start_engine_switch(settings: Settings) -> Instance:
    """Start the engine's Asterisk unless it runs already, and return it."""
    instance = engine_instance(settings)
    if running_pid(instance) is None:
        render_engine(settings, instance)
        process.start(instance)
    return instance


def start_pair(settings: Settings) -> tuple[Instance, Instance]:
    """Start the engine's Asterisk and the simulated network, each unless it runs already; return both."""
    engine, carrier = engine_instance(settings), carrier_instance(settings)
    stopped = [instance for instance in (engine, carrier) if running_pid(instance) is None]
    # Both are rendered before either starts: each names the other's port, which is free until then.
    if engine in stopped:
        render_engine(settings, engine)
    if carrier in stopped:
        render_carrier(settings, carrier)
    with ThreadPoolExecutor(2) as side_by_side:
        list(side_by_side.map(process.start, stopped))
    return engine, carrier

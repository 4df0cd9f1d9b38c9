"""Cut an earlier engine off from the switch.

A process that was stopped, or thought dead, may wake up and dial. Its ARI user is therefore taken away at the
switch before anybody else decides what became of its calls. Seen on Asterisk 22.10: from the reload on, the
old user gets 401 on every HTTP request *and* on every REST request over a web socket that was open already;
the socket itself stays up and hears events until it is shut, so it is shut too.
"""

from __future__ import annotations

from dataclasses import replace

from ivr.errors import FencedError
from ivr.switch.configuration import render_ari_users
from ivr.switch.credentials import CREDENTIALS_FILE, for_next_owner, load_or_create, save
from ivr.switch.file_lock import locked
from ivr.switch.instance import Instance, running_pid
from ivr.switch.process import cli

SHUT_SOCKETS = "ari shutdown websocket sessions"


def fence(instance: Instance, epoch: int) -> Instance:
    """Make the owner of `epoch` the only one who can control calls, and return the instance as it sees it.

    A later owner keeps its right: FencedError is raised for an epoch below the one that the switch knows.
    Fencing twice for one epoch changes nothing. Raises NotRunningError when Asterisk does not answer.
    """
    file = instance.folder / CREDENTIALS_FILE
    with locked(instance.folder / "fence.lock"):
        known = load_or_create(file)
        if epoch < known.epoch:
            raise FencedError(f"the switch belongs to epoch {known.epoch}; this is the owner of {epoch}")
        mine = known if epoch == known.epoch else for_next_owner(known, epoch)
        save(mine, file)
        owned = replace(instance, credentials=mine)
        render_ari_users(owned)
        if mine != known and running_pid(owned) is not None:
            cli(owned, "module reload res_ari.so")
            cli(owned, SHUT_SOCKETS)
    return owned

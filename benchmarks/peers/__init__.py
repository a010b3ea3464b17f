"""The systems that are compared, one a file, all of one shape."""

from __future__ import annotations

from benchmarks.peers import mathverify, maxima, ours, sympys
from benchmarks.peers.peer import Peer

PEERS: dict[str, Peer] = {peer.name: peer for peer in (*ours.PEERS, *sympys.PEERS, *mathverify.PEERS, *maxima.PEERS)}
"""By name, in the order of the table."""

__all__ = ["PEERS", "Peer"]

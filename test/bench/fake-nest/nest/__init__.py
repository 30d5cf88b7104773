"""A stand-in for NEST in tests: writes down the calls it gets and simulates nothing.

Its neurons fire regularly, 20 times a second, each at a phase of its own. FAKE_NEST_CALLS names
the file that gets the calls, one JSON list a line.
"""

import json
import os

from . import math, random

__version__ = "0.0-fake"

print("a banner, as NEST prints one")

_models = []
_time = 0.0
_settings = {}


def _plain(value):
    if isinstance(value, NodeCollection):
        return {"nodes": [value.ids[0], value.ids[-1]]}
    if isinstance(value, random.Parameter):
        return value.text
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value


def _record(*call):
    with open(os.environ["FAKE_NEST_CALLS"], "a", encoding="utf-8") as file:
        file.write(json.dumps([_plain(entry) for entry in call]) + "\n")


class NodeCollection:
    def __init__(self, ids):
        self.ids = list(ids)

    def tolist(self):
        return self.ids

    def set(self, params):
        _record("set", self, params)

    def get(self, key):
        assert key == "events" and _models[self.ids[0] - 1] == "spike_recorder"
        neurons = [i + 1 for i, model in enumerate(_models) if model.startswith("iaf_")]
        # Thread by thread, as NEST does it: the senders of one, then of the other.
        times, senders = [], []
        for thread in (0, 1):
            for sender in neurons[thread::2]:
                for spike in range(int(_time / 50)):
                    times.append(50.0 * spike + 0.1 * (1 + sender % 499))
                    senders.append(sender)
        return {"times": times, "senders": senders}


def ResetKernel():
    global _time
    _models.clear()
    _time = 0.0
    _record("ResetKernel")


def SetKernelStatus(params):
    _settings.update(params)
    _record("SetKernelStatus", params)


def Create(model, n=1, params=None):
    _record("Create", model, n, params)
    first = len(_models) + 1
    _models.extend([model] * n)
    return NodeCollection(range(first, first + n))


def Connect(pre, post, conn_spec=None, syn_spec=None):
    _record("Connect", pre, post, conn_spec, syn_spec)


def CopyModel(existing, new, params=None):
    _record("CopyModel", existing, new, params)


def SetDefaults(model, params):
    _record("SetDefaults", model, params)


def Prepare():
    _record("Prepare")


def Run(t):
    global _time
    _time += t
    _record("Run", t)


def Cleanup():
    _record("Cleanup")

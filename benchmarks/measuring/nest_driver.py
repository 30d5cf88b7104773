"""Builds and simulates one network with PyNEST and writes down what that took.

    python3 nest_driver.py --version FILE       writes {"version": ...}
    python3 nest_driver.py JOB.json FOLDER      writes FOLDER/result.json and the recorded spikes

JOB.json holds `settings` (resolution, local_num_threads, rng_seed), the `steps` that make the
network, the `recorders` whose spikes are wanted, and the times `presimulation` and `time` in ms.
Spikes go to FOLDER/<recorder>.times (float64, ms) and FOLDER/<recorder>.senders (uint32).
Exit status 3: there is no module `nest`. Only documented functions of PyNEST are called.
"""

import array
import json
import os
import resource
import sys
import time

# A synapse model of NEST holds at most 2**27 - 1 connections a thread; copies hold the next ones.
MOST_CONNECTIONS = 2**27 - 1

OPERATIONS = {
    "add": lambda nest, a, b: a + b,
    "sub": lambda nest, a, b: a - b,
    "mul": lambda nest, a, b: a * b,
    "div": lambda nest, a, b: a / b,
    "pow": lambda nest, a, b: a**b,
    "neg": lambda nest, a: -a,
    "exp": lambda nest, a: nest.math.exp(a),
    "sin": lambda nest, a: nest.math.sin(a),
    "cos": lambda nest, a: nest.math.cos(a),
    "min": lambda nest, a, b: nest.math.min(a, b),
    "max": lambda nest, a, b: nest.math.max(a, b),
    "redraw": lambda nest, a, low, high: nest.math.redraw(a, min=low, max=high),
    "uniform": lambda nest, low, high: nest.random.uniform(min=low, max=high),
    "uniform_int": lambda nest, end: nest.random.uniform_int(int(end)),
    "normal": lambda nest, mean, std: nest.random.normal(mean=mean, std=std),
    "lognormal": lambda nest, mean, std: nest.random.lognormal(mean=mean, std=std),
    "exponential": lambda nest, beta: nest.random.exponential(beta=beta),
}


def expression(nest, steps):
    """A number, or steps [operation, *operands] as an object of nest.random and nest.math; an operand is a
    number or [place of an earlier step]."""
    if not isinstance(steps, list):
        return float(steps)
    made = []
    for operation, *operands in steps:
        values = [made[o[0]] if isinstance(o, list) else float(o) for o in operands]
        made.append(OPERATIONS[operation](nest, *values))
    return made[-1]


def nodes(nest, ranges):
    return nest.NodeCollection([i for first, last in ranges for i in range(first, last + 1)])


def value(nest, given):
    if given in ("Infinity", "-Infinity", "NaN"):
        return float(given)
    if isinstance(given, dict):
        if "nodes" in given:
            return nodes(nest, given["nodes"])
        return expression(nest, given["parameter"])
    return given


# Numbers without a fraction come as int, which NEST takes for every parameter that is a number.
def values(nest, given):
    return {key: value(nest, entry) for key, entry in given.items()}


def size(ranges):
    return sum(last - first + 1 for first, last in ranges)


def connections(step):
    """How many synapses a Connect makes; 0 where that is left to chance."""
    rule = step["conn_spec"]["rule"]
    if rule == "fixed_total_number":
        return step["conn_spec"]["N"]
    if rule == "fixed_indegree":
        return step["conn_spec"]["indegree"] * size(step["post"])
    if rule == "fixed_outdegree":
        return step["conn_spec"]["outdegree"] * size(step["pre"])
    if rule == "all_to_all":
        return size(step["pre"]) * size(step["post"])
    if rule == "one_to_one":
        return size(step["pre"])
    return 0


class Network:
    """Makes the network of a job step by step."""

    def __init__(self, nest, threads):
        self.nest = nest
        self.capacity = 0.95 * MOST_CONNECTIONS * threads  # targets are not dealt out evenly
        self.held = {}  # connections by synapse model
        self.current = {}  # the copy of a synapse model that is being filled

    def make(self, step):
        getattr(self, "make_" + step["do"])(step)

    def make_Create(self, step):
        made = self.nest.Create(step["model"], step["n"], params=values(self.nest, step["params"]))
        first = made.tolist()[0]
        if first != step["first"]:
            raise RuntimeError(f"nodes are numbered from {first}, not from {step['first']}")

    def make_Connect(self, step):
        synapse = values(self.nest, step["syn_spec"])
        synapse["synapse_model"] = self.model_with_room(
            synapse.get("synapse_model", "static_synapse"), connections(step)
        )
        self.nest.Connect(
            nodes(self.nest, step["pre"]),
            nodes(self.nest, step["post"]),
            values(self.nest, step["conn_spec"]),
            synapse,
        )

    def model_with_room(self, model, count):
        name = self.current.get(model, model)
        held = self.held.get(name, 0)
        if held > 0 and held + count > self.capacity:
            name = f"{model}_{len(self.held)}"
            self.nest.CopyModel(model, name)
            self.current[model] = name
            held = 0
        self.held[name] = held + count
        return name

    def make_set(self, step):
        nodes(self.nest, step["nodes"]).set(values(self.nest, step["params"]))

    def make_SetDefaults(self, step):
        self.nest.SetDefaults(step["model"], values(self.nest, step["params"]))

    def make_CopyModel(self, step):
        self.nest.CopyModel(step["existing"], step["name"], values(self.nest, step["params"]))


def simulate(nest, job):
    """Times of construction and simulation in s, as the other engine takes them."""
    nest.ResetKernel()
    nest.SetKernelStatus(job["settings"])
    started = time.perf_counter()
    network = Network(nest, job["settings"]["local_num_threads"])
    for step in job["steps"]:
        network.make(step)
    nest.Prepare()
    built = time.perf_counter()
    if job["presimulation"] > 0:
        nest.Run(float(job["presimulation"]))
    settled = time.perf_counter()
    nest.Run(float(job["time"]))
    ended = time.perf_counter()
    nest.Cleanup()
    return {"build_time": built - started, "wall_time": ended - settled}


def write_spikes(nest, recorder, folder):
    events = nodes(nest, [[recorder, recorder]]).get("events")
    with open(os.path.join(folder, f"{recorder}.times"), "wb") as file:
        array.array("d", events["times"]).tofile(file)
    with open(os.path.join(folder, f"{recorder}.senders"), "wb") as file:
        array.array("I", [int(sender) for sender in events["senders"]]).tofile(file)


def peak_memory():
    """Largest resident memory of this process, bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def main(argv):
    try:
        import nest
    except ImportError as problem:
        print(problem, file=sys.stderr)
        return 3
    if argv[0] == "--version":
        with open(argv[1], "w", encoding="utf-8") as file:
            json.dump({"version": str(nest.__version__)}, file)
        return 0
    job_file, folder = argv
    with open(job_file, encoding="utf-8") as file:
        job = json.load(file)
    result = simulate(nest, job)
    result["peak_memory"] = peak_memory()
    for recorder in job["recorders"]:
        write_spikes(nest, recorder, folder)
    with open(os.path.join(folder, "result.json"), "w", encoding="utf-8") as file:
        json.dump(result, file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

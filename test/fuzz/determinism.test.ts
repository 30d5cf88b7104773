// Random networks give the same on any machine, however their simulation is cut.
import { TegmentaError } from '../../lib';
import { native } from '../../lib/native';
import { seeds, timeout } from './budget';
import { Draws } from './draws';
import { type Machine, NetworkMaker, type RandomNetwork } from './networks';

/** How a network is simulated. */
interface Way extends Machine {
  /** Of random cuts; undefined: none but those of the changes. */
  readonly cuts?: number;
  /** In calls of Run between Prepare and Cleanup. */
  readonly prepared?: boolean;
  /** Without blocking. */
  readonly asynchronous?: boolean;
  /** Reads at each cut. */
  readonly reads?: boolean;
}

async function simulate(
  network: RandomNetwork,
  way: Way,
): Promise<{ spikes: number; events: number }> {
  const { kernel, steps, changes, resolution } = network;
  const d = new Draws(way.cuts ?? 0);
  const total = { spikes: 0, events: 0 };
  const left = [...changes];
  for (let step = 0; step < steps;) {
    while (left[0]?.step === step) left.shift()?.act();
    let n = (left[0]?.step ?? steps) - step;
    if (way.cuts !== undefined) n = Math.min(n, 1 + d.below(d.chance(0.3) ? 3 : 120));
    const ms = n * resolution;
    if (way.prepared) kernel.Prepare();
    const report = way.asynchronous
      ? await (way.prepared ? kernel.Run(ms) : kernel.Simulate(ms))
      : way.prepared
        ? kernel.RunSync(ms)
        : kernel.SimulateSync(ms);
    if (way.prepared) kernel.Cleanup();
    if (way.reads) network.look();
    total.spikes += report.spikes;
    total.events += report.synaptic_events;
    step += n;
  }
  return total;
}

async function outcomeOf(seed: number, way: Way): Promise<Record<string, unknown>> {
  const network = new NetworkMaker(seed, way);
  try {
    const total = await simulate(network, way);
    return { ...network.digests(), ...total };
  } catch (error) {
    // The simulation itself may fail, but then in every way.
    if (!(error instanceof TegmentaError) || error.name === 'InternalError') throw error;
    return { failed: error.name };
  } finally {
    network.kernel.dispose();
  }
}

/** Some of the ways, each kind at least once. */
function waysFor(seed: number): Way[] {
  const d = new Draws(seed);
  const machine = (): Machine => ({
    threads: d.pick([1, 2, 3, 7]),
    simd: d.pick(native.simdLevels),
  });
  return [
    { threads: 2 + d.below(6), simd: native.simdLevel() },
    { threads: 1, simd: d.pick(native.simdLevels) },
    { ...machine(), cuts: seed },
    { ...machine(), cuts: seed + 1, prepared: true },
    { ...machine(), cuts: seed + 2, reads: true },
    { ...machine(), asynchronous: true, prepared: d.chance(0.5) },
  ];
}

test(
  'results do not depend on threads, instruction sets, cuts or what is read',
  async () => {
    for (const seed of seeds('determinism')) {
      const expected = await outcomeOf(seed, { threads: 1, simd: native.simdLevel() });
      for (const way of waysFor(seed)) {
        expect({ seed, way, ...(await outcomeOf(seed, way)) }).toEqual({ seed, way, ...expected });
      }
    }
  },
  timeout,
);

// Brunel's network of 12,500 neurons and what it fires. As a program it prints, and as a worker it
// posts, the digest of the first `argv[2]` ms, simulated by two threads.
import { createHash } from 'node:crypto';
import { isMainThread, parentPort } from 'node:worker_threads';
import {
  brunelParameters,
  buildBrunel,
  RESOLUTION,
  type BrunelNetwork,
  type BrunelOptions,
} from '../../../benchmarks/experiments/brunel-network';
import { countUpTo } from '../../../lib/analysis';
import { Kernel } from '../../../lib/kernel';
import { native } from '../../../lib/native';

const options: BrunelOptions = {
  scale: 1,
  size: undefined,
  g: 5,
  eta: 2,
  J: 0.1,
  neuron: 'iaf_psc_delta',
  V_reset: 0,
  discard: 0,
};

export interface SpikeDigest {
  readonly spikes: number;
  readonly sha256: string;
}

/** Makes the network in an empty kernel. */
export function makeBrunel(kernel: Kernel, threads: number, seed = 55): BrunelNetwork {
  kernel.SetKernelStatus({
    resolution: RESOLUTION,
    local_num_threads: threads,
    rng_seed: seed,
  });
  return buildBrunel(kernel, options, brunelParameters(options));
}

/** Digest of all recorded spikes up to a time, or of all there are. */
export function spikeDigest({ spikes_E, spikes_I }: BrunelNetwork, until = Infinity): SpikeDigest {
  const hash = createHash('sha256');
  let spikes = 0;
  for (const recorder of [spikes_E, spikes_I]) {
    const { times, senders } = recorder.events;
    const count = countUpTo(times, until);
    hash.update(times.subarray(0, count)).update(senders.subarray(0, count));
    spikes += count;
  }
  return { spikes, sha256: hash.digest('hex') };
}

/** What the program prints or posts. */
export interface Report extends SpikeDigest {
  readonly simdLevel: string;
}

async function report(time: number): Promise<Report> {
  const kernel = new Kernel();
  const network = makeBrunel(kernel, 2);
  await kernel.Simulate(time);
  const digest = spikeDigest(network);
  kernel.dispose();
  return { ...digest, simdLevel: native.simdLevel() };
}

if (!isMainThread && parentPort !== null) {
  void report(Number(process.argv[2])).then((result) => parentPort!.postMessage(result));
} else if (require.main === module) {
  void report(Number(process.argv[2])).then((result) => console.log(JSON.stringify(result)));
}

// The microcircuit of simulation 5: how it is made, what it answers, and how answers are kept.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serialize } from 'node:v8';
import { ListeningLiquid } from '../../../../benchmarks/experiments/legenstein/speech/liquid';
import {
  buildLiquid,
  channelOf,
} from '../../../../benchmarks/experiments/legenstein/speech/liquid-network';
import { listeningTime } from '../../../../benchmarks/experiments/legenstein/speech/liquid-parameters';
import { syntheticCorpus } from '../../../../benchmarks/experiments/legenstein/speech/recordings';
import {
  type Computed,
  respond,
} from '../../../../benchmarks/experiments/legenstein/speech/responses';
import {
  INPUTS,
  utterancesOf,
} from '../../../../benchmarks/experiments/legenstein/speech/utterances';
import { Kernel } from '../../../../lib';

jest.mock('node:worker_threads', () => jest.requireActual<object>('../../../typescript-workers'));
jest.setTimeout(60_000);

const utterances = utterancesOf(syntheticCorpus(2).takes, { total: 100, equal: true });
const settings = { seed: 7, inhibition: -75 };

describe('the circuit', () => {
  test('hears each channel in a cube of 27 neurons', () => {
    const channels = Array.from({ length: 540 }, (_, i) => channelOf(i));
    for (let channel = 0; channel < INPUTS; channel++) {
      const places = channels.flatMap((own, i) => (own === channel ? [i] : []));
      expect(places).toHaveLength(27);
      for (const [size, stride, count] of [
        [36, 36, 15],
        [6, 6, 6],
        [1, 1, 6],
      ] as const) {
        const along = places.map((i) => Math.floor(i / size) % (size === stride ? count : 1));
        expect(Math.max(...along) - Math.min(...along)).toBe(2);
      }
    }
    expect([channels[0], channels[3], channels[18], channels[108], channels[539]]).toEqual([
      0, 1, 2, 4, 19,
    ]);
  });

  test('is connected as it is published', () => {
    const kernel = new Kernel();
    try {
      const { excitatory } = buildLiquid(kernel, settings);
      expect(Math.abs(excitatory.length - 432)).toBeLessThan(40);
      const synapses = kernel.GetConnections({ synapse_model: 'tsodyks2_synapse' });
      // 540 × 539 pairs with probability 0.1: 29,106 ± 162.
      expect(Math.abs(synapses.length - 29_106)).toBeLessThan(4 * 162);
      const [ports, weights] = [synapses.get('receptor'), synapses.get('weight')] as [
        ArrayLike<number>,
        ArrayLike<number>,
      ];
      const kinds = new Set(Array.from(ports, (port, i) => `${port} ${weights[i]!.toFixed(2)}`));
      expect(kinds).toEqual(new Set(['1 0.78', '2 5.10']));
      const [U, tau_rec] = [synapses.get('U'), synapses.get('tau_rec')] as Float64Array[];
      expect(Math.min(...U!)).toBeGreaterThanOrEqual(0.05);
      expect(Math.max(...U!)).toBeLessThanOrEqual(0.95);
      expect(Math.min(...tau_rec!)).toBeGreaterThanOrEqual(5);
      expect(synapses.get('u')).toEqual(U);
    } finally {
      kernel.dispose();
    }
  });
});

test('a trial is long enough for the longest utterance', () => {
  const until = (...times: number[]) => ({
    ...{ digit: 1 as const, take: 0, channels: new Uint8Array(times.length) },
    times: Float64Array.from(times),
  });
  expect(listeningTime([until(5, 580), until()])).toBe(700);
  expect(listeningTime([until(610), until(3)])).toBe(800);
  expect(listeningTime([until(2299)])).toBe(2400);
});

describe('answers', () => {
  const listen = (trials: readonly [number, number][], inhibition = -75) => {
    const liquid = new ListeningLiquid({ seed: 7, inhibition }, utterances);
    try {
      return trials.map(([utterance, seed]) => liquid.listen({ utterance, seed }));
    } finally {
      liquid.dispose();
    }
  };

  test('depend on utterance and noise, and on nothing that was heard before', () => {
    const [one, two, again, other] = listen([
      [0, 5],
      [2, 5],
      [0, 5],
      [0, 6],
    ]);
    expect(again).toEqual(one);
    expect(two).not.toEqual(one);
    expect(other).not.toEqual(one);
    expect(listen([[0, 6]])[0]).toEqual(other);
    // Two spikes a neuron, of excitatory neurons.
    expect(one!.steps.length).toBeGreaterThan(300);
    expect(Math.max(...one!.neurons)).toBeLessThan(540);
    expect(one!.steps).toEqual(one!.steps.toSorted());
    expect(listen([[0, 5]], 0)[0]).not.toEqual(one);
  });
});

describe('responses', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-liquid-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const trials = Array.from({ length: 24 }, (_, i) => ({ utterance: i % 4, seed: 100 + i }));
  const plan = { settings, utterances, trials };
  const ask = (more: { threads?: number; signal?: AbortSignal; folder?: string } = {}) => {
    const told: number[] = [];
    const answer = respond(plan, {
      ...{ threads: 1, signal: new AbortController().signal, ...more },
      progress: (fraction) => told.push(fraction),
    });
    return answer.then((computed) => ({ computed, told }));
  };
  const without = ({ excitatory, responses }: Computed) => ({ excitatory, responses });

  test('are the same from one worker or two, and told batch by batch', async () => {
    const { computed: one, told } = await ask();
    const { computed: two } = await ask({ threads: 2 });
    expect(one!.responses).toHaveLength(24);
    expect(without(two!)).toEqual(without(one!));
    expect(one!.trialTime).toBeGreaterThan(0);
    expect(told).toEqual([20 / 24, 1]);
  });

  test('are kept, and found again; not what has been spoiled', async () => {
    const { computed: first } = await ask({ folder });
    const files = readdirSync(folder);
    expect(files).toEqual([expect.stringMatching(/^liquid-[0-9a-f]{16}\.bin$/)]);
    const { computed: kept, told } = await ask({ folder });
    expect(kept).toEqual(without(first!));
    expect(told).toEqual([]);
    const file = path.join(folder, files[0]!);
    const [one, ...rest] = first!.responses;
    const ofAnother = [{ ...one!, steps: one!.steps.map((step) => step + 1) }, ...rest];
    for (const spoiled of [
      readFileSync(file).subarray(0, 500),
      serialize({ ...without(first!), responses: ofAnother }),
    ]) {
      writeFileSync(file, spoiled);
      const { computed: anew } = await ask({ folder });
      expect(without(anew!)).toEqual(without(first!));
      expect(anew!.trialTime).toBeGreaterThan(0);
    }
  });

  test('of another circuit are others', async () => {
    await ask({ folder });
    await respond(
      { ...plan, trials: trials.slice(0, 1), settings: { ...settings, inhibition: 0 } },
      { threads: 1, signal: new AbortController().signal, folder, progress: () => undefined },
    );
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('that are interrupted are none, and leave no file', async () => {
    const { computed } = await ask({ signal: AbortSignal.abort(), folder });
    expect(computed).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a worker that fails says why', async () => {
    const wrong = { ...plan, settings: { ...settings, inhibition: NaN } };
    await expect(
      respond(wrong, {
        ...{ threads: 2, signal: new AbortController().signal },
        progress: () => undefined,
      }),
    ).rejects.toThrow(/E_rev/);
  });
});

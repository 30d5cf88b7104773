// Networks learn XOR from nothing but a reward, or a punishment, for every spike of their output.
import { setImmediate } from 'node:timers/promises';
import { Kernel, random } from '../../lib';
import { mean, standardDeviation } from '../../lib/analysis';
import { defineExperiment, type Quantity, type Table } from '../../lib/cli/experiment';
import { stackedPanels, type Figure } from '../../lib/plot';
import { BLACK, BLUE, GREEN, VERMILLION } from './colors';
import {
  DURATION,
  florianXorOptions,
  florianXorParameters,
  PATTERNS,
  RESOLUTION,
  type Rule,
  RULES,
  XorNetworks,
} from './florian-xor-network';

/** Every pattern once, ms. */
const EPOCH = PATTERNS.length * DURATION;
/** Epochs without reward, which leave the weights as they are, before and after learning. */
const TESTS = 10;
/** XOR is learned when the lower of the rates for 1 is that much above the higher one for 0. */
const SEPARATION = 1.5;

const target = ([a, b]: readonly number[]): boolean => a !== b;
const nameOf = (pattern: readonly number[]): string => pattern.join('');

/** Rates of the output neurons: [epoch][pattern][network]. */
type Rates = number[][][];

/** What is saved of a run. */
interface SavedXor {
  readonly rates: { readonly before: Rates; readonly learning: Rates; readonly after: Rates };
  readonly draws: bigint;
  readonly spikes: { readonly times: number[]; readonly senders: number[] };
}

export const florianXor = defineExperiment({
  name: 'florian-xor',
  summary: 'XOR of two rates, learned from a reward for every spike of the output',
  reference: 'Florian (2007) Neural Comput 19:1468',
  defaultTime: 120 * EPOCH,
  // Learning lasts whole epochs.
  resolution: EPOCH,
  options: florianXorOptions,

  resumable: true,

  async run({ time, threads, seed, options, signal, progress, checkpoint }) {
    const epochs = time / EPOCH;
    const kernel = new Kernel();
    try {
      progress('building', 0);
      kernel.SetKernelStatus({
        resolution: RESOLUTION,
        local_num_threads: threads,
        rng_seed: seed,
      });
      const networks = new XorNetworks(kernel, options);
      kernel.Prepare();
      const saved = await checkpoint?.resume<SavedXor>(kernel);
      const { before, learning, after } = saved?.rates ?? { before: [], learning: [], after: [] };
      const draws = random.stream(saved?.draws ?? seed);
      if (saved) networks.takeUp(saved.spikes);
      const program = (): SavedXor => ({
        rates: { before, learning, after },
        draws: draws.state,
        spikes: { times: networks.times, senders: networks.senders },
      });
      let shown = PATTERNS.length * (before.length + learning.length + after.length);
      const showEpochs = async (rates: Rates, count: number, learning: boolean): Promise<void> => {
        while (rates.length < count && !signal.aborted) {
          const epoch: number[][] = PATTERNS.map(() => []);
          for (const i of shuffled(PATTERNS.length, draws)) {
            const pattern = PATTERNS[i]!;
            epoch[i] = networks.present(pattern, learning ? (target(pattern) ? 1 : -1) : 0);
            progress('simulating', ++shown / ((epochs + 2 * TESTS) * PATTERNS.length));
            // Lets an interruption through, and the progress be drawn.
            await setImmediate();
          }
          rates.push(epoch);
          await checkpoint?.offer(program, kernel);
        }
      };
      await showEpochs(before, TESTS, false);
      await showEpochs(learning, epochs, true);
      await showEpochs(after, TESTS, false);
      kernel.Cleanup();
      const outcomes = outcomesOf({ before, learning, after }, options.networks);
      return {
        parameters: { ...florianXorParameters, tests: TESTS, separation: SEPARATION },
        quantities: outcomes.flatMap(quantitiesOf),
        figures: learning.length > 0 ? [figure(outcomes, seed)] : [],
        spikes: {
          times: Float64Array.from(networks.times),
          senders: Uint32Array.from(networks.senders),
        },
        tables: outcomes.flatMap(tablesOf),
      };
    } finally {
      kernel.dispose();
    }
  },
});

/** What the networks of each rule did. */
function outcomesOf({ before, learning, after }: SavedXor['rates'], networks: number): Outcome[] {
  return RULES.map((rule, k) => {
    const own = (rates: Rates) =>
      rates.map((epoch) => epoch.map((r) => r.slice(k * networks, (k + 1) * networks)));
    return outcomeOf(rule, own(before), own(learning), own(after), networks);
  });
}

/** The numbers below n in random order. */
function shuffled(n: number, draws: random.RandomStream): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = draws.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** What the networks of one rule did. */
interface Outcome {
  readonly rule: Rule;
  readonly networks: number;
  readonly learning: Rates;
  /** Mean rates before and after learning: [pattern][network]; NaN where there was no test. */
  readonly before: number[][];
  readonly after: number[][];
  /** By network. */
  readonly learned: boolean[];
}

function outcomeOf(
  rule: Rule,
  before: Rates,
  learning: Rates,
  after: Rates,
  networks: number,
): Outcome {
  const each = Array.from({ length: networks }, (_, i) => i);
  const means = (rates: Rates) =>
    PATTERNS.map((_, p) => each.map((i) => mean(rates.map((epoch) => epoch[p]![i]!))));
  const final = means(after);
  const learned = each.map((i) => {
    const rates = (wanted: boolean) =>
      final.flatMap((r, p) => (target(PATTERNS[p]!) === wanted ? [r[i]!] : []));
    return Math.min(...rates(true)) > SEPARATION * Math.max(...rates(false));
  });
  return { rule, networks, learning, before: means(before), after: final, learned };
}

function quantitiesOf({ rule, before, after, learned, networks }: Outcome): Quantity[] {
  const label = rule.toUpperCase();
  return [
    ...PATTERNS.flatMap((pattern, p): Quantity[] =>
      (
        [
          ['before', before],
          ['after', after],
        ] as const
      ).map(([when, rates]) => ({
        key: `rate_${rule}_${nameOf(pattern)}_${when}`,
        label: `${label}, rate for ${pattern.join(', ')} ${when} learning`,
        value: mean(rates[p]!),
        unit: 'spikes/s',
      })),
    ),
    {
      key: `learned_${rule}`,
      label: `${label}, part of the networks that learned`,
      value: learned.filter(Boolean).length / networks,
      unit: '',
    },
  ];
}

function tablesOf({ rule, learning, after, learned }: Outcome): Table[] {
  const columns = (prefix: string, values: (p: number) => number[]) =>
    Object.fromEntries(PATTERNS.map((pattern, p) => [`${prefix}_${nameOf(pattern)}`, values(p)]));
  return [
    {
      name: `learning-${rule}`,
      columns: {
        epoch: learning.map((_, e) => e + 1),
        ...columns('mean', (p) => learning.map((epoch) => mean(epoch[p]!))),
        ...columns('sd', (p) => learning.map((epoch) => standardDeviation(epoch[p]!))),
      },
    },
    {
      name: `networks-${rule}`,
      columns: {
        network: learned.map((_, i) => i + 1),
        ...columns('rate', (p) => after[p]!),
        learned: learned.map(Number),
      },
    },
  ];
}

const COLORS = [BLACK, BLUE, GREEN, VERMILLION];

function figure(outcomes: readonly Outcome[], seed: number): Figure {
  const { learning, networks } = outcomes[0]!;
  const epochs = learning.map((_, e) => e + 1);
  return {
    name: 'florian-xor',
    spec: stackedPanels({
      title: 'Networks learn XOR from the reward of their output spikes',
      subtitle: [
        'Reward 1 for an output spike when one input is on, −1 when both or none are',
        `Lines: mean over ${networks} networks, shaded: ± standard deviation; seed ${seed}`,
      ],
      x: { title: `epoch (${EPOCH / 1000} s)`, domain: [1, Math.max(2, epochs.length)] },
      panels: outcomes.map(({ rule, learning: rates }, k) => ({
        kind: 'curves' as const,
        title: [`${rule.toUpperCase()}:`, 'output rate (spikes/s)'],
        height: 220,
        zero: true,
        legend: k === 0,
        series: PATTERNS.map((pattern, p) => {
          const y = rates.map((epoch) => mean(epoch[p]!));
          const sd = rates.map((epoch) => (networks > 1 ? standardDeviation(epoch[p]!) : 0));
          return {
            name: `inputs ${pattern.join(', ')}`,
            color: COLORS[p]!,
            x: epochs,
            y,
            band: [
              y.map((value, e) => Math.max(0, value - sd[e]!)),
              y.map((value, e) => value + sd[e]!),
            ],
          };
        }),
      })),
    }),
  };
}

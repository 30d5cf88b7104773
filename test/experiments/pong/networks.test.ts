import {
  DopaminePlayer,
  type DopamineVariant,
  FAITHFUL,
  IMPROVED,
} from '../../../benchmarks/experiments/pong/dopamine';
import {
  ITERATION,
  NEURONS,
  type NetworkOptions,
  RESOLUTION,
} from '../../../benchmarks/experiments/pong/network';
import { makePlayer, PLAYERS } from '../../../benchmarks/experiments/pong/players';
import { rawReward } from '../../../benchmarks/experiments/pong/rules';
import { RstdpPlayer } from '../../../benchmarks/experiments/pong/rstdp';
import { Kernel, type NodeCollection, random } from '../../../lib';

function kernelOf(rng_seed = 3): Kernel {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: RESOLUTION, rng_seed });
  return kernel;
}

const options = (more: Partial<NetworkOptions> = {}): NetworkOptions => ({
  noisy: true,
  wiring: 'each',
  plastic: true,
  draws: random.stream(11),
  ...more,
});

/** Rows as a ball presents them: neighbours, and all of them in time. */
const rows = (n: number): number[] =>
  Array.from({ length: n }, (_, i) => Math.round(9.5 + 9.5 * Math.sin(i / 7)));

const timeOf = (kernel: Kernel): number => kernel.GetKernelStatus('biological_time');

const nodesOf = (kernel: Kernel, model: string): NodeCollection => kernel.GetNodes({ model });

describe('R-STDP', () => {
  test.each([true, false])('changes the weights of the row by its formula, noisy: %s', (noisy) => {
    const kernel = kernelOf();
    const player = new RstdpPlayer(kernel, options({ noisy }));
    const means = new Array<number>(NEURONS).fill(0);
    const expected = [...player.weights()];
    let changed = 0;
    for (const row of rows(40)) {
      const begin = timeOf(kernel);
      player.present(row);
      kernel.SimulateSync(ITERATION);
      const { times, motors } = player.spikes();
      const turn = player.learn();
      player.clear();
      expect(turn.reward).toBe(rawReward(turn.winner, row));
      const excess = turn.reward - means[row]!;
      means[row]! += 0.5 * excess;
      for (let j = 0; j < NEURONS; j++) {
        let sum = 0;
        for (let k = 0; k < 20; k++) {
          // The generator's spikes: 1 ms after the iteration begins, every 10 ms.
          const pre = begin + 1 + 10 * k;
          const next = begin + 1 + 10 * (k + 1);
          const later = [...times].filter((t, i) => motors[i] === j && t > pre + 1e-9);
          const first = Math.min(...later);
          // Paired where a postsynaptic spike comes before the next presynaptic one does.
          if (k < 19 && !(first <= next + 1e-9)) continue;
          if (Number.isFinite(first)) sum += 36 * Math.exp(-(first - pre) / 64);
        }
        const change = 0.7 * Math.min(sum, 128) * excess;
        if (change !== 0) changed++;
        expected[row * NEURONS + j]! += change;
      }
      const differences = player.weights().map((w, i) => Math.abs(w - expected[i]!));
      expect(Math.max(...differences)).toBeLessThan(1e-6);
    }
    expect(changed).toBeGreaterThan(100);
    kernel.dispose();
  });

  test('begins with the weights of its kind', () => {
    const moments = (noisy: boolean) => {
      const kernel = kernelOf();
      const w = new RstdpPlayer(kernel, options({ noisy })).weights();
      const mean = w.reduce((a, b) => a + b) / w.length;
      return [mean, Math.sqrt(w.reduce((a, b) => a + (b - mean) ** 2, 0) / w.length)];
    };
    const [noisyMean, noisySd] = moments(true);
    expect(noisyMean).toBeCloseTo(1300, 0);
    expect(noisySd).toBeCloseTo(1, 0);
    const [mean, sd] = moments(false);
    expect(Math.abs(mean! - 1586)).toBeLessThan(1);
    expect(Math.abs(sd! - 5)).toBeLessThan(0.6);
  });
});

describe('dopamine', () => {
  test('17 of the 20 spikes of the input occur', () => {
    const kernel = kernelOf();
    const player = new DopaminePlayer(kernel, 'left', FAITHFUL, options());
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(nodesOf(kernel, 'parrot_neuron'), recorder);
    for (const row of [4, 4, 9]) {
      recorder.n_events = 0;
      const begin = timeOf(kernel);
      player.present(row);
      kernel.SimulateSync(ITERATION);
      player.learn();
      player.clear();
      const { times } = recorder.events;
      // 32 ms after the iteration begins, and the delay from generator to parrot.
      expect(times.length).toBe(17);
      expect(times[0]! - begin).toBeCloseTo(33, 9);
    }
    kernel.dispose();
  });

  test.each<[string, DopamineVariant]>([
    ['the share of spikes', FAITHFUL],
    ['its excess over the mean of the row', IMPROVED],
  ])('%s is a current in the first 32 ms of the next iteration', (_, variant) => {
    const kernel = kernelOf();
    const player = new DopaminePlayer(kernel, 'left', variant, options());
    const current = nodesOf(kernel, 'dc_generator').at(0);
    const means = new Array<number>(NEURONS).fill(1 / NEURONS);
    const seen = new Set<number>();
    for (const row of rows(60)) {
      player.present(row);
      kernel.SimulateSync(ITERATION);
      const { motors } = player.spikes();
      player.learn();
      player.clear();
      const share = [...motors].filter((j) => j === row).length / Math.max(1, motors.length);
      const rewarded =
        variant === IMPROVED ? 400 + 4800 * (share - means[row]!) : 100 + 4800 * share;
      means[row]! += 0.5 * (share - means[row]!);
      expect(current.get('amplitude')).toBeCloseTo(Math.min(1000, Math.max(0, rewarded)), 9);
      expect(current.get('start')).toBeCloseTo(timeOf(kernel), 9);
      expect(current.get('stop')).toBeCloseTo(timeOf(kernel) + 32, 9);
      seen.add(current.get('amplitude') as number);
    }
    expect(seen.size).toBeGreaterThan(5);
    kernel.dispose();
  });

  test('players of one kernel have transmitters and critics of their own', () => {
    const kernel = kernelOf();
    for (const side of ['left', 'right']) {
      makePlayer('dn', kernel, side, { wiring: 'each', plastic: true, draws: random.stream(1) });
    }
    expect(nodesOf(kernel, 'volume_transmitter')).toHaveLength(2);
    const transmitters = ['left', 'right'].map(
      (side) => kernel.GetDefaults(`stdp_dopamine_synapse_${side}`).volume_transmitter,
    );
    expect(new Set(transmitters.map(String)).size).toBe(2);
    kernel.dispose();
  });

  /** Everything that a player did, with its critic or without. */
  function course(name: 'd' | 'dn' | 'dn+', silenced: boolean): unknown[] {
    const kernel = kernelOf();
    const draws = random.stream(5);
    const player = makePlayer(name, kernel, 'left', {
      wiring: 'each',
      plastic: true,
      draws,
    }) as DopaminePlayer;
    if (silenced) player.silenceCritic();
    const all: unknown[] = [];
    for (const row of rows(300)) {
      player.present(row);
      kernel.SimulateSync(ITERATION);
      const { times, motors } = player.spikes();
      all.push(player.learn(), [...times], [...motors]);
      player.clear();
    }
    all.push([...player.weights()]);
    kernel.dispose();
    return all;
  }

  // By arithmetic, in NEST too: 17 spikes of at most Wmax take a neuron without noise to 12.1 of
  // the 15 mV at which it fires.
  test.each(['d', 'dn', 'dn+'] as const)(
    'the critic of %s is inert: without its weights not one bit differs',
    (name) => {
      expect(course(name, true)).toEqual(course(name, false));
    },
  );

  test.each(['d', 'dn', 'dn+'] as const)('what the striatum of %s hears stays as drawn', (name) => {
    const kernel = kernelOf();
    const draws = random.stream(5);
    const player = makePlayer(name, kernel, 'left', { wiring: 'each', plastic: true, draws });
    const striatum = nodesOf(kernel, 'iaf_psc_exp').slice(NEURONS, NEURONS + 8);
    const weights = () => [...kernel.GetConnections({ target: striatum }).weight];
    const before = weights();
    for (const row of rows(60)) {
      player.present(row);
      kernel.SimulateSync(ITERATION);
      player.learn();
      player.clear();
    }
    expect(weights()).toEqual(before);
    expect(before).toHaveLength(NEURONS * 8);
    kernel.dispose();
  });

  test('the critic never fires, and its potential stays below', () => {
    const kernel = kernelOf();
    const player = new DopaminePlayer(kernel, 'left', FAITHFUL, options());
    // Motor neurons, striatum, pallidum, dopamine neurons.
    const striatum = nodesOf(kernel, 'iaf_psc_exp').slice(NEURONS, NEURONS + 8);
    const critic = kernel.GetConnections({ target: striatum });
    expect(critic).toHaveLength(NEURONS * 8);
    const meter = kernel.Create('multimeter', { record_from: ['V_m'], interval: RESOLUTION });
    kernel.Connect(meter, striatum);
    // As large as weights may become.
    critic.set({ weight: 1550 });
    player.present(3);
    kernel.SimulateSync(ITERATION);
    const potentials = meter.events.V_m;
    const highest = potentials.reduce((a, b) => Math.max(a, b)) + 70;
    expect(highest).toBeGreaterThan(12);
    expect(highest).toBeLessThan(15);
    kernel.dispose();
  });

  test('the train alone fires a motor neuron above some 1583 pA', () => {
    const fires = (weight: number): boolean => {
      const kernel = kernelOf();
      const train = Array.from({ length: 20 }, (_, i) => 1 + 10 * i);
      const generator = kernel.Create('spike_generator', { spike_times: train });
      const neuron = kernel.Create('iaf_psc_exp');
      const recorder = kernel.Create('spike_recorder');
      kernel.Connect(generator, neuron, 'one_to_one', { weight });
      kernel.Connect(neuron, recorder);
      kernel.SimulateSync(ITERATION);
      const fired = recorder.n_events > 0;
      kernel.dispose();
      return fired;
    };
    expect([1550, 1582, 1584, 1900].map(fires)).toEqual([false, false, true, true]);
  });
});

test.each(PLAYERS)('%s without plasticity keeps its weights', (name) => {
  const kernel = kernelOf();
  const draws = random.stream(5);
  const player = makePlayer(name, kernel, 'left', { wiring: 'each', plastic: false, draws });
  const before = player.weights();
  for (const row of rows(30)) {
    player.present(row);
    kernel.SimulateSync(ITERATION);
    player.learn();
    player.clear();
  }
  expect(player.weights()).toEqual(before);
  kernel.dispose();
});

test('the noise of a noisy player can be switched off and on', () => {
  const kernel = kernelOf();
  const player = new RstdpPlayer(kernel, options());
  const count = (): number => {
    player.present(2);
    kernel.SimulateSync(ITERATION);
    const spikes = player.spikes().times.length;
    player.clear();
    return spikes;
  };
  expect(count()).toBeGreaterThan(0);
  player.setNoise(false);
  count(); // what is left of the currents decays
  expect(count()).toBe(0);
  player.setNoise(true);
  expect(count()).toBeGreaterThan(0);
  kernel.dispose();
});

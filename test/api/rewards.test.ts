// reward_transmitter, clamped_neuron, and rewards given while a simulation runs.
import {
  type AnyInput,
  InvalidNodeCollection,
  Kernel,
  KernelDisposed,
  presets,
  type RewardSource,
  SimulationRunning,
  type SynapseCollection,
} from '../../lib';

const resolution = 0.1;

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** A synapse whose weight sums up the reward: eligible from the first step on. */
function summing(model: 'mstdp_synapse' | 'mstdpet_synapse' = 'mstdpet_synapse') {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution });
  const pre = kernel.Create('clamped_neuron');
  const post = kernel.Create('clamped_neuron');
  const transmitter = kernel.Create('reward_transmitter');
  const more = model === 'mstdpet_synapse' ? { tau_elig: 1e300, normalized: false } : {};
  kernel.CopyModel(model, 'sum', { ...more, reward_transmitter: transmitter });
  kernel.Connect(pre, post, 'all_to_all', { synapse_model: 'sum', weight: 0, c: 1, delay: 1 });
  const synapse = kernel.GetConnections({ synapse_model: 'sum' });
  return { kernel, transmitter, synapse };
}

const column = (s: SynapseCollection<string, true>, name: string) => s.get(name) as Float64Array;
const weight = (s: SynapseCollection<string, true>) => column(s, 'weight')[0];

test('reward holds from now on, and replaces the rest of a time line', () => {
  const { kernel, transmitter, synapse } = summing();
  transmitter.set({ reward: 2, reward_times: [1, 3], reward_values: [5, 0.5] });
  // 9 steps of 2, then the one that ends at 1 ms is the first of 5.
  kernel.SimulateSync(1);
  expect(weight(synapse)).toBe(9 * 2 + 5);
  kernel.SimulateSync(1);
  expect(weight(synapse)).toBe(9 * 2 + 11 * 5);
  transmitter.set({ reward: -1 });
  expect(transmitter.get(['reward', 'reward_times', 'reward_values'])).toEqual({
    reward: -1,
    reward_times: new Float64Array(),
    reward_values: new Float64Array(),
  });
  kernel.SimulateSync(2);
  expect(weight(synapse)).toBe(9 * 2 + 11 * 5 - 20);
  // A time line alone begins with what holds now.
  transmitter.set({ reward_times: [4.5], reward_values: [10] });
  expect(transmitter.reward).toBe(-1);
  kernel.SimulateSync(1);
  expect(weight(synapse)).toBe(9 * 2 + 11 * 5 - 20 - 4 + 60);
});

test('defaults of a reward_transmitter, and a reward for every step', () => {
  const { kernel } = summing();
  kernel.SetDefaults('reward_transmitter', { reward: 0.25 });
  const steps = Array.from({ length: 50 }, (_, k) => k + 1);
  const transmitter = kernel.Create('reward_transmitter');
  kernel.SetDefaults('sum', { reward_transmitter: transmitter });
  const synapse = kernel.GetConnections({ synapse_model: 'sum' });
  kernel.SimulateSync(1);
  expect(weight(synapse)).toBe(2.5);
  transmitter.set({
    reward_times: steps.map((k) => (10 + k) / 10),
    reward_values: steps.map((k) => (k % 2 ? 1 : -0.5)),
  });
  kernel.SimulateSync(5);
  expect(weight(synapse)).toBe(2.5 + 25 - 12.5);
});

test('two models with transmitters of their own', () => {
  const kernel = new Kernel();
  const [pre, post] = [kernel.Create('clamped_neuron'), kernel.Create('clamped_neuron')];
  const rewards = [1, -3];
  rewards.forEach((reward, i) => {
    const reward_transmitter = kernel.Create('reward_transmitter', { reward });
    const name = `sum${i}`;
    kernel.CopyModel('mstdpet_synapse', name, {
      tau_elig: 1e300,
      normalized: false,
      reward_transmitter,
    });
    kernel.Connect(pre, post, 'all_to_all', { synapse_model: name, weight: 0, c: 1 });
  });
  kernel.SimulateSync(3);
  const weights = rewards.map((_, i) =>
    weight(kernel.GetConnections({ synapse_model: `sum${i}` })),
  );
  expect(weights).toEqual([30, -90]);
});

test('a spike transmits the weight at the end of its step, and arrives a delay later', () => {
  const kernel = new Kernel();
  const pre = kernel.Create('clamped_neuron', { spike_times: [1, 2] });
  const post = kernel.Create('iaf_psc_delta', {
    V_th: 1e9,
    tau_m: 1e12,
    E_L: 0,
    V_m: 0,
    V_reset: -1,
  });
  const reward_transmitter = kernel.Create('reward_transmitter', { reward: 1 });
  const weight_recorder = kernel.Create('weight_recorder');
  kernel.CopyModel('mstdpet_synapse', 'sum', {
    ...{ tau_elig: 1e300, normalized: false, A_plus: 0, A_minus: 0 },
    ...{ reward_transmitter, weight_recorder },
  });
  kernel.Connect(pre, post, 'all_to_all', { synapse_model: 'sum', weight: 0, c: 1, delay: 0.5 });
  kernel.SimulateSync(2.4);
  expect(post.V_m).toBeCloseTo(10, 9);
  kernel.SimulateSync(1);
  expect(post.V_m).toBeCloseTo(30, 9);
  expect(Array.from(weight_recorder.events.weights)).toEqual([10, 20]);
});

const wrongReward = (given: string): object => ({
  name: 'TypeMismatch',
  parameter: 'reward of reward_transmitter',
  given,
});

describe('rewards while a simulation runs', () => {
  test('from a function, called with the time', async () => {
    const { kernel, transmitter, synapse } = summing();
    const times: number[] = [];
    const fractions: number[] = [];
    const report = await kernel.Simulate(2.5, {
      onProgress: (p) => fractions.push(p.fraction),
      reward: {
        transmitter,
        interval: 1,
        source: (time) => {
          times.push(time);
          return times.length;
        },
      },
    });
    expect(times).toEqual([0, 1, 2]);
    expect(weight(synapse)).toBe(10 + 20 + 15);
    expect(report.steps).toBe(25);
    expect(report.biological_time).toBeCloseTo(2.5, 12);
    expect(fractions.every((f, i) => f <= 1 && f >= (fractions[i - 1] ?? 0))).toBe(true);
    expect(kernel.GetKernelStatus('prepared')).toBe(false);
  });

  test('from an async iterable, which may end, within Prepare and Cleanup', async () => {
    const { kernel, transmitter, synapse } = summing();
    async function* rewards() {
      for (const r of [1, -1, 4]) {
        await Promise.resolve();
        yield r;
      }
    }
    kernel.Prepare();
    await kernel.Run(5, { reward: { transmitter, interval: 1, source: rewards() } });
    kernel.Cleanup();
    expect(weight(synapse)).toBe(10 - 10 + 40 + 40 + 40);
  });

  test('the same values as a time line give the same weights', async () => {
    const values = [1, -0.5, 0.25, 3];
    const one = summing();
    await one.kernel.Simulate(4, {
      reward: { transmitter: one.transmitter, interval: 1, source: values },
    });
    const other = summing();
    other.transmitter.set({
      reward: 1,
      reward_times: [1.1, 2.1, 3.1],
      reward_values: values.slice(1),
    });
    other.kernel.SimulateSync(4);
    expect(weight(one.synapse)).toBe(weight(other.synapse));
  });

  test('an iterable is closed when the run is aborted, also while it is waited for', async () => {
    const { kernel, transmitter } = summing();
    const controller = new AbortController();
    let closed = false;
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          controller.abort(new Error('enough'));
          return new Promise<IteratorResult<number>>(() => undefined);
        },
        return: () => {
          closed = true;
          return Promise.resolve({ done: true as const, value: undefined });
        },
      }),
    };
    const run = kernel.Simulate(5, {
      signal: controller.signal,
      reward: { transmitter, interval: 1, source },
    });
    await expect(run).rejects.toThrow('enough');
    expect(closed).toBe(true);
    expect(kernel.GetKernelStatus('prepared')).toBe(false);
    expect(kernel.SimulateSync(1).steps).toBe(10);
  });

  // A kernel is left as it was found, however its source behaves.
  const never = new Promise<never>(() => undefined);
  const iterating = (iterator: unknown): Iterable<number> => ({
    [Symbol.iterator]: () => iterator as Iterator<number>,
  });
  const user = new Error('of the user');
  const throws = (): never => {
    throw user;
  };
  const yielding = (value: unknown, more: object = {}): Iterable<number> =>
    iterating({ next: () => ({ value, done: false }), ...more });
  type Source = RewardSource['source'];

  test.each<[string, () => Source, object]>([
    ['next throws', () => iterating({ next: throws, return: () => never }), user],
    ['next rejects', () => iterating({ next: () => Promise.reject(user) }), user],
    ['return throws', () => yielding(1, { return: throws }), user],
    ['return rejects', () => yielding(1, { return: () => Promise.reject(user) }), user],
    [
      'return throws after a bad reward',
      () => yielding('1', { return: throws }),
      wrongReward('string'),
    ],
    [
      'return never settles after a bad reward',
      () => yielding(NaN, { return: () => never }),
      { name: 'BadProperty', parameter: 'reward' },
    ],
    ['a reward is a list', () => yielding([1]), wrongReward('Array')],
    ['a reward is a promise', () => yielding(Promise.resolve(1)), wrongReward('Promise')],
    ['a reward is undefined', () => () => undefined as unknown as number, wrongReward('undefined')],
    [
      'there is no iterator',
      () => iterating(null),
      { name: 'TypeMismatch', parameter: 'reward.source' },
    ],
    [
      'an iterator has no next',
      () => iterating({}),
      { name: 'TypeMismatch', parameter: 'reward.source' },
    ],
    [
      'a result is no object',
      () => iterating({ next: () => 5 }),
      { name: 'TypeMismatch', parameter: 'reward.source' },
    ],
    ['an iterator cannot be made', () => ({ [Symbol.iterator]: throws }), user],
    [
      'an async iterator is none',
      () => ({ [Symbol.asyncIterator]: () => 3 as never }),
      { name: 'TypeMismatch', parameter: 'reward.source' },
    ],
  ])('a simulation ends where %s', async (_, source, error) => {
    const { kernel, transmitter } = summing();
    const run = kernel.Simulate(5, { reward: { transmitter, interval: 1, source: source() } });
    await expect(run).rejects.toMatchObject(error);
    expect(kernel.GetKernelStatus('prepared')).toBe(false);
    expect((await kernel.Simulate(1)).steps).toBe(10);
  });

  async function* waiting(): AsyncGenerator<number> {
    yield 1;
    await never;
  }

  test.each<[string, (stop: () => void) => Source]>([
    ['an async generator waits', () => waiting()],
    ['a function waits', () => (t: number) => (t < 1 ? 1 : never)],
    ['return never settles', () => iterating({ next: () => never, return: () => never })],
    ['a function aborts and then throws', (stop) => () => (stop(), throws())],
    ['a function aborts', (stop) => () => (stop(), 1)],
    ['the simulation is over and return never settles', () => yielding(1, { return: () => never })],
  ])('an abort is heard while %s', async (_, source) => {
    const { kernel, transmitter } = summing();
    const controller = new AbortController();
    const stop = (): void => controller.abort(new Error('enough'));
    const reward = { transmitter, interval: 1, source: source(stop) };
    const run = kernel.Simulate(5, { signal: controller.signal, reward });
    setTimeout(stop, 50);
    await expect(run).rejects.toThrow('enough');
    expect(kernel.GetKernelStatus('prepared')).toBe(false);
    expect((await kernel.Simulate(1)).steps).toBe(10);
  });

  test('a source is not asked where the simulation is refused', async () => {
    const { kernel, transmitter } = summing();
    const foreign = new Kernel().Create('reward_transmitter');
    const source = jest.fn(() => 1);
    const reward = { transmitter, interval: 1, source };
    const refusedWith = (error: object, ms: number, more: object = {}): Promise<void> =>
      expect(kernel.Simulate(ms, { reward, ...more })).rejects.toMatchObject(error);
    for (const ms of [1e300, Infinity, NaN, -1, 2.05]) {
      await refusedWith({ name: 'BadParameter', parameter: 'time' }, ms);
    }
    await refusedWith({ name: 'InvalidNodeCollection' }, 1, {
      reward: { ...reward, transmitter: foreign },
    });
    await refusedWith({ name: 'AbortError' }, 1, { signal: AbortSignal.abort() });
    kernel.Prepare();
    await refusedWith({ name: 'KernelException' }, 1);
    kernel.Cleanup();
    expect(source).not.toHaveBeenCalled();
    expect(kernel.GetKernelStatus('biological_time')).toBe(0);
  });

  test('a source that resets the kernel, disposes of it or runs it ends the simulation', async () => {
    const during = (act: (kernel: Kernel) => void) => {
      const { kernel, transmitter } = summing();
      const source = (): number => (act(kernel), 1);
      return { kernel, run: kernel.Simulate(5, { reward: { transmitter, interval: 1, source } }) };
    };
    const reset = during((kernel) => {
      kernel.ResetKernel();
      kernel.Prepare();
    });
    await expect(reset.run).rejects.toThrow(InvalidNodeCollection);
    expect(reset.kernel.GetKernelStatus('prepared')).toBe(true);
    const disposed = during((kernel) => {
      kernel.dispose();
    });
    await expect(disposed.run).rejects.toThrow(KernelDisposed);
    let own: Promise<unknown> | undefined;
    const running = during((kernel) => {
      own = kernel.Run(1000);
    });
    await expect(running.run).rejects.toThrow(SimulationRunning);
    await own;
    expect(running.kernel.GetKernelStatus('prepared')).toBe(false);
  });

  test.each([
    ['a source that throws', () => Promise.reject(new Error('no reward')), 'no reward'],
    [
      'a reward that is no number',
      () => 'much' as unknown as number,
      'reward of reward_transmitter must be a number',
    ],
    ['a reward that is not finite', () => NaN, 'reward'],
  ])('%s ends the run', async (_, source, text) => {
    const { kernel, transmitter } = summing();
    await expect(
      kernel.Simulate(3, { reward: { transmitter, interval: 1, source } }),
    ).rejects.toThrow(text);
    expect(kernel.GetKernelStatus('prepared')).toBe(false);
    expect(kernel.GetKernelStatus('biological_time')).toBe(0);
  });

  test.each([
    [{ interval: 0.15 }, 'BadParameter', 'reward.interval'],
    [{ interval: 0 }, 'BadParameter', 'reward.interval'],
    [{ interval: '1' }, 'TypeMismatch', 'reward.interval'],
    [{ source: 3 }, 'TypeMismatch', 'reward.source'],
    [{ transmitter: 3 }, 'TypeMismatch', 'reward.transmitter'],
    [{ sources: [] }, 'UnaccessedDictionaryEntry', 'sources'],
  ])('refuses %j', async (wrong, name, parameter) => {
    const { kernel, transmitter } = summing();
    const reward = { transmitter, interval: 1, source: [1], ...wrong } as never;
    const error = await kernel.Simulate(1, { reward }).catch((e: unknown) => e);
    expect(error).toMatchObject({ name, parameter });
    expect(kernel.GetKernelStatus('biological_time')).toBe(0);
  });

  test('refuses a neuron as transmitter, and a time off the grid', async () => {
    const { kernel, transmitter } = summing();
    const neuron = kernel.Create('clamped_neuron');
    const bad = { transmitter: neuron, interval: 1, source: [1] };
    await expect(kernel.Simulate(1, { reward: bad })).rejects.toMatchObject({
      name: 'TypeMismatch',
      parameter: 'reward.transmitter',
    });
    const good = { transmitter, interval: 1, source: [1] };
    await expect(kernel.Simulate(1.03, { reward: good })).rejects.toMatchObject({
      name: 'BadParameter',
      parameter: 'time',
    });
    expect(transmitter.reward).toBe(0);
  });
});

describe('what is refused', () => {
  const set = (values: Record<string, AnyInput>) => () => {
    const { transmitter } = summing();
    transmitter.set(values);
  };
  test.each([
    ['times without values', set({ reward_times: [1] }), 'BadProperty', 'reward_times'],
    ['values without times', set({ reward_values: [1] }), 'BadProperty', 'reward_values'],
    [
      'lengths that differ',
      set({ reward_times: [1, 2], reward_values: [1] }),
      'BadProperty',
      'reward_values',
    ],
    [
      'no time later than now',
      set({ reward_times: [0], reward_values: [1] }),
      'BadProperty',
      'reward_times',
    ],
    [
      'times off the grid',
      set({ reward_times: [0.25], reward_values: [1] }),
      'BadProperty',
      'reward_times',
    ],
    [
      'times that fall',
      set({ reward_times: [2, 1], reward_values: [1, 1] }),
      'BadProperty',
      'reward_times',
    ],
    ['an infinite reward', set({ reward: Infinity }), 'BadProperty', 'reward'],
  ])('%s', (_, act, name, parameter) => {
    expect(errorOf(act)).toMatchObject({ name, parameter });
  });

  test('synapses without a transmitter, or with a wrong one', () => {
    const kernel = new Kernel();
    const neuron = kernel.Create('clamped_neuron');
    const syn = { synapse_model: 'mstdp_synapse' };
    expect(errorOf(() => kernel.Connect(neuron, neuron, 'all_to_all', syn))).toMatchObject({
      name: 'BadProperty',
      parameter: 'reward_transmitter',
      message: expect.stringContaining('No reward_transmitter has been assigned') as unknown,
    });
    const volume = kernel.Create('volume_transmitter');
    const wrong = { reward_transmitter: volume };
    expect(errorOf(() => kernel.SetDefaults('mstdp_synapse', wrong))).toMatchObject({
      name: 'BadProperty',
      parameter: 'reward_transmitter',
      allowed: 'a reward_transmitter',
    });
    const transmitter = kernel.Create('reward_transmitter');
    expect(
      errorOf(() =>
        kernel.SetDefaults('stdp_dopamine_synapse', { volume_transmitter: transmitter }),
      ),
    ).toMatchObject({ parameter: 'volume_transmitter', allowed: 'a volume_transmitter' });
    expect(errorOf(() => kernel.Connect(transmitter, neuron))).toMatchObject({
      name: 'IllegalConnection',
      model: 'reward_transmitter',
    });
  });

  test('a transmitter cannot be taken away, nor the kind of weight dependence changed, while synapses exist', () => {
    const { kernel, synapse } = summing();
    expect(errorOf(() => kernel.SetDefaults('sum', { reward_transmitter: [] }))).toMatchObject({
      name: 'BadProperty',
      parameter: 'reward_transmitter',
    });
    const soft = { mu_plus: 1, Wmax: 1 };
    expect(errorOf(() => kernel.SetDefaults('sum', soft))).toMatchObject({
      name: 'BadProperty',
      parameter: 'bounds_at_pairing',
    });
    kernel.SetDefaults('sum', { ...soft, bounds_at_pairing: true });
    expect(kernel.GetDefaults('sum', 'bounds_at_pairing')).toBe(true);
    expect(weight(synapse)).toBe(0);
  });

  test.each([
    [{ Wmin: 2, Wmax: 1 }, 'Wmin', '≤ Wmax (1)'],
    [{ mu_plus: 1 }, 'Wmax', 'finite where mu_plus or hard_plus is set'],
    [{ hard_minus: true }, 'Wmin', 'finite where mu_minus or hard_minus is set'],
    [{ lag: 2 }, 'lag', 'in [0, 1]'],
    [{ mu_minus: -1, Wmin: 0 }, 'mu_minus', 'finite and ≥ 0'],
    [{ tau_plus: 0 }, 'tau_plus', 'finite and > 0'],
  ])('%j', (values, parameter, allowed) => {
    const kernel = new Kernel();
    const error = errorOf(() => kernel.SetDefaults('mstdp_synapse', values));
    expect(error).toMatchObject({ name: 'BadProperty', parameter, allowed });
    expect(kernel.GetDefaults('mstdp_synapse', 'mu_plus')).toBe(0);
  });
});

describe('clamped_neuron', () => {
  const spikesOf = (kernel: Kernel, ms: number, nodes: Parameters<Kernel['Connect']>[0]) => {
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(nodes, recorder);
    kernel.SimulateSync(ms);
    const { times, senders } = recorder.events;
    return Array.from(times, (t, i) => [senders[i], Math.round(10 * t) / 10]);
  };

  test('emits what it is given, one list for all or one a node, and nothing else', () => {
    const kernel = new Kernel();
    kernel.SetKernelStatus({ local_num_threads: 2 });
    const own = kernel.Create('clamped_neuron', 70, {
      spike_times: Array.from({ length: 70 }, (_, i) => (i % 3 ? [] : [0.1 + i / 10, 9])),
    });
    const same = kernel.Create('clamped_neuron', 2, { spike_times: [3.5] });
    const noise = kernel.Create('poisson_generator', { rate: 1e5 });
    kernel.Connect(noise, own, 'all_to_all', { weight: 1000 });
    const all = own.concat(same);
    const expected = Array.from({ length: 70 }, (_, i) => i)
      .filter((i) => i % 3 === 0)
      .flatMap((i) => [
        [i + 1, Math.round(1 + i) / 10],
        [i + 1, 9],
      ])
      .concat([
        [71, 3.5],
        [72, 3.5],
      ])
      .sort(([a = 0, s = 0], [b = 0, t = 0]) => s - t || a - b);
    expect(spikesOf(kernel, 10, all)).toEqual(expected);
    expect(own.get('spike_times')).toHaveLength(70);
    expect(same.get('spike_times')).toEqual([new Float64Array([3.5]), new Float64Array([3.5])]);
    same.set({ spike_times: [[11], [1, 12]] });
    expect(spikesOf(kernel, 5, same)).toEqual([
      [71, 11],
      [72, 12],
    ]);
  });

  test.each([
    [[0], 'spike_times', 'positive multiples of the resolution (0.1 ms)'],
    [[0.25], 'spike_times', 'positive multiples of the resolution (0.1 ms)'],
    [[2, 2], 'spike_times', 'strictly increasing'],
    [[NaN], 'spike_times', 'positive multiples of the resolution (0.1 ms)'],
  ])('refuses %j', (spike_times, parameter, allowed) => {
    const kernel = new Kernel();
    const neuron = kernel.Create('clamped_neuron', 1, { spike_times: [1] });
    const error = errorOf(() => neuron.set({ spike_times }));
    expect(error).toMatchObject({ name: 'BadProperty', parameter, allowed, node: 1 });
    expect(neuron.get('spike_times')).toEqual(new Float64Array([1]));
  });

  test('refuses other shapes and types, defaults, and currents', () => {
    const kernel = new Kernel();
    const create = (spike_times: unknown) => () =>
      kernel.Create('clamped_neuron', 3, { spike_times } as never);
    expect(errorOf(create([[1], [2]]))).toMatchObject({
      name: 'DimensionMismatch',
      parameter: 'spike_times',
      expected: 3,
      given: 2,
    });
    expect(errorOf(create(1))).toMatchObject({ name: 'TypeMismatch', parameter: 'spike_times' });
    expect(errorOf(() => kernel.SetDefaults('clamped_neuron', { spike_times: [1] }))).toMatchObject(
      { name: 'BadProperty', parameter: 'spike_times' },
    );
    const neuron = kernel.Create('clamped_neuron');
    const current = kernel.Create('dc_generator');
    expect(errorOf(() => kernel.Connect(current, neuron))).toMatchObject({
      name: 'IllegalConnection',
    });
  });
});

test('presets are accepted by their models', () => {
  const kernel = new Kernel();
  for (const [model, all] of Object.entries(presets)) {
    for (const [name, values] of Object.entries(all)) {
      kernel.CopyModel(model, `${model}_${name}`, values);
      const seen = kernel.GetDefaults(`${model}_${name}`, Object.keys(values));
      expect(seen).toEqual(values);
    }
  }
});

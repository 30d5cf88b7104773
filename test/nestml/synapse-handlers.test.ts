// What handlers of loaded synapses may do, each in a text of its own: what is sent, in which order they
// run, what they are told, and how what cannot be computed ends a simulation.
import { Kernel, type SynapseCollection } from '../../lib';
import type { SaidOfModels } from '../../lib/nestml/said';
import { column } from '../reference/compare';
import { named } from '../api/named';

interface Text {
  readonly state?: readonly string[];
  readonly parameters?: readonly string[];
  readonly ports?: readonly string[];
  readonly more?: string;
  /** The handler of the source. */
  readonly pre: string;
}

const lines = (block: string, all: readonly string[]): string =>
  all.length === 0 ? '' : `  ${block}:\n${all.map((one) => `    ${one}\n`).join('')}`;

const textOf = ({ state = [], parameters = [], ports = [], more = '', pre }: Text): string =>
  `model tried_synapse:
${lines('state', ['w real = 1', ...state])}${lines('parameters', parameters)}\
${lines('input', ['pre <- spike', ...ports])}${lines('output', ['spike'])}${more}\
  onReceive(pre):
${pre}`;

let kernel: Kernel;
beforeEach(() => {
  kernel = new Kernel();
});
afterEach(() => kernel.dispose());

interface Tried {
  readonly synapses: SynapseCollection<string, true>;
  /** Times and weights of what was sent. */
  sent(): [number, number][];
}

/** Spikes of a source at 2, 3 and 6 ms, two of them at 6; of a target at 2.5 and 4 ms. */
async function tried(text: string, said: SaidOfModels = {}): Promise<Tried> {
  const [name] = await kernel.LoadModel(text, said);
  const [source, target] = [kernel.Create('parrot_neuron'), kernel.Create('parrot_neuron')];
  const [pre, post] = [
    { spike_times: [1, 2, 5], spike_multiplicities: [1, 1, 2] },
    { spike_times: [1.5, 3] },
  ];
  kernel.Connect(kernel.Create('spike_generator', pre), source);
  kernel.Connect(kernel.Create('spike_generator', post), target);
  const recorder = kernel.Create('weight_recorder');
  kernel.CopyModel(name!, 'copy', { weight_recorder: recorder });
  kernel.Connect(source, target, 'all_to_all', { synapse_model: 'copy', receptor_type: 1 });
  return {
    synapses: kernel.GetConnections({ synapse_model: 'copy' }),
    sent: () => {
      const weights = column(recorder, 'weights');
      return Array.from(recorder.events.times, (t, i) => [t, weights[i]!]);
    },
  };
}

/** The states of the synapse. */
const statesOf = ({ synapses }: Tried, ...names: readonly string[]): unknown[] =>
  names.map((name) => (synapses.get(name) as Float64Array)[0]);

describe('what is sent', () => {
  test('is the sum of what a handler emits', async () => {
    const it = await tried(
      textOf({ pre: '    emit_spike(w)\n    w += 1\n    emit_spike(10 * w)\n' }),
      { weight: 'w' },
    );
    kernel.SimulateSync(10);
    expect(it.sent()).toEqual([
      [2, 21],
      [3, 32],
      [6, 43],
      [6, 54],
    ]);
  });

  test('is 1 where nothing else is said', async () => {
    const it = await tried(textOf({ pre: '    w = 5\n    emit_spike()\n' }), { weight: 'w' });
    kernel.SimulateSync(10);
    expect(it.sent()).toEqual([2, 3, 6, 6].map((t) => [t, 1]));
    expect(statesOf(it, 'weight')).toEqual([5]);
  });

  test('is nothing where a handler does not come to it', async () => {
    const it = await tried(
      textOf({ pre: '    w += 1\n    if w > 2 and w < 5:\n      emit_spike(w)\n' }),
    );
    kernel.SimulateSync(10);
    expect(it.sent()).toEqual([
      [3, 3],
      [6, 4],
    ]);
    expect(statesOf(it, 'w')).toEqual([5]);
  });

  test('arrives with the delay of the text, and nothing else does', async () => {
    const pre = '    w = -w\n    if w > 0:\n      emit_spike(4 * w)\n';
    await kernel.LoadModel(textOf({ parameters: ['d ms = 2.5 ms @nest::delay'], pre }), {
      weight: 'w',
    });
    const source = kernel.Create('parrot_neuron');
    const target = kernel.Create('iaf_psc_delta');
    const spikes = kernel.Create('spike_generator', { spike_times: [1, 3, 5] });
    kernel.Connect(spikes, source);
    kernel.Connect(source, target, 'all_to_all', { synapse_model: 'tried_synapse' });
    const meter = kernel.Create('multimeter', { record_from: ['V_m'], interval: 0.1 });
    kernel.Connect(meter, target);
    kernel.SimulateSync(10);
    const { times, V_m } = meter.events;
    // Spikes of the source are at 2, 4 and 6 ms: the second is sent on.
    const raised = [...times].filter((_, i) => V_m[i]! > -70 + 1e-9);
    expect(raised[0]).toBe(6.5);
    expect(V_m[times.indexOf(6.5)]).toBe(-66);
    expect(V_m[times.indexOf(9.9)]).toBeCloseTo(-70 + 4 * Math.exp(-0.34), 12);
  });
});

describe('handlers', () => {
  const two = (a: number, b: number): Text => ({
    ...{ state: ['n real = 0'], ports: ['a <- spike', 'b <- spike'] },
    more: `  onReceive(a, priority=${a}):
    n = 2 * n + 1
  onReceive(b, priority=${b}):
    n = 3 * n + 1
`,
    pre: '    emit_spike(w)\n',
  });

  test.each([
    // At each of two spikes of the target: n → 3 (2 n + 1) + 1, or 2 (3 n + 1) + 1.
    [2, 1, 6 * 4 + 4],
    [1, 2, 6 * 3 + 3],
  ])('of two ports for one target run by priority: %d, %d', async (a, b, n) => {
    const text = textOf(two(a, b)).replace('onReceive(pre)', 'onReceive(pre, priority=3)');
    const it = await tried(text, { postPorts: ['a', 'b'] });
    kernel.SimulateSync(10);
    expect(statesOf(it, 'n')).toEqual([n]);
  });

  test('have loops, vectors, functions and locals', async () => {
    const it = await tried(
      textOf({
        state: ['x[3] real = 0', 'n integer = 7', 'on boolean = true'],
        parameters: ['k integer = 2'],
        more: '  function twice(y real) real:\n    return 2 * y\n',
        pre: `    i integer = 0
    for i in 0 ... 3 step 1:
      x[i] += twice(i)
    n = n / k
    on = not on
    if on:
      w += x[2]
    else:
      w += 100
    emit_spike(w)
`,
      }),
    );
    kernel.SimulateSync(10);
    expect(it.sent()).toEqual([
      [2, 101],
      [3, 109],
      [6, 209],
      [6, 225],
    ]);
    expect(statesOf(it, 'x_0', 'x_1', 'x_2', 'n', 'on').map(Number)).toEqual([0, 8, 16, 0, 1]);
  });
});

describe('update', () => {
  const timed = (length: string): Text => ({
    state: ['passed ms = 0 ms', 'calls integer = 0'],
    more: `  update:\n    passed += ${length}\n    calls += 1\n`,
    pre: '    emit_spike(w)\n',
  });

  test('is told how much time passes, and what the resolution is', async () => {
    const it = await tried(textOf(timed('timestep()')));
    kernel.SimulateSync(10);
    // To 2, 3 and 6 ms, and to the present.
    expect(statesOf(it, 'passed', 'calls')).toEqual([10, 4]);
    kernel.ResetKernel();
    const other = textOf(timed('resolution()')).replace('tried', 'other');
    const another = await tried(other);
    kernel.SimulateSync(10);
    expect(statesOf(another, 'calls')).toEqual([4]);
    expect(statesOf(another, 'passed')[0]).toBeCloseTo(0.4, 14);
  });

  test('comes after equations in NESTML 7, and where it calls them in 8', async () => {
    const more = (integrate: string): string => `  equations:
    x' = -x / (10 ms)
  update:
    w = x
${integrate}`;
    const eight = textOf({
      ...{ state: ['x real = 1'], more: more('    integrate_odes()\n') },
      pre: '    emit_spike(w)\n',
    });
    const seven = textOf({
      ...{ state: ['x real = 1'], parameters: ['d ms = 1 ms @nest::delay'], more: more('') },
      pre: '    deliver_spike(w, d)\n',
    }).replace('model tried_synapse', 'synapse tried_older');
    const left = (ms: number) => Math.exp(-ms / 10);
    const weights = async (text: string): Promise<number[]> => {
      kernel.ResetKernel();
      const it = await tried(text);
      kernel.SimulateSync(10);
      return it.sent().map(([, weight]) => weight);
    };
    const near = (values: readonly number[]) => values.map((x) => expect.closeTo(x, 14) as number);
    expect(await weights(eight)).toEqual(near([1, left(2), left(3), left(3)]));
    expect(await weights(seven)).toEqual(near([left(2), left(3), left(6), left(6)]));
  });
});

describe('what cannot be computed ends a simulation', () => {
  test.each([
    ['a division by 0', '    w = 1 / x\n    emit_spike(w)\n', /not finite/],
    ['a loop without an end', '    while x < 1:\n      x -= 1\n    emit_spike(w)\n', /goes round/],
    [
      ...(['an index out of range', '    v[n] = 1\n    n += 1\n    emit_spike(w)\n'] as const),
      /index/,
    ],
  ])('%s', async (_, pre, says) => {
    const state = ['x real = 0', 'n integer = 1', 'v[3] real = 0'];
    await tried(textOf({ state, pre }));
    expect(() => kernel.SimulateSync(10)).toThrow(
      named('NumericalInstability', {
        model: 'tried_synapse',
        message: expect.stringMatching(says) as string,
      }),
    );
  });
});

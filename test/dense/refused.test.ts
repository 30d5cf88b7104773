import {
  BadProperty,
  LIFCell,
  MSTDPETSynapse,
  REINFORCESynapse,
  RewardErrorCell,
  TegmentaError,
  TraceSTDPSynapse,
  VarTrace,
} from '../../lib';

// Whatever is refused, with the class of the error and its text.

type Make = (options: Record<string, unknown>) => object;

const stdp = { shape: [3, 2], A_plus: 1, A_minus: 1 };
const makers: Readonly<Record<string, [Make, Record<string, unknown>]>> = {
  TraceSTDPSynapse: [(o) => new TraceSTDPSynapse(o as never), stdp],
  MSTDPETSynapse: [(o) => new MSTDPETSynapse(o as never), stdp],
  REINFORCESynapse: [(o) => new REINFORCESynapse(o as never), { shape: [3, 2] }],
  VarTrace: [(o) => new VarTrace(o as never), { n_units: 2, tau_tr: 20, a_delta: 1 }],
  RewardErrorCell: [(o) => new RewardErrorCell(o as never), { alpha: 0.1 }],
  LIFCell: [(o) => new LIFCell(o as never), { n_units: 2, tau_m: 10 }],
};

function make(owner: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const [maker, options] = makers[owner] ?? [() => ({}), {}];
  return maker({ ...options, ...more });
}

function errorOf(act: () => unknown): TegmentaError {
  try {
    act();
  } catch (error) {
    if (error instanceof TegmentaError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** owner, parameter, value, class of the error, part of its text */
const options: [string, string, unknown, string, string][] = [
  ...['TraceSTDPSynapse', 'MSTDPETSynapse'].flatMap(
    (owner): [string, string, unknown, string, string][] => [
      [owner, 'shape', undefined, 'BadProperty', `${owner} needs the parameter shape`],
      [owner, 'shape', 3, 'TypeMismatch', 'shape must be an array [inputs, outputs]'],
      [owner, 'shape', [3, 0], 'BadProperty', 'shape[1] of'],
      [owner, 'shape', [1.5, 2], 'BadProperty', 'must be an integer >= 1, got 1.5'],
      [owner, 'shape', ['3', 2], 'TypeMismatch', 'shape[0] must be a number, got string'],
      [owner, 'shape', [2 ** 31, 2 ** 31], 'OutOfMemory', 'no memory for an array'],
      [owner, 'A_plus', undefined, 'BadProperty', 'needs the parameter A_plus'],
      [owner, 'A_minus', Infinity, 'BadProperty', `A_minus of ${owner} must be finite`],
      [owner, 'eta', NaN, 'BadProperty', 'eta of'],
      [owner, 'mu', -1, 'BadProperty', 'must be >= 0, got -1.'],
      [owner, 'pretrace_target', '0', 'TypeMismatch', 'pretrace_target must be a number'],
      [owner, 'tau_w', -3, 'BadProperty', 'tau_w of'],
      [owner, 'w_bound', 0, 'BadProperty', 'must be > w_min = 0, got 0.'],
      [owner, 'w_min', NaN, 'BadProperty', 'w_min of'],
      [owner, 'p_conn', 0, 'BadProperty', 'must be > 0 and <= 1, got 0.'],
      [owner, 'p_conn', 1.1, 'BadProperty', 'p_conn of'],
      [owner, 'enforce_weight_mask', 1, 'TypeMismatch', 'must be true or false'],
      [owner, 'g_conduct_factor', NaN, 'BadProperty', 'g_conduct_factor of'],
      [owner, 'batch_size', 0, 'BadProperty', 'batch_size of'],
      [owner, 'seed', -1, 'BadProperty', 'must be an integer in [0, 2^32), got -1.'],
      [owner, 'A_pluss', 1, 'UnaccessedDictionaryEntry', "did you mean 'A_plus'?"],
      [owner, 'weight_mask', 0.5, 'BadProperty', 'must be 0 or 1, got 0.5.'],
      [owner, 'weight_mask', [1, 0], 'DimensionMismatch', 'must have the shape 3 × 2, got [2].'],
      [owner, 'weight_init', ['gauss', 0, 1], 'BadProperty', "one of 'uniform', 'normal'"],
      [owner, 'weight_init', ['uniform', 0], 'TypeMismatch', "'uniform' and 2 numbers"],
      [owner, 'weight_init', ['uniform', 0, NaN], 'BadProperty', 'weight_init[2] of'],
      [owner, 'weight_init', ['normal', 0, -1], 'BadProperty', 'must be >= 0, got -1.'],
      [owner, 'weight_init', [[1, 2], [3]], 'DimensionMismatch', '3 × 2, got 2 × 2'],
      [owner, 'weight_init', { a: 1 }, 'TypeMismatch', 'weights must be a number or an array'],
    ],
  ),
  ['MSTDPETSynapse', 'tau_elg', -1, 'BadProperty', 'tau_elg of MSTDPETSynapse must be >= 0'],
  ['MSTDPETSynapse', 'elg_decay', -1, 'BadProperty', 'elg_decay of'],
  ['MSTDPETSynapse', 'outmask_initial', NaN, 'BadProperty', 'outmask_initial of'],
  ['MSTDPETSynapse', 'reset_modulator', 0, 'TypeMismatch', 'reset_modulator must be true or'],
  ['TraceSTDPSynapse', 'tau_elg', 1, 'UnaccessedDictionaryEntry', "no parameter 'tau_elg'"],
  ['REINFORCESynapse', 'act_fx', 'tanhh', 'BadProperty', "Did you mean 'tanh'?"],
  ['REINFORCESynapse', 'mu_act_fx', 3, 'TypeMismatch', 'mu_act_fx must be a name'],
  ['REINFORCESynapse', 'mu_out_min', NaN, 'BadProperty', 'mu_out_min of'],
  ['REINFORCESynapse', 'mu_out_max', -Infinity, 'BadProperty', '> mu_out_min = -Infinity'],
  ['REINFORCESynapse', 'w_bound', -1, 'BadProperty', 'w_bound of'],
  ['REINFORCESynapse', 'w_min', 2, 'BadProperty', 'w_bound of'],
  ['REINFORCESynapse', 'log_std_w_max', -Infinity, 'BadProperty', 'log_std_w_max of'],
  ['REINFORCESynapse', 'learning_mask_initial', 2, 'BadProperty', 'must be 0 or 1, got 2.'],
  ['REINFORCESynapse', 'sample_in_evolve', 'no', 'TypeMismatch', 'sample_in_evolve'],
  ['REINFORCESynapse', 'clip_without_learning', 1, 'TypeMismatch', 'clip_without_learning'],
  ['REINFORCESynapse', 'reset_seed', 0.5, 'BadProperty', 'reset_seed of'],
  ['REINFORCESynapse', 'decay', NaN, 'BadProperty', 'decay of'],
  ['REINFORCESynapse', 'scalar_stddev', Infinity, 'BadProperty', 'scalar_stddev of'],
  ['VarTrace', 'n_units', undefined, 'BadProperty', 'VarTrace needs the parameter n_units'],
  ['VarTrace', 'tau_tr', 0, 'BadProperty', 'tau_tr of VarTrace must be > 0, got 0.'],
  ['VarTrace', 'a_delta', -1, 'BadProperty', 'a_delta of'],
  ['VarTrace', 'P_scale', NaN, 'BadProperty', 'P_scale of'],
  ['VarTrace', 'gamma_tr', NaN, 'BadProperty', 'gamma_tr of'],
  ['VarTrace', 'decay_type', 'linear', 'BadProperty', "one of 'exp', 'lin', 'step'"],
  ['VarTrace', 'n_nearest_spikes', 0.5, 'BadProperty', 'must be an integer >= 0'],
  ['RewardErrorCell', 'alpha', 1.1, 'BadProperty', 'must be between 0 and 1, got 1.1.'],
  ['RewardErrorCell', 'ema_window_len', 0, 'BadProperty', 'ema_window_len of'],
  ['RewardErrorCell', 'use_online_predictor', 1, 'TypeMismatch', 'use_online_predictor'],
  ['LIFCell', 'tau_m', 0, 'BadProperty', 'tau_m of LIFCell must be > 0, got 0.'],
  ['LIFCell', 'v_min', -Infinity, 'BadProperty', 'v_min of'],
  ['LIFCell', 'refract_time', -1, 'BadProperty', 'refract_time of'],
  ['LIFCell', 'integration_type', 'rk4', 'BadProperty', "one of 'euler', 'rk2'"],
  ['LIFCell', 'one_spike', 1, 'TypeMismatch', 'one_spike must be true or false'],
  ['LIFCell', 'taum', 1, 'UnaccessedDictionaryEntry', "did you mean 'tau_m'?"],
];

test.each(options)('%s: %s %p', (owner, parameter, value, kind, part) => {
  const error = errorOf(() => make(owner, { [parameter]: value }));
  expect([error.name, error.message]).toEqual([kind, expect.stringContaining(part)]);
});

test.each(Object.keys(makers))('%s needs an object of parameters', (owner) => {
  const [maker] = makers[owner] ?? [];
  expect(errorOf(() => maker?.(7 as never)).name).toBe('TypeMismatch');
});

test('LIFCell: both ways to have one spike', () => {
  const error = errorOf(() => make('LIFCell', { one_spike: true, max_one_spike: true }));
  expect(error.message).toBe(
    'max_one_spike of LIFCell must be false where one_spike is true, got true.',
  );
});

const batch = { batch_size: 2 };

/** owner, compartment, its shape with a batch of 2, shape in words */
const compartments: [string, string, number, string][] = [
  ['MSTDPETSynapse', 'inputs', 6, '2 × 3'],
  ['MSTDPETSynapse', 'preSpike', 6, '2 × 3'],
  ['MSTDPETSynapse', 'postSpike', 4, '2 × 2'],
  ['MSTDPETSynapse', 'preTrace', 6, '2 × 3'],
  ['MSTDPETSynapse', 'postTrace', 4, '2 × 2'],
  ['MSTDPETSynapse', 'modulator', 2, '[2]'],
  ['MSTDPETSynapse', 'outmask', 2, '[2]'],
  ['MSTDPETSynapse', 'weights', 6, '3 × 2'],
  ['MSTDPETSynapse', 'eligibility', 12, '2 × 3 × 2'],
  ['MSTDPETSynapse', 'dWeights', 12, '2 × 3 × 2'],
  ['TraceSTDPSynapse', 'weights', 6, '3 × 2'],
  ['REINFORCESynapse', 'inputs', 6, '2 × 3'],
  ['REINFORCESynapse', 'noise', 4, '2 × 2'],
  ['REINFORCESynapse', 'rewards', 2, '[2]'],
  ['REINFORCESynapse', 'weights', 12, '3 × 4'],
  ['VarTrace', 'inputs', 4, '2 × 2'],
  ['VarTrace', 'trace', 4, '2 × 2'],
  ['RewardErrorCell', 'reward', 2, '2 × 1'],
  ['RewardErrorCell', 'mu', 2, '2 × 1'],
  ['LIFCell', 'j', 4, '2 × 2'],
  ['LIFCell', 'v', 4, '2 × 2'],
  ['LIFCell', 'rfr', 4, '2 × 2'],
  ['LIFCell', 'thr_theta', 4, '2 × 2'],
];

describe.each(compartments)('%s.%s', (owner, name, size, shape) => {
  test('refuses other shapes and numbers, and keeps what it has', () => {
    const component = make(owner, batch);
    const values = component[name] as Float64Array;
    expect(values).toHaveLength(size);
    const before = [...values];
    const refuse = (value: unknown): TegmentaError =>
      errorOf(() => {
        component[name] = value;
      });
    for (const list of [new Float64Array(size + 1), Array.from({ length: size + 1 }, () => 0)]) {
      const error = refuse(list);
      expect(error.name).toBe('DimensionMismatch');
      expect(error.message).toBe(
        `${name} of ${owner} must have the shape ${shape}, got [${size + 1}].`,
      );
      expect(error.given).toEqual([size + 1]);
    }
    const flat: unknown[] = Array.from({ length: size }, () => 0.5);
    expect(refuse(flat.with(1, 'x')).message).toBe(
      `${owner}: ${name}[1] must be a number, got string.`,
    );
    expect(refuse(flat.with(1, NaN)).message).toBe(
      `${name}[1] of ${owner} must be finite, got NaN.`,
    );
    const typed = new Float64Array(size);
    typed[size - 1] = -Infinity;
    expect(refuse(typed).message).toBe(
      `${name}[${size - 1}] of ${owner} must be finite, got -Infinity.`,
    );
    expect(refuse(NaN).name).toBe('BadProperty');
    expect(refuse('0').name).toBe('TypeMismatch');
    expect(refuse(null).name).toBe('TypeMismatch');
    expect(refuse(new BigInt64Array(size)).name).toBe('TypeMismatch');
    expect([...values]).toEqual(before);
    component[name] = flat;
    expect([...values]).toEqual(flat);
  });
});

test('nested arrays have to be regular and of the right depth', () => {
  const synapse = new MSTDPETSynapse({ ...stdp, shape: [3, 2] });
  const set = (weights: unknown): string =>
    errorOf(() => {
      synapse.weights = weights as never;
    }).message;
  expect(set([[1, 2], [3, 4], [5]])).toBe(
    'weights[2] of MSTDPETSynapse must have the shape [2], got [1].',
  );
  expect(set([[1, 2], [3, 4], 5])).toBe(
    'weights[2] of MSTDPETSynapse must have the shape [2], got of a number.',
  );
  expect(
    set([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  ).toBe('weights of MSTDPETSynapse must have the shape 3 × 2, got 2 × 3.');
  expect(
    set([
      [1, 2],
      [3, 4],
      [5, NaN],
    ]),
  ).toBe('weights[2][1] of MSTDPETSynapse must be finite, got NaN.');
  synapse.weights = [Float64Array.of(0.1, 0.2), [0.3, 0.4], Float32Array.of(0.5, 0.25)];
  expect([...synapse.weights]).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.25]);
  synapse.preSpike = [[1, 0, 1]];
  expect([...synapse.preSpike]).toEqual([1, 0, 1]);
});

/** owner, method, live array, compartments that must not change */
const live: [string, string, string, string[]][] = [
  ['MSTDPETSynapse', 'advance', 'inputs', ['outputs']],
  ...['preSpike', 'postSpike', 'preTrace', 'postTrace', 'modulator', 'outmask'].map(
    (name): [string, string, string, string[]] => [
      'MSTDPETSynapse',
      'evolve',
      name,
      ['weights', 'eligibility'],
    ],
  ),
  ...['preSpike', 'postSpike', 'preTrace', 'postTrace'].map(
    (name): [string, string, string, string[]] => [
      'TraceSTDPSynapse',
      'evolve',
      name,
      ['weights', 'dWeights'],
    ],
  ),
  ['REINFORCESynapse', 'advance', 'inputs', ['outputs', 'noise']],
  ['REINFORCESynapse', 'evolve', 'rewards', ['weights', 'dWeights', 'accumulated_gradients']],
  ['VarTrace', 'advance', 'inputs', ['trace']],
  ['RewardErrorCell', 'advance', 'reward', ['mu', 'rpe', 'accum_reward']],
  ['LIFCell', 'advance', 'j', ['v', 's', 'rfr', 'thr_theta', 'tols']],
];

test.each(live)('%s.%s refuses NaN written into %s', (owner, method, name, kept) => {
  const component = make(owner) as Record<string, Float64Array> & Record<string, () => void>;
  if (owner === 'REINFORCESynapse') component.advance?.();
  const before = kept.map((key) => [...(component[key] ?? [])]);
  const values = component[name] ?? new Float64Array();
  values[values.length - 1] = NaN;
  const error = errorOf(() => component[method]?.());
  expect([error.name, error.model, error.allowed]).toEqual(['BadProperty', owner, 'finite']);
  expect(error.message).toBe(`${name}[${values.length - 1}] of ${owner} must be finite, got NaN.`);
  expect(kept.map((key) => [...(component[key] ?? [])])).toEqual(before);
});

test.each([
  ['MSTDPETSynapse', 'advance'],
  ['MSTDPETSynapse', 'evolve'],
  ['TraceSTDPSynapse', 'evolve'],
  ['REINFORCESynapse', 'advance'],
  ['REINFORCESynapse', 'evolve'],
  ['VarTrace', 'advance'],
  ['LIFCell', 'advance'],
])('%s.%s takes a positive step only', (owner, method) => {
  const component = make(owner) as Record<string, (dt: unknown) => void>;
  for (const dt of [0, -1, NaN, Infinity]) {
    const error = errorOf(() => component[method]?.(dt));
    expect([error.name, error.parameter, error.value]).toEqual(['BadParameter', 'dt', dt]);
  }
  expect(errorOf(() => component[method]?.('1')).name).toBe('TypeMismatch');
});

test('REINFORCESynapse: no learning before an action', () => {
  const synapse = new REINFORCESynapse({ shape: [1, 1] });
  expect(errorOf(() => synapse.evolve()).name).toBe('KernelException');
  synapse.advance();
  synapse.evolve();
  synapse.reset();
  expect(errorOf(() => synapse.evolve()).name).toBe('KernelException');
});

test('scalars are checked as parameters are', () => {
  const synapse = new MSTDPETSynapse({ ...stdp, shape: [3, 2] });
  const cable = new REINFORCESynapse({ shape: [1, 1] });
  for (const [act, text] of [
    [() => (synapse.eta = NaN), 'eta of MSTDPETSynapse must be finite, got NaN.'],
    [() => (cable.eta = Infinity), 'eta of REINFORCESynapse must be finite, got Infinity.'],
    [
      () => (cable.learning_mask = 0.5),
      'learning_mask of REINFORCESynapse must be 0 or 1, got 0.5.',
    ],
  ] as const) {
    expect(errorOf(act).message).toBe(text);
  }
  expect([synapse.eta, cable.eta, cable.learning_mask]).toEqual([1, 1e-4, 1]);
});

test('an array whose buffer went to another thread is refused', () => {
  const synapse = new MSTDPETSynapse({ ...stdp, shape: [3, 2] });
  structuredClone(synapse.weights, { transfer: [synapse.weights.buffer as ArrayBuffer] });
  const error = errorOf(() => synapse.evolve());
  expect([error.name, error.parameter]).toEqual(['DimensionMismatch', 'weights']);
});

/** Arrays that reset clears. */
const arraysOf: Readonly<Record<string, readonly string[]>> = {
  TraceSTDPSynapse: ['inputs', 'outputs', 'preSpike', 'postSpike', 'preTrace', 'dWeights'],
  MSTDPETSynapse: ['inputs', 'postTrace', 'modulator', 'outmask', 'eligibility', 'dWeights'],
  REINFORCESynapse: ['inputs', 'outputs', 'noise', 'rewards', 'dWeights', 'accumulated_gradients'],
  VarTrace: ['inputs', 'trace'],
  RewardErrorCell: ['reward', 'mu', 'rpe', 'accum_reward'],
  LIFCell: ['j', 'v', 's', 'rfr', 'tols'],
};

/** Some are cleared by reset only. */
function setOrReset(component: Record<string, unknown> & { reset?: () => void }, name: string) {
  try {
    component[name] = 1;
  } catch (error) {
    if (!(error instanceof BadProperty)) throw error;
    component.reset?.();
  }
}

test.each(Object.entries(arraysOf).flatMap(([owner, names]) => names.map((name) => [owner, name])))(
  '%s: %s that went to another thread is missed by reset and set, which change nothing',
  (owner, name) => {
    const component = make(owner) as Record<string, Float64Array> & Record<string, () => void>;
    const others = (arraysOf[owner] ?? []).filter((key) => key !== name);
    for (const key of others) component[key]?.fill(0.5);
    const array = component[name] ?? new Float64Array();
    structuredClone(array, { transfer: [array.buffer as ArrayBuffer] });
    const calls = [
      () => component.reset?.(),
      () => setOrReset(component, name),
      () => (owner === 'RewardErrorCell' ? component.advance?.() : component.reset?.()),
    ];
    for (const call of calls) {
      const error = errorOf(call);
      expect([error.name, error.parameter, error.given]).toEqual(['DimensionMismatch', name, [0]]);
    }
    for (const key of others) expect(new Set(component[key])).toEqual(new Set([0.5]));
  },
);

test('arrays that hold themselves are refused', () => {
  const endless: unknown[] = [];
  endless.push(endless);
  const cell = new LIFCell({ n_units: 3, tau_m: 1 });
  expect(errorOf(() => (cell.j = endless as never)).name).toBe('DimensionMismatch');
  const one = new LIFCell({ n_units: 1, tau_m: 1 });
  expect(errorOf(() => (one.j = endless as never)).name).toBe('TypeMismatch');
  const weight_init = endless as never;
  expect(errorOf(() => make('TraceSTDPSynapse', { weight_init })).name).toBe('DimensionMismatch');
});

test('shapes beyond all memory are OutOfMemory', () => {
  for (const p_conn of [1, 0.5]) {
    const error = errorOf(() => make('REINFORCESynapse', { shape: [1, 2 ** 32 - 1], p_conn }));
    expect([error.name, error.model]).toEqual(['OutOfMemory', 'REINFORCESynapse']);
  }
});

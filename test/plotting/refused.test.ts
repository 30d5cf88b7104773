// What the functions of tegmenta/plot refuse, and by which error.
import {
  BadParameterValue,
  DimensionMismatch,
  Kernel,
  TegmentaError,
  TypeMismatch,
  UnaccessedDictionaryEntry,
} from '../../lib';
import * as plot from '../../lib/plotting';

// As JavaScript calls them.
const given = { ...plot } as unknown as Record<string, (...args: unknown[]) => unknown>;
const errorOf = (name: string, args: readonly unknown[]): TegmentaError => {
  try {
    given[name]!(...args);
  } catch (error) {
    if (error instanceof TegmentaError) return error;
    throw error;
  }
  throw new Error(`${name} took it.`);
};

const bad = BadParameterValue;
const wrong = TypeMismatch;
const unknown = UnaccessedDictionaryEntry;
const none = { times: [], senders: [] };
const samples = { ...none, V_m: [] };
const window = { start: 0, stop: 1e9 };
const figure = plot.raster(none);

/** What each function can be called with, besides options. */
const first: readonly (readonly [name: string, unknown])[] = [
  ['raster', none],
  ['traces', samples],
  ['rates', none],
  ['weightMatrix', [[1]]],
  ['weightHistogram', []],
  ['stdpWindow', { lags: [], changes: [] }],
  ['panels', [figure]],
];

test('all functions are among them', () => {
  expect(first.map(([name]) => name).sort()).toEqual(Object.keys(plot).sort());
});

const ofAll: readonly [options: unknown, typeof TegmentaError, string][] = [
  [{ titel: 'x' }, unknown, 'titel'],
  [{ title: 5 }, wrong, 'title'],
  [{ subtitle: ['x'] }, wrong, 'subtitle'],
  [{ width: 0 }, bad, 'width'],
  [{ width: NaN }, bad, 'width'],
  [{ width: 100_001 }, bad, 'width'],
  [{ width: '100' }, wrong, 'width'],
  [{ height: -1 }, bad, 'height'],
  [{ height: Infinity }, bad, 'height'],
  [{ theme: 'drak' }, bad, 'theme'],
  [{ theme: 1 }, wrong, 'theme'],
  [5, wrong, 'options'],
  [null, wrong, 'options'],
];
const general = first.flatMap(([name, data]) =>
  ofAll.map(([options, error, parameter]) => [name, [data, options], error, parameter] as const),
);

type Refused = readonly [string, unknown[], typeof TegmentaError, string];

const special: readonly Refused[] = [
  ...['raster', 'rates'].flatMap((name): Refused[] => [
    [name, [undefined], wrong, 'events'],
    [name, [[1, 2]], wrong, 'events'],
    [name, [{ times: [1] }], wrong, 'events.senders'],
    [name, [{ times: 5, senders: [] }], wrong, 'events.times'],
    [name, [{ times: [1, NaN], senders: [1, 1] }], bad, 'events.times[1]'],
    [name, [{ times: [1, 2], senders: [1] }], DimensionMismatch, 'events.senders'],
    [name, [{ times: [1], senders: [-1] }], bad, 'events.senders[0]'],
    [name, [{ ...none, offsets: [] }], wrong, 'events.times'],
    [name, [none, { window: { start: 2, stop: 1 } }], bad, 'window.stop'],
    [name, [none, { window: [1, 2] }], wrong, 'window'],
    [name, [none, { populations: [1] }], wrong, 'populations'],
    [name, [none, { populations: {} }], bad, 'populations'],
    [name, [none, { populations: { E: [1], I: [2, 1] } }], bad, 'populations.I[1]'],
    [name, [none, { populations: { E: [1, 1] } }], bad, 'populations.E[1]'],
    [name, [none, { populations: { E: 5 } }], wrong, 'populations.E'],
    [name, [none, { colors: [] }], bad, 'colors'],
    [name, [none, { colors: 'red' }], wrong, 'colors'],
    [name, [none, { colors: ['red', 5] }], wrong, 'colors[1]'],
    ...['bleu', '', '#12345', 'none', 'url(#a)', 'rgb(1)', '"><script>'].map((color): Refused => [
      name,
      [none, { colors: ['red', color] }],
      bad,
      'colors[1]',
    ]),
    [name, [none, { xLabel: 5 }], wrong, 'xLabel'],
  ]),
  ['raster', [none, { maxSpikes: 0 }], bad, 'maxSpikes'],
  ['raster', [none, { maxSpikes: 1.5 }], bad, 'maxSpikes'],
  ['raster', [none, { bin: 1 }], unknown, 'bin'],
  ['rates', [none, { bin: 0 }], bad, 'bin'],
  ['rates', [none, { bin: -5 }], bad, 'bin'],
  ['rates', [none, { sigma: 0 }], bad, 'sigma'],
  ['rates', [none, { yLimits: [1, 1] }], bad, 'yLimits[1]'],
  ['rates', [none, { yLimits: [1] }], wrong, 'yLimits'],
  ['rates', [none, { window, bin: 0.1 }], bad, 'bin'],
  ['rates', [{ times: [0, 1e9], senders: [1, 1] }, { bin: 0.1 }], bad, 'bin'],
  ['traces', [none], bad, 'events'],
  ['traces', [{ ...samples, V_m: [1] }], DimensionMismatch, 'events.V_m'],
  ['traces', [{ ...samples, V_m: 'x' }], wrong, 'events.V_m'],
  ['traces', [{ times: [1], senders: [1], V_m: ['x'] }], wrong, 'events.V_m[0]'],
  ['traces', [{ ...samples, targets: [1] }], DimensionMismatch, 'events.targets'],
  ['traces', [samples, { recordables: 'V_n' }], bad, 'recordables'],
  ['traces', [samples, { recordables: [] }], bad, 'recordables'],
  ['traces', [samples, { recordables: [5] }], wrong, 'recordables[0]'],
  ['traces', [samples, { neurons: 1 }], wrong, 'neurons'],
  ['traces', [samples, { maxTraces: 0 }], bad, 'maxTraces'],
  ['traces', [samples, { threshold: NaN }], bad, 'threshold'],
  [
    'traces',
    [samples, { spikes: { times: [1], senders: [] } }],
    DimensionMismatch,
    'spikes.senders',
  ],
  ['weightMatrix', [5], wrong, 'synapses'],
  ['weightMatrix', [[]], bad, 'synapses'],
  ['weightMatrix', [[[]]], bad, 'synapses'],
  ['weightMatrix', [[1, 2]], wrong, 'synapses[0]'],
  ['weightMatrix', [[[1, 2], [3]]], DimensionMismatch, 'synapses[1]'],
  ['weightMatrix', [[[Infinity]]], bad, 'synapses[0][0]'],
  ['weightMatrix', [{ source: [1], target: [2] }], wrong, 'synapses.weight'],
  [
    'weightMatrix',
    [{ source: [1], target: [2, 3], weight: [1] }],
    DimensionMismatch,
    'synapses.target',
  ],
  [
    'weightMatrix',
    [{ source: [1], target: [2], weight: [] }],
    DimensionMismatch,
    'synapses.weight',
  ],
  ['weightMatrix', [{ source: [1], target: [2], weight: [NaN] }], bad, 'synapses.weight[0]'],
  ['weightMatrix', [{ source: [1.5], target: [2], weight: [1] }], bad, 'synapses.source[0]'],
  ['weightMatrix', [[[1]], { sources: [1, 2] }], DimensionMismatch, 'sources'],
  ['weightMatrix', [[[1]], { targets: 'all' }], wrong, 'targets'],
  ['weightMatrix', [[[1], [2]], { sources: [7, 7] }], bad, 'sources[1]'],
  [
    'weightMatrix',
    [{ source: [1], target: [2], weight: [1] }, { targets: [2, 3, 2] }],
    bad,
    'targets[2]',
  ],
  ['weightMatrix', [[[1]], { limits: [2, 1] }], bad, 'limits[1]'],
  ['weightMatrix', [[[1]], { label: 5 }], wrong, 'label'],
  ['weightHistogram', [5], wrong, 'weights'],
  ['weightHistogram', [{}], bad, 'weights'],
  ['weightHistogram', [[NaN]], bad, 'weights[0]'],
  ['weightHistogram', [{ a: [1], b: 5 }], wrong, 'weights.b'],
  ['weightHistogram', [{ a: [1], b: ['x'] }], wrong, 'weights.b[0]'],
  ['weightHistogram', [[1], { bins: -1 }], bad, 'bins'],
  ['weightHistogram', [[1], { bins: 0.5 }], bad, 'bins'],
  ['weightHistogram', [[1], { bins: 1e9 }], bad, 'bins'],
  ['weightHistogram', [[1], { bins: [1] }], bad, 'bins'],
  ['weightHistogram', [[1], { bins: [1, 2, 2] }], bad, 'bins[2]'],
  ['weightHistogram', [[1], { bins: 'many' }], wrong, 'bins'],
  ['weightHistogram', [[1], { bins: [0, 1], xLimits: [0, 1] }], bad, 'xLimits'],
  ['weightHistogram', [[1], { bounds: [NaN] }], bad, 'bounds[0]'],
  ['weightHistogram', [[1], { xScale: 'logarithmic' }], bad, 'xScale'],
  ['weightHistogram', [[1, 0], { xScale: 'log' }], bad, 'weights[1]'],
  ['weightHistogram', [{ a: [-1] }, { xScale: 'log' }], bad, 'weights.a[0]'],
  ['weightHistogram', [[1], { xScale: 'log', bins: [0, 1] }], bad, 'bins[0]'],
  ['weightHistogram', [[1], { xScale: 'log', xLimits: [0, 1] }], bad, 'xLimits[0]'],
  ['weightHistogram', [[1], { xScale: 'log', bounds: [0] }], bad, 'bounds[0]'],
  ['weightHistogram', [[1], { yScale: 'log', yLimits: [0, 9] }], bad, 'yLimits[0]'],
  ['stdpWindow', [[1]], wrong, 'points'],
  ['stdpWindow', [{ lags: [1], changes: [] }], DimensionMismatch, 'points.changes'],
  ['stdpWindow', [{ lags: [NaN], changes: [1] }], bad, 'points.lags[0]'],
  ['stdpWindow', [{ lags: [] }], wrong, 'points.changes'],
  [
    'stdpWindow',
    [{ lags: [], changes: [] }, { curve: { lags: [1], changes: [1, 2] } }],
    DimensionMismatch,
    'curve.changes',
  ],
  ['stdpWindow', [{ lags: [], changes: [] }, { xLimits: [0, NaN] }], bad, 'xLimits[1]'],
  ['panels', [figure], wrong, 'figures'],
  ['panels', [[]], bad, 'figures'],
  ['panels', [[figure, {}]], wrong, 'figures[1]'],
  ['panels', [[figure], { columns: 0 }], bad, 'columns'],
  ['panels', [[figure], { rows: 1.5 }], bad, 'rows'],
  ['panels', [[figure], { rows: 1, columns: 1 }], bad, 'rows'],
  ['panels', [[figure], { sharedX: 'yes' }], wrong, 'sharedX'],
  ['panels', [[figure, plot.weightMatrix([[1]])], { sharedX: true }], bad, 'sharedX'],
  ['panels', [[plot.weightMatrix([[1]])], { sharedX: true }], bad, 'sharedX'],
  ['panels', [[figure, plot.weightHistogram([1])], { sharedX: true }], bad, 'sharedX'],
];

test.each([...general, ...special])('%s%j', (name, args, errorClass, parameter) => {
  const error = errorOf(name, args);
  expect(error).toBeInstanceOf(errorClass);
  expect(error.parameter).toBe(parameter);
  // A name that nothing reads is said of its owner.
  expect(error.message).toContain(name);
});

test('texts say the value, what is allowed and what was probably meant', () => {
  const textOf = (name: string, ...args: unknown[]): string => errorOf(name, args).message;
  expect(textOf('raster', none, { populatoins: {} })).toBe(
    "raster has no option 'populatoins'; did you mean 'populations'?",
  );
  expect(textOf('rates', none, { bin: -5 })).toBe('rates: bin must be finite and > 0, got -5.');
  expect(textOf('raster', none, { theme: 'Dark' })).toBe(
    "raster: theme must be one of light, dark, got 'Dark'; did you mean 'dark'?",
  );
  expect(textOf('raster', none, { colors: ['bleu'] })).toBe(
    "raster: colors[0] must be a CSS colour: a name, '#rrggbb', 'rgb(…)' or 'hsl(…)', got 'bleu'; did you mean 'blue'?",
  );
  expect(textOf('traces', samples, { recordables: 'v_m' })).toBe(
    "traces: recordables must be 'V_m', got 'v_m'; did you mean 'V_m'?",
  );
  expect(textOf('panels', [figure, plot.weightHistogram([1])], { sharedX: true })).toBe(
    'panels: sharedX must be false where figures have different x axes: ' +
      "that of figures[0] is 'time (ms)', of figures[1] 'weight'.",
  );
  expect(textOf('panels', [plot.panels([figure]), figure], { sharedX: true })).toBe(
    'panels: sharedX must be false where figures have different x axes: ' +
      'that of figures[0] cannot be shared.',
  );
});

test('recorders in the place of their events, and events in steps', () => {
  const kernel = new Kernel();
  const recorder = kernel.Create('spike_recorder', { time_in_steps: true });
  expect(errorOf('raster', [recorder]).message).toBe(
    'raster: events must be the events of a recorder, as recorder.events or { times, senders }, ' +
      'got NodeCollection.',
  );
  expect(errorOf('rates', [recorder.events]).message).toContain('in ms, not in steps');
  kernel.dispose();
});

test('synapses that are stale', () => {
  const kernel = new Kernel();
  const cells = kernel.Create('iaf_psc_exp', 2);
  kernel.Connect(cells, cells);
  const synapses = kernel.GetConnections({ source: cells });
  kernel.Connect(cells, cells);
  expect(errorOf('weightMatrix', [synapses]).name).toBe('StaleSynapseCollection');
  expect(errorOf('weightHistogram', [synapses]).name).toBe('StaleSynapseCollection');
  kernel.dispose();
});

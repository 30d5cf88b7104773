// Models that are made of texts, on their way into the core and out of it.
import { BadProperty, Kernel, NewModelNameExists, TypeMismatch } from '../../lib';
import { native, type NativeModelCode } from '../../lib/native';
import { encode, type Code, type Program } from '../../lib/nestml/compiler/code';

const nothing: Program = { given: 3, temporaries: 0, code: [], main: 0, results: [] };
const number = (name: string) =>
  ({ name, unit: 'mV', description: 'What it is.', kind: 'real', isReadOnly: false }) as const;

/** x grows by what comes to either receptor, times `gain`, which is > 0; it fires where x > 5. */
const adder = (name: string, more: Partial<Code> = {}): Code => ({
  name,
  text: `model ${name}:\n    # adds\n`,
  parameters: [number('gain')],
  internals: [number('h')],
  states: [number('x')],
  receptors: ['first', 'second'],
  isNumbered: true,
  currents: [],
  mostSpikes: 1,
  constants: [0, 1, 5],
  guards: [{ parameter: 0, text: 'gain > 0' }],
  failures: [],
  programs: {
    defaults: { ...nothing, given: 2, results: [1, 0] },
    guarding: {
      ...nothing,
      temporaries: 2,
      code: [
        { operation: 'less', operands: [6, 0, 3] },
        { operation: 'to_number', operands: [7, 6] },
      ],
      main: 2,
      results: [7],
    },
    // The resolution.
    deriving: { ...nothing, results: [4] },
    setup: { ...nothing, results: [3] },
    // Coefficient 3, state 4, rows 5 … 8, time 9, spikes 10.
    step: {
      ...nothing,
      given: 8,
      temporaries: 1,
      code: [
        ...[5, 6, 7, 8].map((row) => ({
          operation: 'multiply_add' as const,
          operands: [4, row, 3, 4],
        })),
        { operation: 'less', operands: [11, 2, 4] },
        { operation: 'to_number', operands: [10, 11] },
      ],
      main: 6,
    },
  },
  systems: [],
  ...more,
});

/** A kernel of the addon, and what lib/ makes of it. */
const kernels = () => {
  const core = new native.NativeKernel();
  return { core, kernel: new Kernel(core) };
};

it('runs a model that was loaded, with receptors by name and both signs', async () => {
  const { core, kernel } = kernels();
  core.loadModels([encode(adder('adds')), encode(adder('other'))], [], false);
  const neurons = kernel.Create('adds' as 'iaf_psc_exp', 3, { gain: 2 } as object);
  const source = kernel.Create('spike_generator', 1, { spike_times: [1, 2] });
  kernel.Connect(source, neurons, 'all_to_all', { receptor_type: 1, weight: 2 });
  kernel.Connect(source, neurons, 'all_to_all', { receptor_type: 2, weight: -0.5 });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(neurons, recorder);
  await kernel.Simulate(5);
  expect(neurons.get('x' as 'V_m')).toEqual(Float64Array.of(6, 6, 6));
  expect(kernel.GetDefaults('adds' as 'iaf_psc_exp')).toMatchObject({
    gain: 1,
    x: 0,
    h: 0.1,
    receptor_types: { FIRST: 1, SECOND: 2 },
    recordables: ['x', 'Ca'],
  });
  expect(recorder.get('n_events')).toBeGreaterThan(0);
});

it('says how a model is declared, as of built-in ones', () => {
  const { core } = kernels();
  core.loadModels([encode(adder('adds'))], [], false);
  const model = core.nodeModel('adds');
  expect(model).toMatchObject({
    name: 'adds',
    kind: 'neuron',
    equations: 'model adds:\n    # adds\n',
    recordables: ['x', 'Ca'],
  });
  expect(model.parameters.find(({ name }) => name === 'gain')).toEqual({
    name: 'gain',
    type: 'double',
    unit: 'mV',
    default: '1',
    allowed: 'a number',
    infinity: Infinity,
    description: 'What it is.',
    role: 'parameter',
    ofReceptor: false,
  });
  expect(model.parameters.find(({ name }) => name === 'receptor_types')?.type).toBe('map');
  expect(core.nodeModel('iaf_psc_exp')).toEqual(
    native.models().find(({ name }) => name === 'iaf_psc_exp'),
  );
});

it.each<[string, unknown[], new (...args: never[]) => Error, string]>([
  ['no list', ['adds', false], TypeMismatch, 'neurons must be a list of codes'],
  ['no objects', [[1], false], TypeMismatch, 'neurons[0] must be an object of strings'],
  [
    'numbers of another type',
    [[{ strings: [], integers: [1], numbers: new Float64Array() }], false],
    TypeMismatch,
    'neurons[0] must be an object of strings, integers and numbers',
  ],
  [
    'strings that are none',
    [[{ strings: [1], integers: new Int32Array(), numbers: new Float64Array() }], false],
    TypeMismatch,
    'strings',
  ],
  [
    'nothing at all',
    [[{ strings: [], integers: new Int32Array(), numbers: new Float64Array() }], false],
    BadProperty,
    '',
  ],
  ['no flag', [[], undefined], TypeMismatch, 'replace must be a boolean'],
  ['a guard', [[encode(adder('bad', { constants: [0, -1, 5] }))], true], BadProperty, 'gain > 0'],
  ['a known name', [[encode(adder('iaf_psc_exp'))], false], NewModelNameExists, 'iaf_psc_exp'],
])('refuses what cannot be loaded: %s', (_what, args, kind, text) => {
  const { core, kernel } = kernels();
  const call = () => {
    const [neurons, replace] = args as [NativeModelCode[], boolean];
    core.loadModels(neurons, [], replace);
  };
  expect(call).toThrow(kind);
  expect(call).toThrow(text);
  expect(() => kernel.GetDefaults('bad' as 'iaf_psc_exp')).toThrow('There is no model');
});

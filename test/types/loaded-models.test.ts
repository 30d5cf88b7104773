// Types of models that are made of texts, as `tegmenta nestml types` declares them.
import { declarationsOf } from '../../lib/cli/model-types';
import type { NativeModelDescription, NativeParameterDescription } from '../../lib/native';
import { Editor } from './editor';

const parameter = (
  name: string,
  more: Partial<NativeParameterDescription> = {},
): NativeParameterDescription => ({
  ...{ name, type: 'double', unit: 'mV', default: '-70', allowed: '', infinity: 0 },
  ...{ description: '', role: 'parameter', ofReceptor: false },
  ...more,
});

const model = (
  name: string,
  parameters: NativeParameterDescription[],
  recordables: string[],
): NativeModelDescription => ({
  ...{ name, kind: 'neuron', summary: 'A neuron', source: '', equations: '', variants: [] },
  ...{ parameters, recordables },
});

const declared = [
  model(
    'my_neuron',
    [
      parameter('E_L', { description: 'Where it rests; not */ the end', allowed: 'finite' }),
      parameter('t_ref', { type: 'int', unit: '', default: '2' }),
      parameter('is_on', { type: 'bool', unit: '', default: 'false' }),
      parameter('w_adapt', { role: 'state', unit: 'pA', default: '0' }),
      parameter('I_total', { role: 'readonly', unit: 'pA', default: '' }),
    ],
    ['w_adapt', 'I_total'],
  ),
  {
    ...model(
      'with_ports',
      [
        parameter('receptor_types', { type: 'map', role: 'readonly' }),
        parameter('continuous_inputs', { type: 'map', role: 'readonly' }),
        parameter('other', { type: 'map', role: 'readonly' }),
      ],
      [],
    ),
    keys: { receptor_types: ['EXC', 'P_0'], continuous_inputs: ['I'] },
  },
  // A user's own in the place of a built-in one; one that has nothing.
  model('iaf_psc_exp', [parameter('tau_m', { unit: 'ms' })], ['V_m']),
  model('bare', [], []),
];

const editor = new Editor(
  declarationsOf(
    declared,
    declared.map(({ name }) => name),
    'models/mine.nestml',
  ),
);

// The first question reads the whole library.
jest.setTimeout(300_000);

const cells = `const cells = nest.Create('my_neuron', 3);`;
const path = `{ path: './models/mine.nestml' }`;

test.each([
  "nest.Create('my_neuron', 3, { E_L: [-70, -65, -60], w_adapt: nest.random.normal(0, 1) })",
  "nest.Create('my_neuron', { t_ref: 3, is_on: true })",
  `${cells} cells.E_L = -65; cells.set({ is_on: [true, false, true] });`,
  `${cells} const E_L: Float64Array = cells.E_L; const one: number = cells.at(0).I_total;`,
  `${cells} const names: string[] = cells.at(0).recordables;`,
  "nest.CopyModel('my_neuron', 'other', { E_L: -60 }); nest.Create('other', { anything: 3 });",
  "nest.SetDefaults('my_neuron', { w_adapt: 3 })",
  "const E_L: number = nest.GetDefaults('my_neuron', 'E_L')",
  "const E_L: number = nest.GetDefaults('my_neuron').E_L",
  "const w: Float64Array = nest.Create('multimeter', { record_from: ['w_adapt'] }).events.w_adapt",
  "nest.Create('iaf_psc_exp', { tau_m: 3 })",
  "nest.Create('bare', 2)",
  "const n: number = nest.GetDefaults('with_ports', 'receptor_types').EXC",
  "const n: number = nest.GetDefaults('with_ports').receptor_types.P_0",
  "const n: number = nest.GetDefaults('with_ports', 'continuous_inputs').I",
  "const n: number = nest.Create('with_ports', 2).at(0).receptor_types.EXC",
  "const n: number = nest.GetDefaults('with_ports', 'other').any ?? 0",
  // Of models without declarations anything is possible.
  "nest.Create('another', { some: 3 })",
  "const names: Promise<string[]> = nest.LoadModel('model a:')",
  "const names: Promise<string[]> = nest.LoadModel({ path: 'other.nestml' }, { replace: true })",
  `const names: Promise<string[]> = nest.LoadModel([${path}, 'model a:'])`,
  `const names: Promise<['my_neuron', 'with_ports', 'iaf_psc_exp', 'bare']> = nest.LoadModel(${path})`,
  "const names: Promise<readonly ['my_neuron', ...string[]]> = nest.LoadModel({ path: 'models/mine.nestml' })",
  `async () => { const [name] = await nest.LoadModel(${path}); nest.Create(name, { t_ref: 3 }); }`,
  `async () => { const all = await nest.LoadModel([${path}, ${path}]); return all[7] satisfies 'bare'; }`,
  'const none: Promise<[]> = nest.LoadModel([])',
  'declare const some: nest.ModelSource[]; const n: Promise<string[]> = nest.LoadModel(some);',
])('%s', (program) => {
  expect(editor.errorsIn(program)).toEqual([]);
});

test.each([
  "nest.Create('my_neuron', { E_M: -70 })",
  "nest.Create('my_neuron', { E_L: 'low' })",
  "nest.Create('my_neuron', { E_L: null })",
  "nest.Create('my_neuron', { is_on: 1 })",
  "nest.Create('my_neuron', { I_total: 1 })",
  "nest.Create('my_neuron', { recordables: [] })",
  `${cells} cells.I_total = 3;`,
  `${cells} cells.set({ E_M: 3 });`,
  "nest.CopyModel('my_neuron', 'other', { E_M: -60 })",
  "nest.SetDefaults('my_neuron', { E_M: 3 })",
  "nest.GetDefaults('my_neuron', 'E_M')",
  "nest.Create('multimeter', { record_from: ['w_adap'] })",
  "nest.Create('iaf_psc_exp', { V_th: 3 })",
  "nest.GetDefaults('with_ports', 'receptor_types').INH",
  "const n: number = nest.GetDefaults('with_ports', 'other').any",
  'nest.LoadModel({ file: "a.nestml" })',
  'nest.LoadModel(3)',
  'nest.LoadModel("model a:", { repalce: true })',
])('%s is refused', (program) => {
  expect(editor.errorsIn(program)).toHaveLength(1);
});

test('the editor offers the names, and shows the documentation', () => {
  expect(editor.offered("nest.Create('|')")).toEqual(
    expect.arrayContaining(['my_neuron', 'iaf_psc_alpha', 'spike_recorder']),
  );
  const keys = editor.offered("nest.Create('my_neuron', { | })");
  expect(keys).toEqual(expect.arrayContaining(['E_L', 't_ref', 'w_adapt']));
  expect(keys).not.toContain('I_total');
  expect(editor.offered(`${cells} cells.|`)).toEqual(expect.arrayContaining(['E_L', 'I_total']));
  expect(editor.shown("nest.Create('my_neuron', { |E_L: -70 })").documentation).toBe(
    'Where it rests; not *\u200b/ the end. Unit: mV; default: -70; allowed: finite.',
  );
});

import path from 'node:path';
import { Editor, root, type Shown } from './editor';

const editor = new Editor();
const offered = (program: string): string[] => editor.offered(program);
const shown = (program: string): Shown => editor.shown(program);

// The first question reads the whole library.
jest.setTimeout(300_000);

const nodes = `const E = nest.Create('iaf_psc_exp', 10);`;
const synapses = `nest.GetConnections({ synapse_model: 'stdp_synapse' })`;

describe('offers', () => {
  it.each([
    ["nest.Create('|')", ['iaf_psc_exp', 'spike_recorder'], ['stdp_synapse']],
    ["nest.Create('iaf_psc_exp', 10, { | })", ['C_m', 'V_th'], ['t_spike', 'charAt']],
    ["nest.Create('iaf_psc_exp', { | })", ['C_m', 'V_th'], ['t_spike', 'charAt']],
    ["nest.Create('multimeter', { record_from: ['|'] })", ['V_m', 'I_syn_ex'], ['Kplus']],
    ["nest.Create('multimeter', { record_from: ['w'] }).events.|", ['times', 'w'], ['V_m']],
    [`${nodes} E.|`, ['V_m', 'slice', 'set'], ['V_n']],
    [`${nodes} E.get('|')`, ['V_m', 't_spike'], ['slice']],
    [`${nodes} E.set({ | })`, ['V_m'], ['t_spike']],
    [`${synapses}.|`, ['weight', 'tau_plus'], ['c']],
    [`${synapses}.set({ | })`, ['weight', 'delay', 'tau_plus'], ['source', 'c']],
    ["nest.GetConnections({ synapse_model: '|' })", ['stdp_synapse', 'stdp_synapse_lbl'], []],
    ["nest.GetDefaults('iaf_psc_exp', '|')", ['V_m', 'recordables'], ['global_id']],
    ["nest.SetDefaults('stdp_synapse', { | })", ['tau_plus', 'weight_recorder'], ['c']],
    ["nest.GetKernelStatus('|')", ['resolution', 'network_size'], []],
    ['nest.SetKernelStatus({ | })', ['resolution'], ['network_size']],
  ])('%s', (program, names, others) => {
    const all = offered(program);
    expect(all).toEqual(expect.arrayContaining(names));
    expect(all.filter((name) => others.includes(name))).toEqual([]);
  });

  const connect = (specs: string) => `${nodes} nest.Connect(E, E, ${specs})`;
  const methods = ['charAt', 'length', 'at', 'map'];

  it.each([
    ["'|'", ['all_to_all', 'fixed_indegree'], []],
    ['{ | }', ['rule', 'indegree', 'allow_autapses'], methods],
    ["{ rule: 'fixed_indegree', | }", ['indegree'], ['outdegree', ...methods]],
    ["'all_to_all', '|'", ['static_synapse', 'stdp_synapse_hpc'], []],
    ["'all_to_all', { | }", ['weight', 'delay', 'synapse_model'], ['tau_plus', ...methods]],
    ["'all_to_all', { wei| }", ['weight'], methods],
    ["'all_to_all', { synapse_model: '|' }", ['static_synapse', 'stdp_synapse'], []],
    ["'all_to_all', { synapse_model: 'stdp_synapse', | }", ['tau_plus', 'weight'], methods],
    ["'all_to_all', [{ | }]", ['weight', 'synapse_model'], ['tau_plus', ...methods]],
    ["'all_to_all', [{ synapse_model: '|' }]", ['static_synapse', 'stdp_synapse'], []],
    ["'all_to_all', [{ synapse_model: 'stdp_synapse', | }]", ['tau_plus', 'weight'], methods],
  ])('in Connect %s', (specs, names, others) => {
    const all = offered(connect(specs));
    expect(all).toEqual(expect.arrayContaining(names));
    expect(all.filter((name) => others.includes(name))).toEqual([]);
  });
});

describe('shows', () => {
  it.each([
    [`${nodes} |E;`, 'const E: nest.NodeCollection<"iaf_psc_exp", true, string>', ''],
    [
      `const |synapses = ${synapses};`,
      'const synapses: nest.SynapseCollection<"stdp_synapse", true>',
      '',
    ],
    [`${nodes} E.|V_m;`, '.V_m: Float64Array', 'Membrane potential. Unit: mV; default: -70.'],
    [`${nodes} E.at(0).|V_m;`, '.V_m: number', 'Unit: mV'],
    [
      "nest.Create('iaf_psc_exp', { |C_m: 300 })",
      'C_m?: number | nest.NumberArray | nest.Parameter',
      'Unit: pF; default: 250; allowed: finite and > 0.',
    ],
    [
      "nest.Create('multimeter', { |record_from: ['V_m'] })",
      'record_from?:',
      'Names of the recordables to sample.',
    ],
    [`${synapses}.|tau_plus`, '.tau_plus: Float64Array', 'Unit: ms; default: 20'],
    ['nest.GetConnections().|c', 'c: Float64Array', 'Eligibility'],
    [
      `${nodes} nest.Connect(E, E, 'all_to_all', { synapse_model: 'stdp_synapse', |tau_plus: 20 })`,
      'tau_plus?: number',
      'Time constant of the presynaptic trace.',
    ],
    [
      `${nodes} nest.Connect(E, E, 'all_to_all', { |weight: 20 })`,
      'weight?: nest.ConnectionInput',
      'Strength',
    ],
    ["nest.GetDefaults('stdp_dopamine_synapse').|tau_c", '.tau_c: number', 'Unit: ms'],
    ["nest.Create('weight_recorder').events.|weights", '.weights: Float64Array', 'transmitted'],
  ])('%s', (program, type, documentation) => {
    const info = shown(program);
    expect(info.type).toContain(type);
    expect(info.documentation).toContain(documentation);
  });
});

it('the declarations of the module name the types of its functions', () => {
  editor.cursorIn('');
  const source = path.join(root, 'lib', 'generated', 'module-functions.ts');
  const { outputFiles } = editor.service.getEmitOutput(source, true, true);
  const [declarations] = outputFiles.map((output) => output.text);
  expect(declarations).toContain('GetStatus');
  // What TypeScript writes where a type has no name that it could write.
  expect(declarations).not.toContain('elided');
});

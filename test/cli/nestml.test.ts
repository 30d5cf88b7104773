import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runProgram } from '../../lib/cli/program';
import { synapseFile } from '../nestml/synapse-texts';
import { TestIO } from './streams';

let io: TestIO;
const tegmenta = (...argv: string[]) => runProgram(argv, io, []);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-nestml-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  io = new TestIO();
});

/** A file of that text. */
function fileOf(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const neuron = (name: string, { V_th = '-55 mV' } = {}): string => `model ${name}:
  state:
    V_m mV = E_L
    I_syn pA = 0 pA
    w real = 1
    n integer = 0
  equations:
    I_syn' = -I_syn / tau_syn
    V_m' = (E_L - V_m) / tau_m + (I_syn + I_stim) / C_m
    w' = -w * w / tau_m
    recordable inline above mV = V_m - E_L
  parameters:
    C_m pF = 0.25 nF # of the membrane
    tau_m ms = 10 ms [[tau_m > 0 ms]]
    tau_syn ms = 2 ms
    E_L mV = -70 mV
    V_th mV = ${V_th} [[V_th > E_L]]
    is_on boolean = true
  input:
    exc <- excitatory spike
    inh <- inhibitory spike
    reset <- spike
    I_stim pA <- continuous
  output:
    spike
  update:
    integrate_odes()
  onReceive(exc):
    I_syn += exc * pA * s
  onReceive(inh):
    I_syn -= inh * pA * s
  onReceive(reset):
    n += 1
  onCondition(is_on and V_m >= V_th):
    V_m = E_L
    emit_spike()
`;

const synapse = `model plain_synapse:
  parameters:
    w real = 1
  input:
    pre <- spike
  output:
    spike
  onReceive(pre):
    emit_spike(w)
`;

/** With a warning in line 3 and errors in lines 4 and 6. */
const wrong = `model a:
  state:
    ms real = 0
    x mVV = 0
  update:
    ms = nono
`;

describe('nestml check', () => {
  test('says which models are in files that are right', async () => {
    const [one, two] = [fileOf('one.nestml', neuron('a')), fileOf('two.nestml', synapse)];
    expect(await tegmenta('nestml', 'check', one, two)).toBe(0);
    expect(io.stdout.text).toBe(`${one}: neuron a\n${two}: synapse plain_synapse\n`);
    expect(io.stderr.text).toBe('');
  });

  test('tells what is wrong as compilers do, and fails', async () => {
    const [bad, good] = [fileOf('bad.nestml', wrong), fileOf('good.nestml', neuron('a'))];
    expect(await tegmenta('nestml', 'check', bad, good)).toBe(1);
    expect(io.stderr.text.replaceAll(bad, 'bad.nestml')).toBe(
      "bad.nestml:3:5: warning: 'ms' is also the name of a unit; an expression with ms means this one.\n" +
        "bad.nestml:4:7: error: There is no unit or type 'mVV'; did you mean 'mV'?\n" +
        "bad.nestml:6:10: error: There is no variable 'nono'.\n",
    );
    expect(io.stdout.text).toBe(`${good}: neuron a\n`);
  });

  test('takes models for what they are said to be', async () => {
    const file = fileOf('named.nestml', neuron('not_a_synapse'));
    expect(await tegmenta('nestml', 'check', file, '--kind', 'neuron')).toBe(0);
    expect(io.stdout.text).toBe(`${file}: neuron not_a_synapse\n`);
    expect(await tegmenta('nestml', 'info', file, '--kind', 'neuron')).toBe(0);
    expect(await tegmenta('nestml', 'types', file, '--kind', 'neuron')).toBe(0);
    expect(io.stdout.text).toContain('interface LoadedModels');
    expect(await tegmenta('nestml', 'check', file, '--kind', 'neurone')).toBe(2);
    expect(io.stderr.text).toMatch(/--kind.*Allowed choices are neuron, synapse/);
  });

  test('tells of warnings, and does not fail for them', async () => {
    const file = fileOf('warned.nestml', neuron('a').replace('w real', 'd, w real'));
    expect(await tegmenta('nestml', 'check', file)).toBe(0);
    expect(io.stderr.text).toMatch(/:5:5: warning: 'd' is also the name of a unit/);
    expect(io.stdout.text).toBe(`${file}: neuron a\n`);
  });

  test('tells what only the core can find, at the name of the model', async () => {
    const file = fileOf('guarded.nestml', neuron('a', { V_th: '-100 mV * exp(0)' }));
    expect(await tegmenta('nestml', 'check', file)).toBe(1);
    expect(io.stderr.text).toMatch(/^.*guarded\.nestml:1:7: error: .*V_th.*\n$/);
  });

  test('gives the same as JSON', async () => {
    const [bad, good] = [fileOf('bad.nestml', wrong), fileOf('good.nestml', neuron('a'))];
    expect(await tegmenta('nestml', 'check', '--json', bad, good)).toBe(1);
    expect(io.stderr.text).toBe('');
    expect(JSON.parse(io.stdout.text)).toEqual([
      {
        file: bad,
        models: [{ name: 'a', kind: 'neuron' }],
        problems: [
          expect.objectContaining({ line: 3, column: 5, level: 'warning' }),
          {
            ...{ line: 4, column: 7, endLine: 4, endColumn: 10, level: 'error' },
            ...{ message: "There is no unit or type 'mVV'; did you mean 'mV'?", suggestion: 'mV' },
          },
          expect.objectContaining({ line: 6, column: 10, level: 'error' }),
        ],
      },
      { file: good, models: [{ name: 'a', kind: 'neuron' }], problems: [] },
    ]);
  });
});

describe('nestml info', () => {
  test('tells all about the models of a file', async () => {
    const file = fileOf('two.nestml', `${neuron('a')}\n${neuron('b')}`);
    expect([await tegmenta('nestml', 'info', file), io.stderr.text]).toEqual([0, '']);
    const lines = io.stdout.text.split('\n').map((line) => line.trim().replace(/ +/g, ' '));
    expect(lines).toEqual(expect.arrayContaining(['a, a neuron', 'b, a neuron']));
    for (const begin of [
      'C_m pF 250 a number',
      'tau_m ms 10 tau_m > 0 ms',
      'is_on true',
      'V_m mV -70',
      'n 0',
    ]) {
      expect(lines.filter((line) => line.startsWith(begin))).toHaveLength(2);
    }
    const sections = [
      ...['Ports of spikes', 'port receptor_type weights', 'exc 1 > 0', 'inh 1 < 0', 'reset 2 all'],
      ...['', 'Continuous ports', 'port receptor_type unit', 'I_stim 0 pA'],
      ...['', 'How states are advanced', 'exactly V_m, I_syn', 'by Runge-Kutta-Fehlberg w'],
    ];
    const start = lines.indexOf('Ports of spikes');
    expect(lines.slice(start, start + sections.length)).toEqual(sections);
    expect(io.stdout.text).toMatch(/\nOperations\n {2}\d+ in a step of one neuron\n/);
    expect(io.stdout.text).toMatch(/\nWhat a multimeter records\n.*V_m, I_syn, w, n, above/);
  });

  test('gives it as JSON', async () => {
    const file = fileOf('a.nestml', neuron('a'));
    expect(await tegmenta('nestml', 'info', file, '--json')).toBe(0);
    const [model] = JSON.parse(io.stdout.text) as Record<string, unknown>[];
    expect(model).toMatchObject({
      ...{ name: 'a', kind: 'neuron', exact: ['V_m', 'I_syn'], numeric: [['w']] },
      continuous_ports: [{ port: 'I_stim', receptor_type: 0, unit: 'pA' }],
      spike_ports: [
        { port: 'exc', receptor_type: 1, takes: 'positive' },
        { port: 'inh', receptor_type: 1, takes: 'negative' },
        { port: 'reset', receptor_type: 2, takes: 'all' },
      ],
    });
    expect(model!.operations).toBeGreaterThan(5);
    expect(model!.parameters).toContainEqual(
      expect.objectContaining({ name: 'C_m', unit: 'pF', default: '250', role: 'parameter' }),
    );
  });
});

describe('nestml types', () => {
  test('declares the models, and by which path they are loaded', async () => {
    const file = fileOf('two.nestml', `${neuron('a')}\n${neuron('b')}`);
    expect([await tegmenta('nestml', 'types', file), io.stderr.text]).toEqual([0, '']);
    expect(io.stdout.text).toContain(`    '${file}': readonly ['a', 'b'];\n`);
    expect(io.stdout.text).toContain('      /** of the membrane. Unit: pF; default: 250; allowed: a number. */\n      get C_m(): Values<number, Many>;\n      set C_m(value: Input<number>);\n'); // prettier-ignore
    expect(io.stdout.text).toContain('get above(): Values<number, Many>;\n');
    expect(io.stdout.text).not.toContain('set above(');
    expect(io.stdout.text).toContain('get receptor_types(): Values<{ readonly EXC: number; readonly INH: number; readonly RESET: number }, Many>;\n'); // prettier-ignore
  });

  test('shows what the comments above a model say, as info does', async () => {
    const file = fileOf(
      'said.nestml',
      `# Leaky, with\n# adaptation\n${neuron('a')}\n${neuron('b')}`,
    );
    await tegmenta('nestml', 'types', file);
    expect(io.stdout.text).toContain('    /** Leaky, with adaptation. */\n    a: {\n');
    expect(io.stdout.text).toMatch(/\/\*\* Neuron that .* \*\/\n {4}b: /);
    io = new TestIO();
    await tegmenta('nestml', 'info', file);
    expect(io.stdout.text).toMatch(/^a, a neuron\n *Leaky, with adaptation\.\n/);
  });

  test('declares the names of continuous ports where there are several', async () => {
    await tegmenta('nestml', 'types', 'test/nestml/models/continuous_inputs.nestml');
    expect(io.stdout.text).toMatch(
      /get continuous_inputs\(\): Values<\{ readonly \w+: number; readonly .*: number \}, Many>;\n/,
    );
  });

  test('into a file', async () => {
    const [file, out] = [fileOf('a.nestml', neuron('a')), path.join(folder, 'a.d.ts')];
    expect(await tegmenta('nestml', 'types', file)).toBe(0);
    const { text } = io.stdout;
    io = new TestIO();
    expect([await tegmenta('nestml', 'types', file, '--out', out), io.stdout.text]).toEqual([
      0,
      '',
    ]);
    expect(readFileSync(out, 'utf8')).toBe(text);
  });

  test('not into a folder that is not there, nor onto one', async () => {
    const file = fileOf('a.nestml', neuron('a'));
    const nowhere = path.join(folder, 'nowhere');
    const refused = async (out: string): Promise<string> => {
      io = new TestIO();
      expect(await tegmenta('nestml', 'types', file, '--out', out)).toBe(1);
      return io.stderr.text;
    };
    const [missing, below] = [path.join(nowhere, 'a.d.ts'), path.join(file, 'a.d.ts')];
    expect(await refused(missing)).toBe(
      `error: ${missing} cannot be written: there is no folder ${nowhere}.\n`,
    );
    expect(await refused(folder)).toBe(`error: ${folder} cannot be written: it is a folder.\n`);
    expect(await refused(below)).toBe(`error: ${below} cannot be written: ${file} is no folder.\n`);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('for both ways to write a path that is not absolute', async () => {
    const relative = path.relative(process.cwd(), fileOf('a.nestml', neuron('a')));
    await tegmenta('nestml', 'types', relative);
    const inFolder = 'test/nestml/texts/iaf_psc_exp_neuron.nestml';
    expect(io.stdout.text).toContain(`    '${relative}': readonly ['a'];\n`);
    expect(relative.startsWith('..')).toBe(true);
    io = new TestIO();
    await tegmenta('nestml', 'types', `./${inFolder}`);
    for (const one of [inFolder, `./${inFolder}`]) {
      expect(io.stdout.text).toContain(`    '${one}': readonly ['iaf_psc_exp_neuron'];\n`);
    }
  });
});

describe.each(['info', 'types'])('nestml %s fails', (command) => {
  test('for a text with errors', async () => {
    expect(await tegmenta('nestml', command, fileOf('bad.nestml', wrong))).toBe(1);
    expect(io.stderr.text).toMatch(
      /^(?!error)\S*bad\.nestml:\d+:\d+: error: [^]*\n\S*bad\.nestml:3:5: warning: /,
    );
    expect(io.stdout.text).toBe('');
  });
});

test('nestml types names synapse models, which take any parameter', async () => {
  const file = fileOf('both.nestml', `${neuron('a')}\n${synapse}`);
  expect(await tegmenta('nestml', 'types', file)).toBe(0);
  expect(io.stdout.text).toContain(`'${file}': readonly ['a', 'plain_synapse'];`);
  expect(io.stdout.text).toContain('    a: {');
  expect(io.stdout.text).not.toContain('    plain_synapse: {');
});

describe('nestml info of synapses', () => {
  const file = synapseFile('neuromodulated_synapse');
  const said = ['--post-ports', 'post_spikes', '--modulator-ports', 'mod_spikes'];

  test('tells what ports are for, and where states live', async () => {
    expect([await tegmenta('nestml', 'info', file, ...said), io.stderr.text]).toEqual([0, '']);
    expect(io.stdout.text).toBe(`neuromodulated_nestml_synapse, a synapse

Ports
  port         gets
  pre_spikes   spikes of the source
  post_spikes  spikes of the target
  mod_spikes   spikes of a volume_transmitter

Of the connection
  weight  w

Where states live
  w        each synapse
  n        once for all of its transmitter
  c        each synapse
  pre_tr   once for the synapses of a source
  post_tr  once for those of a target

Operations
  when time passes               10
  at a spike of the transmitter  1
  at a spike of the target       2
  at a spike of the source       4
`);
  });

  test('gives it as JSON', async () => {
    const voltage = synapseFile('voltage');
    const variables = ['--post-ports', 'post', '--post-variables', 'V_post=V_m', '--json'];
    expect(await tegmenta('nestml', 'info', voltage, ...variables)).toBe(0);
    expect(JSON.parse(io.stdout.text)).toEqual([
      {
        ...{ name: 'voltage_nestml_synapse', kind: 'synapse', weight: 'w' },
        ports: [
          { port: 'pre', gets: 'spikes of the source' },
          { port: 'post', gets: 'spikes of the target' },
          { port: 'V_post', gets: 'V_m of the target' },
        ],
        states: [
          { name: 'w', lives_in: 'synapse' },
          { name: 'pre_trace', lives_in: 'row' },
          { name: 'seen', lives_in: 'synapse' },
        ],
        operations: { time: 1, post: 5, pre: 7 },
      },
    ]);
  });

  test.each([
    [
      "w' = -w * w / ms",
      /An equation of a synapse is linear, with coefficients that do not change/,
    ],
    ["w' = -w / ms + convolve(k, pre) / ms", /A synapse has no convolutions/],
  ])('tells what synapses do not have: %s', async (equation, says) => {
    const text = synapse
      .replace('  parameters:\n    w real = 1\n', '  state:\n    w real = 1\n')
      .replace('  input:', `  equations:\n    kernel k = exp(-t / ms)\n    ${equation}\n  input:`);
    const other = fileOf('other.nestml', `${text}  update:\n    integrate_odes()\n`);
    expect(await tegmenta('nestml', 'info', other)).toBe(1);
    expect(io.stderr.text).toMatch(says);
    expect(io.stdout.text).toBe('');
  });

  test('asks for what no text says', async () => {
    expect(await tegmenta('nestml', 'info', file)).toBe(1);
    expect(io.stderr.text).toContain(
      "neuromodulated_synapse.nestml:28:9: error: What arrives at 'post_spikes', 'mod_spikes' must be said",
    );
    io = new TestIO();
    expect(await tegmenta('nestml', 'info', file, '--post-variables', 'V_post')).toBe(2);
    expect(io.stderr.text).toContain('Pairs are port=variable, with commas between.');
  });
});

test.each([['check'], ['info'], ['types']])(
  'nestml %s needs a file that is there',
  async (command) => {
    expect(await tegmenta('nestml', command)).toBe(2);
    expect(io.stderr.text).toContain("missing required argument 'file'");
    io = new TestIO();
    const nowhere = path.join(folder, 'nowhere.nestml');
    expect(await tegmenta('nestml', command, nowhere)).toBe(1);
    expect(io.stderr.text).toBe(`error: The file ${nowhere} cannot be read: ENOENT.\n`);
  },
);

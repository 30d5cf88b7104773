// LoadModel: models of texts in a kernel.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as nest from '../../lib';
import { Kernel, ModelTextError, TegmentaError } from '../../lib';
import { named } from './named';

/** A neuron that counts what it receives, and fires where that is enough. */
const counter = (
  name: string,
  more: { most?: string; state?: string } = {},
): string => `model ${name}:
  state:
    n real = 0
    level mV = E_L
${more.state ?? ''}  parameters:
    E_L mV = -70 mV
    most real = ${more.most ?? '2'} [[most > 0]]
    is_on boolean = true
  input:
    spikes <- spike
    I_stim pA <- continuous
  output:
    spike
  update:
    n += spikes * s
    if is_on and n >= most:
      emit_spike()
      n = 0
`;

const synapse = `model my_synapse:
  parameters:
    w real = 1
  input:
    pre <- spike
  output:
    spike
  onReceive(pre):
    emit_spike(w)
`;

/** In line 5, column 9, something is wrong. */
const wrong = (name: string): string => `model ${name}:
  state:
    n real = 0
  update:
    n = nono
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-models-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of that text. */
function fileOf(name: string, text: string | Uint8Array): { path: string } {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return { path: file };
}

let kernel: Kernel;
let before: readonly string[];
beforeEach(() => {
  kernel = new Kernel();
  before = kernel.GetKernelStatus('node_models');
});
afterEach(() => kernel.dispose());

/** What a call rejects with, after which the kernel has the models that it had. */
async function refusal(...args: readonly unknown[]): Promise<unknown> {
  const load = kernel.LoadModel.bind(kernel) as (...args: readonly unknown[]) => Promise<unknown>;
  const error: unknown = await load(...args).then(
    (names) => ({ names }),
    (reason: unknown) => reason,
  );
  expect(kernel.GetKernelStatus('node_models')).toEqual(before);
  return error;
}

describe('models are loaded', () => {
  test('from a text, a file, and a list of both', async () => {
    expect(await kernel.LoadModel(counter('a'))).toEqual(['a']);
    const two = fileOf('two.nestml', `${counter('b')}\n${counter('c')}`);
    expect(await kernel.LoadModel(two)).toEqual(['b', 'c']);
    const more = [counter('d'), fileOf('more.nestml', counter('e'))] as const;
    expect(await kernel.LoadModel(more)).toEqual(['d', 'e']);
    expect(await kernel.LoadModel([])).toEqual([]);
    const { length } = before;
    expect(kernel.GetKernelStatus('node_models')).toHaveLength(length + 5);
    for (const name of ['a', 'b', 'c', 'd', 'e']) expect(kernel.Create(name).model).toBe(name);
  });

  test('from a file with a byte order mark and Windows line ends', async () => {
    const text = `\uFEFF${counter('windows').replaceAll('\n', '\r\n')}`;
    expect(await kernel.LoadModel(fileOf('windows.nestml', text))).toEqual(['windows']);
  });

  test('with internals that can be read, and guards that depend on them', async () => {
    await kernel.LoadModel(`model decaying:
  state:
    x real = 1
  parameters:
    tau ms = 10 ms [[P > 0.5]]
    n integer = 2
  internals:
    P real = exp(-resolution() / tau) # what is left after a step
    halves[2] mV = n * 0.5 V
    long_ago boolean = P < 0.9
    Ca real = -n
  update:
    x *= P
`);
    const left = (h: number, tau: number) => Math.exp(-h / tau);
    const { P, halves_0, halves_1, long_ago, Ca } = kernel.GetDefaults('decaying');
    expect({ P, halves_0, halves_1, long_ago, Ca }).toEqual({
      ...{ P: left(0.1, 10), halves_0: 1000, halves_1: 1000, long_ago: false, Ca: -2 },
    });
    kernel.SetKernelStatus({ resolution: 0.2 });
    expect(kernel.GetDefaults('decaying', 'P')).toBe(left(0.2, 10));
    const nodes = kernel.Create('decaying', 2, { tau: [1, 5] });
    expect(nodes.get(['P', 'long_ago'])).toEqual({
      ...{ P: Float64Array.of(left(0.2, 1), left(0.2, 5)), long_ago: [true, false] },
    });
    nodes.set({ tau: 0.5 });
    expect(nodes.get('P')).toEqual(new Float64Array(2).fill(left(0.2, 0.5)));
    await kernel.Simulate(0.2);
    expect(nodes.get('x')).toEqual(nodes.get('P'));
    const guarded = named('BadProperty', { model: 'decaying', parameter: 'tau', value: 0.2 });
    for (const change of [
      () => nodes.set({ tau: 0.2 }),
      () => kernel.Create('decaying', 1, { tau: 0.2 }),
      () => kernel.SetDefaults('decaying', { tau: 0.2 }),
    ]) {
      expect(change).toThrow(guarded);
    }
    const readOnly = named('BadProperty', { parameter: 'P' });
    expect(() => nodes.set({ P: 1 })).toThrow(readOnly);
    expect(() => kernel.SetDefaults('decaying', { P: 1 })).toThrow(readOnly);
    expect(() => kernel.CopyModel('decaying', 'copy', { P: 1 })).toThrow(readOnly);
    expect(nodes.get('tau')).toEqual(Float64Array.of(0.5, 0.5));
  });

  test('with parameters, states, defaults and recordables as built-in ones', async () => {
    await kernel.LoadModel(counter('a'));
    const { E_L, most, is_on, n, level, recordables } = kernel.GetDefaults('a');
    expect({ E_L, most, is_on, n, level }).toEqual({
      ...{ E_L: -70, most: 2, is_on: true, n: 0, level: -70 },
    });
    expect(recordables).toEqual(expect.arrayContaining(['n', 'level']));
    const nodes = kernel.Create('a', 2, { most: [3, 4], n: 1 });
    expect(nodes.get(['most', 'n'])).toEqual({
      ...{ most: Float64Array.of(3, 4), n: Float64Array.of(1, 1) },
    });
    kernel.SetDefaults('a', { most: 7 });
    kernel.CopyModel('a', 'copy', { E_L: -60 });
    expect(kernel.Create('copy').get(['most', 'E_L'])).toEqual({ most: 7, E_L: -60 });
    expect(() => kernel.Create('a', { mots: 3 })).toThrow(
      named('UnaccessedDictionaryEntry', { parameter: 'mots', suggestion: 'most' }),
    );
    expect(() => kernel.Create('a', { most: -1 })).toThrow(
      named('BadProperty', { model: 'a', parameter: 'most', value: -1 }),
    );
  });

  test('that compute', async () => {
    await kernel.LoadModel(counter('a'));
    const source = kernel.Create('spike_generator', { spike_times: [1, 2, 3, 4, 5] });
    const cell = kernel.Create('a');
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(source, cell);
    kernel.Connect(cell, recorder);
    await kernel.Simulate(10);
    // Two of weight 1 make one: those of 2 and 4 ms, with a delay of 1 ms and a step of 0.1 ms.
    expect(recorder.events.times).toEqual(Float64Array.of(3, 5));
    expect(cell.n).toBe(1);
  });

  test('into the default kernel by the function of the module', async () => {
    nest.ResetKernel();
    expect(await nest.LoadModel(counter('of_the_module'))).toEqual(['of_the_module']);
    expect(nest.Create('of_the_module').model).toBe('of_the_module');
    expect(kernel.GetKernelStatus('node_models')).toEqual(before);
  });

  test('for the time of the kernel: ResetKernel keeps them, with their own defaults', async () => {
    await kernel.LoadModel(counter('a'));
    kernel.SetDefaults('a', { most: 7 });
    kernel.ResetKernel();
    expect(kernel.Create('a').most).toBe(2);
  });

  test('with what is saved', async () => {
    await kernel.LoadModel(counter('a'));
    kernel.Create('a', { most: 5 });
    const { kernel: loaded } = await Kernel.LoadState(kernel.SaveStateSync());
    expect(loaded.GetNodes({ model: 'a' }).get('most')).toBe(5);
    expect(loaded.Create('a').most).toBe(2);
    loaded.dispose();
  });
});

describe('a name that there is', () => {
  test('is refused, also that of a copy', async () => {
    kernel.CopyModel('iaf_psc_exp', 'copy');
    kernel.CopyModel('static_synapse', 'syn');
    before = kernel.GetKernelStatus('node_models');
    for (const model of ['iaf_psc_exp', 'copy', 'syn']) {
      expect(await refusal([counter('a'), counter(model)])).toEqual(
        named('NewModelNameExists', { model }),
      );
    }
  });

  test('is taken with replace as long as there are no nodes of it', async () => {
    await kernel.LoadModel(counter('a'));
    before = kernel.GetKernelStatus('node_models');
    expect(await refusal([counter('a')])).toEqual(named('NewModelNameExists', { model: 'a' }));
    // What nodes of it can be asked for is known then, though there is none.
    expect(() => kernel.Create('a', { most: -1 })).toThrow(named('BadProperty'));
    const other = counter('a', { most: '3', state: '    more real = 8\n' });
    expect(await kernel.LoadModel(other, { replace: true })).toEqual(['a']);
    const node = kernel.Create('a');
    expect(node.get(['most', 'more'])).toEqual({ most: 3, more: 8 });
    expect(Object.keys(node.get())).toContain('more');
    expect(await refusal(counter('a'), { replace: true })).toEqual(
      named('NewModelNameExists', { model: 'a' }),
    );
    kernel.ResetKernel();
    expect(await kernel.LoadModel(counter('a'), { replace: true })).toEqual(['a']);
    expect(kernel.GetDefaults('a', 'most')).toBe(2);
  });
});

describe('all or none: refused are', () => {
  test('texts with errors, all of which are told, with their files', async () => {
    const [good, bad] = [fileOf('good.nestml', counter('a')), fileOf('bad.nestml', wrong('b'))];
    const error = (await refusal([good, bad, wrong('c')])) as ModelTextError;
    expect(error).toBeInstanceOf(ModelTextError);
    expect(error.problems).toEqual([
      expect.objectContaining({ file: bad.path, line: 5, column: 9, level: 'error' }),
      expect.not.objectContaining({ file: expect.anything() as unknown }),
    ]);
    expect(error.message).toBe(
      `${bad.path}:5:9: error: There is no variable 'nono'.\nsource[2]:5:9: error: There is no variable 'nono'.`,
    );
  });

  test('a name that two models have', async () => {
    const [one, other] = [fileOf('one.nestml', counter('a')), fileOf('two.nestml', counter('a'))];
    expect(await refusal([one, other])).toEqual(
      named('ModelTextError', {
        file: other.path,
        message: `${other.path}:1:7: error: There is a model 'a' already, in ${one.path}.`,
      }),
    );
    expect(await refusal([counter('a'), counter('a')])).toEqual(
      named('ModelTextError', {
        message: "source[1]:1:7: error: There is a model 'a' already.",
      }),
    );
  });

  test.each(['', '\n# nothing\n'])('a text without a model: %j', async (text) => {
    const message = 'source[1]:1:1: error: There is no model in this text.';
    expect(await refusal([counter('a'), text])).toEqual(named('ModelTextError', { message }));
  });

  test('what is said to be a synapse model', async () => {
    expect(await refusal(counter('a'), { kind: 'synapse' })).toBeInstanceOf(TegmentaError);
    expect(await kernel.LoadModel(counter('not_a_synapse'), { kind: 'neuron' })).toEqual([
      'not_a_synapse',
    ]);
    expect(kernel.Create('not_a_synapse').get('element_type')).toBe('neuron');
    before = kernel.GetKernelStatus('node_models');
  });

  test('a name that recorders have, and a default that is no whole number, with their place', async () => {
    const names = counter('a', { state: '    senders real = 0\n' });
    expect(await refusal(names)).toEqual(
      named('BadProperty', {
        ...{ model: 'a', value: 'senders', line: 5, column: 5 },
        message: expect.stringMatching(/^5:5: name of a must be a name that/) as string,
      }),
    );
    const file = fileOf('default.nestml', counter('a', { most: '0.0' }));
    expect(await refusal(file)).toEqual(
      expect.objectContaining({ name: 'ModelTextError', file: file.path }),
    );
    const late = fileOf('late.nestml', counter('a', { most: '1 - exp(1)' }));
    expect(await refusal(late)).toEqual(
      named('BadProperty', { file: late.path, line: 7, column: 5, parameter: 'most' }),
    );
  });

  test('a synapse model that has the name of a neuron, or the other way round', async () => {
    const of = (name: string): string => synapse.replace('my_synapse', name);
    expect(await refusal(of('parrot_neuron'), { kind: 'synapse', replace: true })).toEqual(
      named('NewModelNameExists', {
        model: 'parrot_neuron',
        message:
          "There is a model 'parrot_neuron' already, which is no synapse; give yours another name.",
      }),
    );
    expect(await refusal(counter('stdp_synapse'), { kind: 'neuron', replace: true })).toEqual(
      named('NewModelNameExists', {
        model: 'stdp_synapse',
        message:
          "There is a model 'stdp_synapse' already, which is no neuron; give yours another name.",
      }),
    );
    const twice = [counter('a'), of('b_synapse'), of('b_synapse')];
    expect(await refusal(twice)).toBeInstanceOf(ModelTextError);
  });

  test('defaults that the model itself does not allow', async () => {
    // What the default is, only the core can tell.
    const text = counter('b', { most: '1 - exp(1)' });
    expect(await refusal([counter('a'), text])).toEqual(
      named('BadProperty', { model: 'b', parameter: 'most' }),
    );
  });

  test.each<[what: string, make: () => { path: string }, reason: string]>([
    ['that is not there', () => ({ path: path.join(folder, 'nowhere') }), 'ENOENT'],
    ['that is a folder', () => ({ path: folder }), 'EISDIR'],
    ['in a folder that is a file', () => ({ path: `${fileOf('f', '').path}/x` }), 'ENOTDIR'],
    [
      'that is no UTF-8',
      () => fileOf('latin1.nestml', Buffer.from('# \xe9', 'latin1')),
      'ERR_ENCODING_INVALID_ENCODED_DATA',
    ],
  ])('a file %s', async (_what, make, reason) => {
    const given = make();
    expect(await refusal([counter('a'), given])).toEqual(
      named('IOError', {
        ...{ file: given.path, reason },
        message: `The file ${given.path} cannot be read: ${reason}.`,
      }),
    );
  });

  test('what a running kernel cannot take', async () => {
    const stop = new AbortController();
    const running = kernel.Simulate(1e9, { signal: stop.signal });
    await expect(kernel.LoadModel(counter('a'))).rejects.toEqual(named('SimulationRunning'));
    stop.abort();
    await expect(running).rejects.toBe(stop.signal.reason);
    expect(kernel.GetKernelStatus('node_models')).toEqual(before);
  });

  test('what a kernel that is disposed of would get', async () => {
    const other = new Kernel();
    const loading = other.LoadModel(counter('a'));
    other.dispose();
    await expect(loading).rejects.toEqual(named('KernelDisposed'));
    await expect(other.LoadModel(counter('a'))).rejects.toEqual(named('KernelDisposed'));
  });
});

const long = `# ${'x'.repeat(2 ** 18)}`;
const most = 'at most 262144 characters';

describe('arguments', () => {
  test.each<[args: readonly unknown[], error: string, fields: object]>([
    [[], 'TypeMismatch', { parameter: 'source' }],
    [[3], 'TypeMismatch', { message: 'LoadModel: source must be a text or { path }, got 3.' }],
    [[null], 'TypeMismatch', { parameter: 'source' }],
    [[[counter('a'), 3]], 'TypeMismatch', { parameter: 'source[1]' }],
    [[{}], 'TypeMismatch', { message: 'LoadModel: source.path must be a path, got undefined.' }],
    [[{ path: '' }], 'TypeMismatch', { parameter: 'source.path' }],
    [[[{ path: 3 }]], 'TypeMismatch', { parameter: 'source[0].path' }],
    [[{ path: 'a', file: 'b' }], 'UnaccessedDictionaryEntry', { parameter: 'file' }],
    [[counter('a'), 3], 'TypeMismatch', { parameter: 'options' }],
    [[counter('a'), { replace: 1 }], 'TypeMismatch', { parameter: 'replace' }],
    [
      [counter('a'), { repalce: true }],
      'UnaccessedDictionaryEntry',
      { parameter: 'repalce', suggestion: 'replace' },
    ],
    [[counter('a'), { kind: 1 }], 'TypeMismatch', { parameter: 'kind' }],
    [
      [counter('a'), { kind: 'synapes' }],
      'BadParameterValue',
      { message: "LoadModel: kind must be one of neuron, synapse, got 'synapes'." },
    ],
    [
      ['models/iaf.nestml'],
      'BadParameterValue',
      {
        ...{ parameter: 'source', value: 'models/iaf.nestml' },
        allowed: 'a text in NESTML, or { path } of a file that holds one',
      },
    ],
    [[long], 'BadParameterValue', { parameter: 'source', allowed: most }],
  ])('%# are refused', async (args, error, fields) => {
    expect(await refusal(...args)).toEqual(named(error, fields));
  });

  test('a file is read no further than a text may be long', async () => {
    const file = fileOf('long.nestml', long);
    const fields = { parameter: 'path', file: file.path, allowed: most };
    expect(await refusal(file)).toEqual(named('BadParameterValue', fields));
    const longer = fileOf('longer.nestml', 'é'.repeat(2 ** 19));
    expect(await refusal(longer)).toEqual(named('BadParameterValue', { allowed: most }));
  });

  test('a file without an end is not read for ever', async () => {
    const fields = { file: '/dev/zero', allowed: most };
    expect(await refusal({ path: '/dev/zero' })).toEqual(named('BadParameterValue', fields));
  });
});

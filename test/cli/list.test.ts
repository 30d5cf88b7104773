import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { experiments } from '../../benchmarks/experiments';
import { runProgram } from '../../lib/cli/program';
import { Kernel } from '../../lib/kernel';
import { native } from '../../lib/native';
import { version as packageVersion } from '../../lib/generated/version';
import { models, node_models, synapse_models } from '../../lib/registry';
import { TestIO } from './streams';

let io: TestIO;
const tegmenta = (...argv: string[]) => runProgram(argv, io, experiments);

beforeEach(() => {
  io = new TestIO();
});

/** What the command prints as JSON. */
async function printed(...argv: string[]): Promise<unknown> {
  expect([await tegmenta(...argv, '--json'), io.stderr.text]).toEqual([0, '']);
  return JSON.parse(io.stdout.text);
}

describe('list <model>', () => {
  test.each([...models.values()].map((model) => [model.name, model] as const))(
    'tells all that is declared of %s',
    async (name, { summary, source, equations, parameters, recordables, variants }) => {
      expect(await tegmenta('list', name)).toBe(0);
      const words = io.stdout.text.replace(/\s+/g, ' ');
      expect(words).toContain(`${name}, a`);
      for (const text of [summary, source, equations]) {
        expect(words).toContain(text.replace(/\s+/g, ' ').trim());
      }
      // Each in a line of its own: with its unit and, where it can be set, its default and its range.
      const lines = io.stdout.text.split('\n').map((line) => `${line.trim().replace(/ +/g, ' ')} `);
      for (const { name: own, unit, default: value, allowed, role } of parameters) {
        const cells = role === 'readonly' ? [own, unit] : [own, unit, value, allowed];
        const begin = `${cells.filter(Boolean).join(' ')} `;
        expect(lines.filter((line) => line.startsWith(begin)).length).toBeGreaterThanOrEqual(1);
      }
      for (const other of [...recordables, ...variants]) expect(words).toContain(other);
    },
  );

  test('tells with what a node can be connected, and how', async () => {
    await tegmenta('list', 'iaf_psc_delta');
    const words = io.stdout.text.replace(/\s+/g, ' ');
    expect(words).toContain('synapses from all neurons, spike_generator');
    expect(words).toContain('sampling from multimeter, voltmeter');
    expect(words).toContain('recording to reward_transmitter, spike_recorder, volume_transmitter');
    io = new TestIO();
    await tegmenta('list', 'weight_recorder');
    expect(io.stdout.text).not.toContain('Connections');
  });

  test('keeps lines within the terminal', async () => {
    const lines = async (width: number) => {
      io = new TestIO();
      io.stdout.columns = width;
      await tegmenta('list', 'iaf_psc_exp');
      return io.stdout.text.split('\n');
    };
    const [narrow, wide] = [await lines(110), await lines(200)];
    expect(Math.max(...narrow.map(({ length }) => length))).toBeLessThanOrEqual(110);
    expect(Math.max(...wide.map(({ length }) => length))).toBeGreaterThan(150);
    expect(wide.length).toBeLessThan(narrow.length);
  });

  test('knows the names of variants, and says of what', async () => {
    expect(await tegmenta('list', 'stdp_synapse_hpc')).toBe(0);
    expect(io.stdout.text).toMatch(/^stdp_synapse_hpc, a synapse model\n/);
    expect(io.stdout.text).toMatch(/other names\n {2}stdp_synapse, stdp_synapse_lbl\n/);
  });

  test.each<[argv: string[], message: string]>([
    [['iaf_psc_ex'], 'Did you mean iaf_psc_exp?'],
    [['stdp_synaps'], 'Did you mean stdp_synapse?'],
    [['something_else_entirely'], '`tegmenta list --models` names the models.'],
    [['iaf_psc_exp', '--models'], "argument 'model' cannot be used with option '--models'"],
    [['iaf_psc_exp', 'iaf_psc_alpha'], 'too many arguments'],
  ])('%j is wrong usage', async (argv, message) => {
    expect(await tegmenta('list', ...argv)).toBe(2);
    expect(io.stderr.text).toContain(message);
    expect(io.stdout.text).toBe('');
  });
});

describe('--json', () => {
  test.each([...node_models, ...synapse_models])('of %s is what is declared', async (name) => {
    const model = [...models.values()].find(
      (other) => other.name === name || other.variants.includes(name),
    )!;
    const { summary, source, equations, kind, recordables } = model;
    // JSON has no infinities.
    const parameters = model.parameters.map(({ infinity, ...parameter }) =>
      infinity === 0 ? parameter : { ...parameter, null_is: String(infinity) },
    );
    const declared = { name, kind, summary, source, equations, parameters, recordables };
    expect(await printed('list', name)).toMatchObject(declared);
  });

  test('of nodes says which connections are made', async () => {
    const { connections } = (await printed('list', 'parrot_neuron')) as {
      connections: Record<'sources' | 'targets', Record<string, string[]>>;
    };
    const kernel = new Kernel();
    const parrot = kernel.Create('parrot_neuron');
    // Its receptors begin at 1.
    const receptorOf = (name: string) => (name === 'iaf_cond_exp_multisynapse' ? 1 : 0);
    const connects = (name: string, asSource: boolean): boolean => {
      const other = kernel.Create(name as 'parrot_neuron');
      try {
        if (asSource) kernel.Connect(other, parrot);
        else kernel.Connect(parrot, other, 'one_to_one', { receptor_type: receptorOf(name) });
        return true;
      } catch {
        return false;
      }
    };
    // Nothing flows into a parrot but spikes: what else is refused by its receptors, not as a pair.
    expect(node_models.filter((name) => connects(name, false))).toEqual(
      Object.values(connections.targets).flat().sort(),
    );
    expect(Object.values(connections.sources).flat()).toEqual(
      expect.arrayContaining(node_models.filter((name) => connects(name, true))),
    );
    kernel.dispose();
  });

  test('of --models is all of them', async () => {
    const found = (await printed('list', '--models')) as { name: string }[];
    expect(found.map(({ name }) => name)).toEqual([...models.keys()]);
  });

  test('of list is the experiments and their options', async () => {
    const found = (await printed('list')) as { name: string }[];
    expect(found).toEqual(
      experiments.map(({ name, summary, reference, defaultTime, resolution, options }) => ({
        ...{ name, summary, reference, time: defaultTime, resolution },
        options: JSON.parse(JSON.stringify(options)) as unknown,
      })),
    );
  });

  test('of info is numbers', async () => {
    expect(await printed('info')).toMatchObject({
      tegmenta: packageVersion,
      node: process.versions.node,
      platform: process.platform,
      architecture: process.arch,
      threads: os.availableParallelism(),
      instruction_set: native.simdLevel(),
      instruction_sets: native.simdLevels,
      memory_total: os.totalmem(),
    });
  });

  test('of info <state> is what the state holds', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
    const file = path.join(folder, 'a.tg');
    const kernel = new Kernel();
    kernel.SetKernelStatus({ rng_seed: 9 });
    const cells = kernel.Create('iaf_psc_delta', 3, { I_e: 1000 });
    const spikes = kernel.Create('spike_recorder');
    kernel.Connect(cells, cells);
    kernel.Connect(cells, spikes);
    kernel.SimulateSync(50);
    await kernel.SaveState(file, { collections: { cells }, user: Uint8Array.of(1, 2) });
    const events = [{ model: 'spike_recorder', node: 4, n: spikes.n_events }];
    kernel.dispose();
    expect(await printed('info', file)).toMatchObject({
      ...{ state: file, biological_time: 50, resolution: 0.1, rng_seed: 9, user: 2, events },
      nodes: { iaf_psc_delta: 3, spike_recorder: 1 },
      connections: { static_synapse: 12 },
      collections: { cells: 3 },
    });
    rmSync(folder, { recursive: true });
  });

  test('of info <state> fails as the text does', async () => {
    expect(await tegmenta('info', 'nowhere.tg', '--json')).toBe(1);
    expect(io.stdout.text).toBe('');
    expect(io.stderr.text).toMatch(/^error: .*nowhere\.tg/);
  });
});

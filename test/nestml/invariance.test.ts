// Models of texts give the same bits whatever the threads, the instruction set, the splitting of a
// run; they are saved, loaded where there is no text, and begun anew.
import fs from 'node:fs';
import path from 'node:path';
import { Kernel, type KernelSettings, type NodeCollection } from '../../lib';
import { native } from '../../lib/native';
import { check } from '../../lib/nestml/check';
import { portNumbers } from '../../lib/nestml/ports';
import { Problems } from '../../lib/nestml/source';

const folder = path.join(__dirname, 'models');
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.nestml'));

const DURATION = 12;
const NEURONS = 37;

interface Built {
  readonly kernel: Kernel;
  readonly groups: readonly NodeCollection[];
}

/** Neurons of each model of a file, under noise of both signs at every receptor. */
async function build(file: string, settings: KernelSettings): Promise<Built> {
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  const kernel = new Kernel();
  kernel.SetKernelStatus({ rng_seed: 11, ...settings });
  await kernel.LoadModel(text);
  const noise = kernel.Create('poisson_generator', 2, { rate: [6000, 3000] });
  const groups = check(text, new Problems()).map((model) => {
    const group = kernel.Create(model.text.name.text, NEURONS);
    const { receptors, currents } = portNumbers(model);
    for (const { number: receptor_type } of receptors) {
      for (const [at, weight] of [3, -2].entries()) {
        kernel.Connect(noise.at(at), group, 'all_to_all', {
          ...{ weight, delay: 0.3 + at, receptor_type },
        });
      }
    }
    for (const { number: receptor_type } of currents) {
      const current = kernel.Create('ac_generator', { amplitude: 40, frequency: 90, offset: 300 });
      kernel.Connect(current, group, 'all_to_all', { receptor_type });
    }
    return group;
  });
  return { kernel, groups };
}

/** All states of all neurons, and when they fired last. */
const statesOf = ({ kernel, groups }: Built): unknown =>
  groups.map((group) => {
    const model = group.at(0).get('model') as string;
    const names = kernel.GetDefaults(model, 'recordables') as readonly string[];
    return [...names, 't_spike'].map((name) => [name, group.get(name)]);
  });

async function after(
  file: string,
  settings: KernelSettings,
  runs: readonly number[] = [DURATION],
): Promise<unknown> {
  const built = await build(file, settings);
  for (const ms of runs) built.kernel.SimulateSync(ms);
  return statesOf(built);
}

describe.each(files)('%s', (file) => {
  let expected: unknown;
  beforeAll(async () => {
    expected = await after(file, {});
  });

  // Levels that this processor lacks cannot be tested here.
  it('gives the same on all levels and threads', async () => {
    for (const simd_level of native.simdLevels) {
      for (const local_num_threads of [1, 3]) {
        expect(await after(file, { simd_level, local_num_threads })).toEqual(expected);
      }
    }
  });

  it('gives the same in pieces', async () => {
    expect(await after(file, {}, [0.1, 4.9, 0.3, 6.7])).toEqual(expected);
    expect(await after(file, {}, new Array<number>(10 * DURATION).fill(0.1))).toEqual(expected);
  });

  it('goes on where it was saved, in a kernel without its text', async () => {
    const { kernel, groups } = await build(file, {});
    kernel.SimulateSync(5);
    const saved = kernel.SaveStateSync();
    const other = new Kernel();
    other.LoadStateSync(saved);
    other.SimulateSync(DURATION - 5);
    const same = groups.map(({ ids }) => other.NodeCollection(ids));
    expect(statesOf({ kernel: other, groups: same })).toEqual(expected);
  });

  it('begins anew', async () => {
    const built = await build(file, {});
    built.kernel.SimulateSync(3);
    built.kernel.ResetState();
    built.kernel.SimulateSync(DURATION);
    expect(statesOf(built)).toEqual(expected);
  });
});

// Files of recorders are whole at any time, whenever the process that writes them is killed.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RecordBatchReader } from 'apache-arrow';
import { Kernel, type RecorderEvents } from '../../lib';
import { type CompiledPrograms, compilePrograms } from '../compiled';

let programs: CompiledPrograms;
let folder: string;
beforeAll(() => {
  programs = compilePrograms('test/life/programs', 'test/property');
});
afterAll(() => {
  programs.remove();
});
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-records-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

interface Rows {
  readonly times: ArrayLike<number>;
  readonly senders: ArrayLike<number>;
}

const npyRows = `
import ast, json, struct, sys
data = open(sys.argv[1], "rb").read()
length = struct.unpack_from("<H", data, 8)[0]
(count,) = ast.literal_eval(data[10:10 + length].decode())["shape"]
rows = list(struct.iter_unpack("<dI", data[10 + length:10 + length + 12 * count]))
assert len(rows) == count
print(json.dumps({"times": [r[0] for r in rows], "senders": [r[1] for r in rows]}))
`;

function readNpy(file: string): Rows {
  const python = spawnSync('python3', ['-c', npyRows, file], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  expect(python.stderr).toBe('');
  return JSON.parse(python.stdout) as Rows;
}

/** All whole batches. */
function readArrow(file: string): Rows {
  const [times, senders]: [number[], number[]] = [[], []];
  try {
    for (const batch of RecordBatchReader.from(fs.readFileSync(file))) {
      for (const time of batch.getChild('times')!.toArray() as Float64Array) times.push(time);
      for (const id of batch.getChild('senders')!.toArray() as Uint32Array) senders.push(id);
    }
  } catch (error) {
    // The last one was cut off.
    expect((error as Error).message).toMatch(/Expected to read \d+/);
  }
  return { times, senders };
}

/** What the killed program records first. */
function expected(events: number): RecorderEvents {
  const kernel = new Kernel();
  const noise = kernel.Create('poisson_generator', { rate: 20_000 });
  const cells = kernel.Create('parrot_neuron', 50);
  kernel.Connect(noise, cells);
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(cells, recorder);
  kernel.Create('spike_recorder');
  while (recorder.n_events < events) kernel.SimulateSync(100);
  const all = recorder.events;
  kernel.dispose();
  return all;
}

test('a killed process leaves files that can be read', async () => {
  const child = spawn(process.execPath, [programs.file('record-files'), folder, 'npy', 'arrow'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const [printed] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  await new Promise((resolve) => setTimeout(resolve, 30 * Math.random()));
  child.kill('SIGKILL');
  await closed;
  const [npy, arrow] = printed.trim().split('\n') as [string, string];
  const all = [readNpy(npy), readArrow(arrow)];
  const lengths = all.map(({ times }) => times.length);
  expect(Math.min(...lengths)).toBeGreaterThan(10_000);
  const { times, senders } = expected(Math.max(...lengths));
  for (const [i, rows] of all.entries()) {
    // In the order of recording, which within a step is not that of the senders in general.
    expect(Float64Array.from(rows.times)).toEqual(times.subarray(0, lengths[i]));
    const wholeSteps = times.indexOf(times[lengths[i]! - 1]!);
    expect(Uint32Array.from(rows.senders).subarray(0, wholeSteps)).toEqual(
      senders.subarray(0, wholeSteps),
    );
  }
}, 120_000);

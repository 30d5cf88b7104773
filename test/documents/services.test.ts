// The programs of docs/services.md: accepted by the editor, and they do what is said.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Counters } from '../../lib';
import { type CompiledPrograms, compilePrograms } from '../compiled';
import { root } from './blocks';

const folder = 'docs/programs';
const names = ['episodes', 'resumed', 'service', 'sweep'];

let programs: CompiledPrograms;
beforeAll(() => {
  programs = compilePrograms(folder);
  for (const name of names) {
    const file = programs.file(name);
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, text.replace('require("tegmenta")', 'require("../../lib")'));
  }
});
afterAll(() => {
  programs.remove();
});

const run = (name: string, ...args: string[]): string =>
  execFileSync(process.execPath, [programs.file(name), ...args], { encoding: 'utf8' });

/** What the document says that a program prints. */
function printed(name: string): string {
  const text = fs.readFileSync(path.join(root, 'docs/services.md'), 'utf8');
  const after = text.slice(text.indexOf(`programs/${name}.ts`));
  return /```console\n([^]*?)```/.exec(after)![1]!;
}

it('are all there are, and the document names each', () => {
  const files = fs.readdirSync(path.join(root, folder));
  expect(files.sort()).toEqual(names.map((name) => `${name}.ts`));
  const text = fs.readFileSync(path.join(root, 'docs/services.md'), 'utf8');
  for (const file of files) expect(text).toContain(`(programs/${file})`);
});

it.each(['sweep', 'episodes'])('%s prints what the document says', (name) => {
  expect(run(name)).toBe(printed(name));
});

it('a run that is killed goes on where it was saved last', async () => {
  const to = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-resumed-'));
  try {
    const whole = run('resumed', path.join(to, 'whole.tg')).trim().split('\n').at(-1);
    const file = path.join(to, 'killed.tg');
    for (let kills = 0; kills < 3; kills++) {
      const program = spawn(process.execPath, [programs.file('resumed'), file]);
      const exited = once(program, 'exit');
      await once(program.stdout, 'data'); // it has saved once more
      program.kill('SIGKILL');
      await exited;
    }
    const lines = run('resumed', file).trim().split('\n');
    expect(lines.at(-1)).toBe(whole);
    expect(lines[0]).not.toBe('saved at 250 ms');
    expect(lines.at(-1)).toBe(printed('resumed').trim().split('\n').at(-1));
  } finally {
    fs.rmSync(to, { recursive: true });
  }
});

describe('the service', () => {
  let service: ChildProcess;
  let url: string;
  beforeAll(async () => {
    service = spawn(process.execPath, [programs.file('service')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PORT: '0', THREADS: '1' },
    });
    const [line] = (await once(service.stdout!.setEncoding('utf8'), 'data')) as string[];
    url = /http:\S+/.exec(line!)![0];
  });
  afterAll(() => {
    service.kill('SIGKILL');
  });

  const spikes = async (query: string, signal?: AbortSignal): Promise<string> => {
    const response = await fetch(`${url}/spikes?${query}`, signal ? { signal } : {});
    return response.text();
  };
  const counts = async (): Promise<Counters> =>
    (await (await fetch(`${url}/counters`)).json()) as Counters;
  const until = async (holds: (counts: Counters) => boolean): Promise<Counters> => {
    for (;;) {
      const now = await counts();
      if (holds(now)) return now;
      await setTimeout(5);
    }
  };

  /** Two requests that have been seen under way; on a busy machine a pair can end unseen. */
  const twoUnderWay = async (): Promise<Promise<string>[]> => {
    for (;;) {
      const pair = [spikes('time=1000'), spikes('time=1000')];
      const over = Promise.race(pair).then(() => true);
      const seen = async () => {
        const { running, queued } = await counts();
        return running + queued === 2;
      };
      for (let ended = false; !ended; ended = await Promise.race([over, setTimeout(5, false)])) {
        if (await seen()) return pair;
      }
      await Promise.all(pair);
    }
  };

  it('answers many at once, each with all its events and a report', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => spikes('time=100')));
    const sums = new Set<number>();
    for (const answer of answers) {
      const batches = [...answer.matchAll(/event: spikes\ndata: (.*)\n/g)];
      const sum = batches
        .map(([, data]) => (JSON.parse(data!) as { n: number }).n)
        .reduce((a, b) => a + b, 0);
      const report = /event: report\ndata: (.*)\n/.exec(answer);
      expect((JSON.parse(report![1]!) as { spikes: number }).spikes).toBe(sum);
      sums.add(sum);
    }
    expect(sums.size).toBe(1);
  }, 60_000);

  it('stops what nobody waits for, also where it has not begun', async () => {
    const ends = [new AbortController(), new AbortController()];
    const gone = ends.map(({ signal }) => spikes('time=1e7', signal).catch(() => 'gone'));
    await until(({ running, queued }) => running === 1 && queued === 1);
    ends[1]!.abort(); // it waits
    await until(({ queued, kernels }) => queued === 0 && kernels.length === 1);
    ends[0]!.abort();
    const { running, threads } = await until(({ kernels }) => kernels.length === 0);
    expect({ running, threads }).toEqual({ running: 0, threads: 0 });
    expect(await Promise.all(gone)).toEqual(['gone', 'gone']);
  }, 60_000);

  it('says what is too much, and lives on', async () => {
    const answer = await spikes('rate=1e6&time=1000');
    expect(answer).toContain('ERR_TEGMENTA_LIMIT_EXCEEDED');
    expect(answer).toContain('maxSpikeRate');
    expect((await fetch(`${url}/spikes?time=-1`)).status).toBe(400);
    expect(await spikes('time=10')).toContain('event: report');
  }, 60_000);

  it('ends on SIGTERM once all have their answers', async () => {
    const last = await twoUnderWay();
    const exited = once(service, 'exit');
    service.kill('SIGTERM');
    for (const answer of await Promise.all(last)) expect(answer).toContain('event: report');
    expect(await exited).toEqual([0, null]);
  }, 60_000);
});

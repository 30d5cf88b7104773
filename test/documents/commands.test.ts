// Commands that documents show: programs, scripts, options and values exist.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { experiments } from '../../benchmarks/experiments';
import { benchmarks, speedExperiments } from '../../benchmarks/measuring';
import type { BenchSetup } from '../../lib/cli/bench';
import type { Experiment } from '../../lib/cli/experiment';
import { ExitCode, exitMeanings } from '../../lib/cli/io';
import { runProgram } from '../../lib/cli/program';
import { TestIO } from '../cli/streams';
import { nothing } from './idle';
import { blocksOf, documents, root, textOf } from './blocks';

jest.mock('node:worker_threads', () => jest.requireActual<object>('../typescript-workers'));

interface Command {
  /** `README.md: npm test` */
  readonly name: string;
  readonly words: readonly string[];
}

/** Commands between backticks that begin so; those with an ellipsis or a `<name>` are patterns. */
const inProse =
  /`((?:npx )?tegmenta (?:run|bench|list|info|nestml|help|completion)\b[^`<…[]*|npm run [^`<…]*)`/g;

const commands: readonly Command[] = documents.flatMap((file) => {
  const blocks = blocksOf(file).filter(({ kind }) => kind === 'sh');
  const lines = blocks.flatMap(({ text }) => text.replace(/\\\n/g, ' ').split('\n'));
  const prose = textOf(file).replace(/^```[^]*?^```$/gm, '');
  const spans = [...prose.matchAll(inProse)].map((match) => match[1]!);
  return [...lines, ...spans]
    .flatMap((line) => line.replace(/#.*$/, '').split('&&'))
    .map((line) => line.trim().split(/\s+/))
    .map((words) => ({ name: `${file}: ${words.join(' ')}`, words: withoutPrefix(words) }))
    .filter(({ words }) => words.length > 0 && words[0] !== '');
});

/** Without variables of the environment, and without a priority. */
function withoutPrefix(words: readonly string[]): readonly string[] {
  const begin = words.findIndex((word) => !/^\w+=/.test(word));
  const rest = begin < 0 ? [] : words.slice(begin);
  return rest[0] === 'chrt' ? rest.slice(3) : rest;
}

/** An experiment that understands its options and does nothing. */
const idle = (experiment: Experiment): Experiment => ({
  ...experiment,
  live: false,
  run: () => Promise.resolve(nothing),
});

const engine: BenchSetup['engine'] = {
  ...{ name: 'tegmenta', version: '1' },
  runs: () => true,
  measure: () => Promise.resolve([]),
};

async function runsIdle(argv: readonly string[]): Promise<boolean> {
  // The name of a subcommand alone: what it needs is another matter.
  if (argv.join() === 'run') return true;
  const io = new TestIO();
  // A page needs no test here: the option is there, and its experiment says so.
  if (argv.includes('--serve')) {
    expect(experiments.find(({ name }) => name === argv[1])?.live).toBe(true);
  }
  // Nothing is written, whatever the folder.
  const folder = argv.includes('--out') ? argv.indexOf('--out') + 1 : undefined;
  const words = argv.filter((word, i) => !['--serve', '--out'].includes(word) && i !== folder);
  const files = ['run', 'bench'].includes(words[0]!) ? ['--no-files'] : [];
  const code = await runProgram(
    [...words, ...files],
    io,
    [...experiments, ...speedExperiments].map(idle),
    {
      bench: {
        ...{ benchmarks, engine },
        bandwidth: () => Promise.resolve(1e9),
        connectNest: () => Promise.resolve('There is no NEST.'),
      },
      worker: require.resolve('./idle-worker'),
    },
  );
  expect([io.stderr.text, code]).toEqual([expect.not.stringContaining('error'), 0]);
  return true;
}

const { scripts, engines, peerDependencies } = JSON.parse(textOf('package.json')) as {
  scripts: Record<string, string>;
  engines: { node: string };
  peerDependencies: object;
};
const peers = Object.keys(peerDependencies);
const presets = textOf('CMakePresets.json');

const isThere = (file: string): boolean => existsSync(path.join(root, file));

/** Whether what a command needs is there, by its first word. */
const isKnown: Readonly<Record<string, (words: readonly string[]) => boolean | Promise<boolean>>> =
  {
    tegmenta: runsIdle,
    npx: ([program, ...words]) => {
      if (program === 'tegmenta') return runsIdle(words);
      // Beginnings of paths will do for jest.
      const folders = words
        .filter((word) => word.startsWith('test/'))
        .map((word) => path.dirname(word));
      return isThere(`node_modules/.bin/${program}`) && folders.every(isThere);
    },
    npm: ([verb, ...words]) => {
      if (verb === 'run') return scripts[words[0]!] !== undefined;
      if (verb === 'install') return words.every((word) => ['tegmenta', ...peers].includes(word));
      return ['ci', 'test'].includes(verb!);
    },
    node: ([file]) => isThere(file!),
    cmake: (words) => presets.includes(`"name": "${words[words.indexOf('--preset') + 1]}"`),
    // Made by the preset above.
    'build/tegmenta_kernel_times': () => textOf('CMakeLists.txt').includes('tegmenta_kernel_times'),
    'build/tegmenta_core_test': () => isThere('test/core/main.cc'),
  };

it('the two commands at the top of README set up, run and test', () => {
  const [block] = blocksOf('README.md');
  expect(block!.text.split('\n').map((line) => line.split('#')[0]!.trim())).toEqual([
    'npm ci && npx tegmenta run brunel',
    'npm ci && npm test',
    '',
  ]);
  expect(block!.line).toBeLessThan(10);
});

it.each(commands)('$name', async ({ words: [program, ...words] }) => {
  expect(await isKnown[program!]?.(words)).toBe(true);
});

it('README and CONTRIBUTING name the oldest Node.js that will do', () => {
  const node = `Node.js ${engines.node.replace('>=', '')} or later`;
  expect(textOf('README.md')).toContain(node);
  expect(textOf('CONTRIBUTING.md')).toContain(node);
});

it('README is short', () => {
  expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120);
});

it('docs/command-line.md names all experiments', () => {
  const rows = textOf('docs/command-line.md').matchAll(/^\| `npx tegmenta run (\S+?)[ `]/gm);
  const named = Array.from(rows, ([, name]) => name!);
  expect(named.sort()).toEqual(experiments.map(({ name }) => name).sort());
});

it('docs/command-line.md gives the exit codes', () => {
  const rows = textOf('docs/command-line.md').matchAll(/^\| (\d+) \| (.+) \|$/gm);
  const meanings = Object.entries(exitMeanings) as [keyof typeof ExitCode, string][];
  expect(Array.from(rows, ([, code, meaning]) => [Number(code), meaning])).toEqual(
    meanings.map(([name, meaning]) => [ExitCode[name], meaning]),
  );
});

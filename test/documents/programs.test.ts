// Programs that documents show: the editor accepts them, they run, and they print what is said.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { transformSync } from '@swc/core';
import * as tegmenta from '../../lib';
import { documents, programsOf, root } from './blocks';

const programs = documents.flatMap(programsOf);

it('there are programs in README and in the documents', () => {
  const files = new Set(programs.map(({ name }) => name.split(':')[0]));
  expect([...files]).toEqual([
    'README.md',
    'docs/api.md',
    'docs/dense.md',
    'docs/nest-differences.md',
    'docs/services.md',
    'docs/state-file.md',
    'docs/three-factor-rules.md',
  ]);
});

/** What `import` finds in the package; see scripts/make-esm-wrapper.cjs. */
const asImported = `import lib from '../../lib/index.js';
export * from '../../lib/index.js';
declare const nest: typeof lib.default;
export default nest;
`;

it('are accepted by the editor', () => {
  mkdirSync(path.join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(path.join(root, 'out', 'documents-'));
  try {
    const files = programs.map(({ name, text }) => {
      const file = `${name.replace(/\W+/g, '-')}.mts`;
      writeFileSync(path.join(folder, file), text);
      return file;
    });
    const compilerOptions = {
      ...{ module: 'node20', target: 'es2022', lib: ['es2023'], strict: true, types: ['node'] },
      ...{ noEmit: true, skipLibCheck: true, rootDir: root },
      paths: { tegmenta: ['./tegmenta.d.mts'] },
    };
    writeFileSync(path.join(folder, 'tegmenta.d.mts'), asImported);
    const project = { compilerOptions, files: [...files, '../../lib/node-gyp-build.d.ts'] };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(project));
    const compiler = require.resolve('typescript/bin/tsc');
    const run = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
    expect(run.stdout).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 300_000);

type Run = (require: (name: string) => unknown, exports: object, console: object) => Promise<void>;
const asynchronous = Object.getPrototypeOf(async () => {
  await Promise.resolve();
}) as { readonly constructor: new (...names: string[]) => Run };

/** Runs a program on a default kernel of its own; gives what it printed. */
async function run(text: string): Promise<string> {
  const { code } = transformSync(text, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    swcrc: false,
  });
  let printed = '';
  const log = (...values: unknown[]) => (printed += `${format(...values)}\n`);
  const load = (name: string): unknown =>
    name === 'tegmenta' ? tegmenta : process.getBuiltinModule(name);
  tegmenta.ResetKernel();
  await new asynchronous.constructor('require', 'exports', 'console', code)(load, {}, { log });
  return printed;
}

it.each(programs)(
  '$name runs',
  async ({ text, prints }) => {
    // Ports are what is free.
    const printed = (await run(text)).replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:…');
    expect(printed).toBe(prints);
  },
  60_000,
);

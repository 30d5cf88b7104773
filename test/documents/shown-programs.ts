// Programs that documents show, or are: whether the editor accepts them, and what they print.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { transformSync } from '@swc/core';
import * as tegmenta from '../../lib';
import * as analysis from '../../lib/analysis';
import * as models from '../../lib/models';
import * as plot from '../../lib/plotting';
import { type Program, root } from './blocks';

/** What `import` finds in the package; see scripts/make-esm-wrapper.cjs. */
const asImported = `import lib from '../../lib/index.js';
export * from '../../lib/index.js';
declare const nest: typeof lib.default;
export default nest;
`;

/** What the compiler says, in strict mode, to modules that import the package; '' if nothing. */
export function compilerErrors(programs: readonly Pick<Program, 'name' | 'text'>[]): string {
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
      paths: {
        tegmenta: ['./tegmenta.d.mts'],
        'tegmenta/analysis': ['../../lib/analysis/index.ts'],
        'tegmenta/models': ['../../lib/models.ts'],
        'tegmenta/plot': ['../../lib/plotting/index.ts'],
      },
    };
    writeFileSync(path.join(folder, 'tegmenta.d.mts'), asImported);
    const project = { compilerOptions, files: [...files, '../../lib/node-gyp-build.d.ts'] };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(project));
    const compiler = require.resolve('typescript/bin/tsc');
    const run = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
    return run.stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Run = (require: (name: string) => unknown, exports: object, console: object) => Promise<void>;
const asynchronous = Object.getPrototypeOf(async () => {
  await Promise.resolve();
}) as { readonly constructor: new (...names: string[]) => Run };

/** What programs import of the package. */
const entries: Readonly<Record<string, unknown>> = {
  tegmenta,
  'tegmenta/analysis': analysis,
  'tegmenta/models': models,
  'tegmenta/plot': plot,
};

/**
 * Runs a program on the default kernel, which it finds empty and leaves as it was at its end; gives
 * what it printed.
 */
export async function printedBy(text: string): Promise<string> {
  const { code } = transformSync(text, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    swcrc: false,
  });
  let printed = '';
  const log = (...values: unknown[]) => (printed += `${format(...values)}\n`);
  const load = (name: string): unknown => entries[name] ?? process.getBuiltinModule(name);
  tegmenta.ResetKernel();
  await new asynchronous.constructor('require', 'exports', 'console', code)(load, {}, { log });
  return printed;
}

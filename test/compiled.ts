import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformFileSync } from '@swc/core';

const root = path.join(__dirname, '..');

/**
 * A folder of programs, and lib/, as JavaScript for the processes and workers of a test: jest
 * compiles TypeScript only for itself, and dist/ may be older than lib/.
 */
export interface CompiledPrograms {
  /** Path of a program, by its name without extension. */
  file(program: string): string;
  remove(): void;
}

/** Compiles a folder, given from the package's root, and `others` that its programs import. */
export function compilePrograms(programs: string, ...others: string[]): CompiledPrograms {
  // Inside the package, whose root lib/ looks for, and whose dependencies it needs.
  mkdirSync(path.join(root, 'out'), { recursive: true });
  const to = mkdtempSync(path.join(root, 'out', 'programs-'));
  for (const folder of new Set(['lib', programs, ...others])) compileFolder(folder, to);
  return {
    file: (program) => path.join(to, programs, `${program}.js`),
    remove: () => {
      rmSync(to, { recursive: true, force: true });
    },
  };
}

function compileFolder(folder: string, to: string): void {
  for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.d.ts')) continue;
    const { code } = transformFileSync(path.join(root, folder, name), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
      swcrc: false,
    });
    const file = path.join(to, folder, name.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, code);
  }
}

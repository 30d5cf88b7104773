import path from 'node:path';
import { lineAt, perFile, type SourceFile } from './source-files';
import { codeOf } from './syntax';

/** An include or an import. */
export interface Dependency {
  readonly from: string;
  readonly line: number;
  /** As it is written. */
  readonly name: string;
  /** The file that is meant; undefined where there is none. */
  readonly to: string | undefined;
}

const include = /^#[ \t]*include[ \t]+"([^"]+)"/gm;
const importOrExport = /^(?:import|export)\b(?:[^;'"`]*?\bfrom)?\s*['"](\.[^'"]*)['"]/gm;
const importCall = /\b(?:import|require|require\.resolve)\(\s*['"](\.[^'"]*)['"]\s*[,)]/g;

/** Where quoted includes are looked for besides the file's own folder. */
const includeFolders = ['cpp', 'test/core', 'benchmarks/kernels'];

/**
 * All includes between quotes, and imports of files by TypeScript and JavaScript, those of types
 * alone among them.
 */
export function dependenciesOf(files: readonly SourceFile[]): Dependency[] {
  const known = new Set(files.map((file) => file.path));
  return files.flatMap((file) =>
    namesIn(file).map(({ name, line }) => {
      const resolve = isCpp(file.path) ? included : imported;
      return { from: file.path, line, name, to: resolve(file.path, name, known) };
    }),
  );
}

const isCpp = (file: string): boolean => /\.(?:cc|h|def)$/.test(file);
const isScript = (file: string): boolean => /\.[cm]?[jt]s$/.test(file);

const namesIn = perFile((file): readonly Pick<Dependency, 'name' | 'line'>[] => {
  const patterns = isCpp(file.path)
    ? [include]
    : isScript(file.path)
      ? [importOrExport, importCall]
      : [];
  return patterns
    .flatMap((pattern) => [...file.text.matchAll(pattern)])
    .filter(({ index }) => codeOf(file)[index] !== ' ')
    .map((match) => ({ name: match[1]!, line: lineAt(file.text, match.index) }));
});

function included(from: string, name: string, known: ReadonlySet<string>): string | undefined {
  return [path.posix.dirname(from), ...includeFolders]
    .map((folder) => path.posix.join(folder, name))
    .find((file) => known.has(file));
}

function imported(from: string, name: string, known: ReadonlySet<string>): string | undefined {
  const base = path.posix.join(path.posix.dirname(from), name);
  return [
    base.replace(/\.(?=[cm]?js$)[cm]?js$/, (end) => end.replace('j', 't')),
    base.replace(/\.([cm])js$/, '.d.$1ts'),
    base,
    ...['.ts', '.d.ts', '.json', '/index.ts'].map((end) => base + end),
  ].find((file) => known.has(file));
}

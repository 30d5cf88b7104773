import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The package's root. */
const root = path.join(__dirname, '..', '..');

/** A file of the repository. */
export interface SourceFile {
  /** From the package's root, with slashes. */
  readonly path: string;
  /** Empty for what is neither source nor document. */
  readonly text: string;
}

const readable =
  /\.(?:cc|cjs|cmake|css|cts|def|h|html|js|md|mjs|mts|py|ts|json)$|^CMakeLists\.txt$|^\.ci\/run$/;

/** All files but those that .gitignore names. */
export function repositoryFiles(): SourceFile[] {
  const ignored = new Set(
    readFileSync(path.join(root, '.gitignore'), 'utf8')
      .split('\n')
      .map((line) => line.replace(/\/$/, '')),
  );
  ignored.add('.git');
  const found: SourceFile[] = [];
  const add = (folder: string): void => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name);
      if (ignored.has(entry.name)) continue;
      if (entry.isDirectory()) add(name);
      else if (entry.isFile()) found.push({ path: name, text: textOf(name) });
    }
  };
  add('');
  return found;
}

// Data, of which there are megabytes, is never looked into.
const textOf = (file: string): string =>
  readable.test(file) && !file.includes('/data/') && file !== 'package-lock.json'
    ? readFileSync(path.join(root, file), 'utf8')
    : '';

/** The files as they would be with a change to one of them, which must make a difference. */
export function spoilt(
  files: readonly SourceFile[],
  file: string,
  change: (text: string) => string,
): SourceFile[] {
  const at = files.findIndex((other) => other.path === file);
  if (at < 0) throw new Error(`There is no file ${file}.`);
  const text = change(files[at]!.text);
  if (text === files[at]!.text) throw new Error(`The change to ${file} changes nothing.`);
  return files.with(at, { path: file, text });
}

/** Number of the line, from 1, in which a position of a text lies. */
export function lineAt(text: string, position: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < position; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

/** Works something out once for every file: copies of the repository share most of them. */
export function perFile<T>(work: (file: SourceFile) => T): (file: SourceFile) => T {
  const done = new WeakMap<SourceFile, T>();
  return (file) => {
    const known = done.get(file);
    if (known !== undefined) return known;
    const made = work(file);
    done.set(file, made);
    return made;
  };
}

import path from 'node:path';
import ts from 'typescript';
import manifest from '../../package.json';
import { typesOf } from '../../scripts/make-esm-wrapper.cjs';

// The package as the compiler of a user sees it.

/** The folder of the package, whose files may import it by its name. */
export const root = path.join(__dirname, '..', '..');
const dist = path.join(root, 'dist');

/** What package.json exports: the name to import it by, and its module in dist/. */
export const entries = Object.entries(manifest.exports).flatMap(([name, entry]) =>
  typeof entry === 'string'
    ? []
    : [{ name: path.posix.join(manifest.name, name), module: entry.require.types }],
);

/**
 * The declarations that a build writes, by their paths. They are made of lib/ as it is, as dist/ may
 * be older.
 */
export function builtDeclarations(): ReadonlyMap<string, string> {
  const built = new Map<string, string>();
  const options = buildOptions();
  const sources = entries.map(({ module }) =>
    path.join(root, path.relative('dist', module).replace(/\.d\.ts$/, '.ts')),
  );
  const { diagnostics } = ts
    .createProgram(sources, options)
    .emit(undefined, (file, text) => void built.set(path.normalize(file), text), undefined, true);
  if (diagnostics.length > 0) throw new Error(messages(diagnostics).join('\n'));
  for (const { module } of entries) {
    const file = path.join(root, module);
    const name = `./${path.basename(file).replace(/\.d\.ts$/, '.js')}`;
    const hasDefault = /^export default /m.test(built.get(file)!);
    built.set(file.replace(/\.ts$/, '.mts'), typesOf(name, hasDefault));
  }
  return built;
}

function buildOptions(): ts.CompilerOptions {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(root, 'tsconfig.build.json'),
    { declarationMap: false, sourceMap: false },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (problem) => {
        throw new Error(messages([problem]).join());
      },
    },
  );
  return config!.options;
}

/** Where a compiler finds files. */
export type Files = Pick<ts.System, 'fileExists' | 'readFile' | 'directoryExists'>;

/**
 * The files of somebody who has installed nothing but the package, TypeScript and `others`.
 * @param given Files by their paths; there are no others in dist/.
 * @param others What the paths of further packages match.
 */
export function filesOfUser(given: ReadonlyMap<string, string>, others?: RegExp): Files {
  const isInstalled = (file: string): boolean =>
    !file.includes('/node_modules') ||
    file.includes('/node_modules/typescript/') ||
    others?.test(file) === true;
  const isThere = (file: string): boolean => !file.startsWith(dist + path.sep) && isInstalled(file);
  return {
    fileExists: (file) => given.has(file) || (isThere(file) && ts.sys.fileExists(file)),
    readFile: (file) => given.get(file) ?? (isThere(file) ? ts.sys.readFile(file) : undefined),
    directoryExists: (folder) =>
      folder.startsWith(dist) || (isInstalled(`${folder}/`) && ts.sys.directoryExists(folder)),
  };
}

/**
 * A program of a user.
 * @param parsed Keeps files for further programs with the same kind of modules.
 */
export function programOf(
  roots: readonly string[],
  options: ts.CompilerOptions,
  files: Files,
  parsed = new Map<string, ts.SourceFile>(),
): ts.Program {
  const getSourceFile: ts.CompilerHost['getSourceFile'] = (file, how) => {
    const text = parsed.has(file) ? undefined : files.readFile(file);
    if (text !== undefined) parsed.set(file, ts.createSourceFile(file, text, how));
    return parsed.get(file);
  };
  const host = { ...ts.createCompilerHost(options), ...files, getSourceFile };
  return ts.createProgram(roots, options, host);
}

/** What a compiler says, one line each. */
export const messages = (diagnostics: readonly ts.Diagnostic[]): string[] =>
  diagnostics.map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : 0;
    const place = file ? `${path.relative(root, file.fileName)}:${line + 1}: ` : '';
    return place + ts.flattenDiagnosticMessageText(messageText, '\n');
  });

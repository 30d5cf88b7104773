// What an editor shows over the functions of the module: all that is said of the kernel's methods.
import path from 'node:path';
import ts from 'typescript';
import * as nest from '../../lib';
import { builtDeclarations, filesOfUser, root } from './package';

/** Methods that the module does not have as functions. */
const others = ['constructor', 'NodeCollection', 'clone', 'dispose', 'drawParameter'];
const { prototype } = nest.Kernel;
const methods = Object.getOwnPropertyNames(prototype).filter(
  (name) => typeof Object.getOwnPropertyDescriptor(prototype, name)?.value === 'function',
);
const functions = methods.filter((name) => !others.includes(name));
/** NEST's other names of methods. */
const meant = (name: string): string =>
  ({ get: 'GetKernelStatus', set: 'SetKernelStatus' })[name] ?? name;

/** Calls of every form of the functions that have several. */
const calls = `
nest.Create('iaf_psc_exp'); nest.Create('iaf_psc_exp', 2, { V_m: -60 }); nest.Create('iaf_psc_exp', { V_m: -60 });
nest.Disconnect(nest.GetConnections()); nest.Disconnect([1], [2]);
nest.GetDefaults('iaf_psc_exp'); nest.GetDefaults('iaf_psc_exp', 'V_m'); nest.GetDefaults('iaf_psc_exp', ['V_m']);
nest.GetStatus(nest.GetNodes()); nest.GetStatus(nest.GetNodes(), 'V_m'); nest.GetStatus(nest.GetNodes(), ['V_m']);
nest.GetKernelStatus(); nest.GetKernelStatus('resolution'); nest.GetKernelStatus(['resolution']);
nest.get(); nest.get('resolution'); nest.get(['resolution']);
nest.SaveState('state.tg'); nest.SaveState();
nest.SaveStateSync('state.tg'); nest.SaveStateSync();
nest.Connect([1], [2]);
nest.Simulate(100);
`;

const programOf = (from: string): string => `
import * as nest from '${from}';
import { ${functions.join(', ')} } from '${from}';
const kernel = new nest.Kernel();
export const ofKernel = [${functions.map((name) => `kernel.${name}`).join(', ')}];
export const ofModule = [${functions.map((name) => `nest.${name}`).join(', ')}];
export const byName = [${functions.join(', ')}];
${calls}`;

/** Where in a program the last name of an expression stands. */
const placesOf = (program: string, expression: RegExp): number[] =>
  [...program.matchAll(expression)].map(({ index, 0: { length } }) => index + length - 1);

/** What the editor shows at a place. */
type Editor = (place: number) => { readonly text: string; readonly tags: readonly unknown[] };

function editorOf(
  file: string,
  program: string,
  options: ts.CompilerOptions,
  built: ReadonlyMap<string, string>,
): Editor {
  const files = filesOfUser(new Map([...built, [file, program]]), /./);
  const service = ts.createLanguageService({
    ...files,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = files.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  });
  return (place) => {
    const info = service.getQuickInfoAtPosition(file, place);
    return { text: ts.displayPartsToString(info?.documentation), tags: info?.tags ?? [] };
  };
}

it('functions of the module are all methods but those that it has no use for', () => {
  expect(methods).toEqual(expect.arrayContaining(others));
  expect(functions.filter((name) => !(name in nest))).toEqual([]);
});

describe.each([
  ['lib/', './lib', () => new Map<string, string>()],
  ['the declarations that are built', 'tegmenta', builtDeclarations],
])('of %s', (_where, from, built) => {
  const program = programOf(from);
  let shown: Editor;
  beforeAll(() => {
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts'],
      module: ts.ModuleKind.Node20,
      types: ['node'],
      strict: true,
    };
    shown = editorOf(path.join(root, 'user.ts'), program, options, built());
  });

  const shownOnly = (expression: RegExp): ReturnType<Editor> => {
    const [place, ...more] = placesOf(program, expression);
    expect(more).toEqual([]);
    return shown(place!);
  };
  const ofMethod = (name: string): ReturnType<Editor> =>
    shownOnly(new RegExp(`\\bkernel\\.${meant(name)}\\b`, 'g'));

  it.each(functions)('nest.%s, and imported by its name', (name) => {
    const method = ofMethod(name);
    expect(method.text).not.toBe('');
    expect(shownOnly(new RegExp(`\\bnest\\.${name}(?=[,\\]])`, 'g'))).toEqual(method);
    expect(shownOnly(new RegExp(`byName = .*?\\b${name}\\b`, 'g'))).toEqual(method);
  });

  it.each([...new Set(calls.match(/(?<=\bnest\.)\w+(?=\()/g))])('calls of %s', (name) => {
    const places = placesOf(program, new RegExp(`\\bnest\\.${name}(?=\\()`, 'g'));
    expect(places).not.toEqual([]);
    for (const place of places) expect(shown(place)).toEqual(ofMethod(name));
  });
});

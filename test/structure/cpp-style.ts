import { lineAt, type SourceFile } from './source-files';
import { codeOf } from './syntax';
import type { Violation } from './violations';

/** C++ that is ours to shape: cpp/ and binding/. */
const isOurs = ({ path }: SourceFile): boolean => /^(?:cpp|binding)\/.*\.(?:cc|h)$/.test(path);

/** Classes that let others reach into them. */
export const friends = (files: readonly SourceFile[]): Violation[] =>
  files.filter(isOurs).flatMap((file) =>
    [...codeOf(file).matchAll(/\bfriend\s+(?:class\s+|struct\s+)?([^;({]+)/g)].map((match) => ({
      ...{ file: file.path, line: lineAt(file.text, match.index) },
      what: `friend ${match[1]}`,
      says: `Makes ${match[1]} a friend: hand over what it needs instead.`,
    })),
  );

/** Columns of synapses, parameters of devices, and what recorders keep: each has a name. */
const numericIndex =
  /\b(columns?|number|array|texts|text|synapses|changed|values)\[\d+\]|\b(columns?|value)\(\d+\)/g;
/** An array of characters is no such thing. */
const declaration = /\bchar\s+$/;

/** Columns and parameters that are taken by their number: exchanged ones compile. */
export const numericIndices = (files: readonly SourceFile[]): Violation[] =>
  files.filter(isOurs).flatMap((file) => {
    const code = codeOf(file);
    return [...code.matchAll(numericIndex)].flatMap((match) => {
      if (declaration.test(code.slice(0, match.index))) return [];
      const name = match[1] ?? match[2]!;
      return [
        {
          ...{ file: file.path, line: lineAt(code, match.index) },
          ...{ what: `${name} by number`, says: `Takes ${match[0]} by its number: name it.` },
        },
      ];
    });
  });

/** Switches over our own enums that have a default: a constant that is added is then forgotten. */
export const defaultsOfEnums = (files: readonly SourceFile[]): Violation[] =>
  files.filter(isOurs).flatMap((file) => {
    const code = codeOf(file);
    return [...code.matchAll(/\bswitch\s*\(/g)].flatMap((match) => {
      const { begin, labels } = switchAt(code, match.index);
      const constants = /\bcase\s+((?:\w+::)*)k[A-Z]\w*\s*:/.exec(labels);
      const otherwise = /\bdefault\s*:/.exec(labels);
      if (constants === null || otherwise === null) return [];
      const name = constants[1]!.replace(/::$/, '') || 'an enum';
      return [
        {
          ...{ file: file.path, line: lineAt(code, begin + otherwise.index) },
          what: `default in a switch over ${name}`,
          says: `A switch over ${name} has a default: name the other constants.`,
        },
      ];
    });
  });

/** The body of a switch from `begin` on, in which all that lies in inner braces is blank. */
function switchAt(code: string, at: number): { begin: number; labels: string } {
  const begin = code.indexOf('{', at);
  let labels = '';
  let depth = 0;
  for (let i = begin; i < code.length; i++) {
    if (code[i] === '{') depth++;
    labels += depth === 1 ? code[i] : ' ';
    if (code[i] === '}' && --depth === 0) break;
  }
  return { begin, labels };
}

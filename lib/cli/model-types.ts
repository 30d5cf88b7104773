import type { NativeModelDescription, NativeParameterDescription } from '../native';
import { linesOf, sentence } from './prose';

// Declarations of the models of a text, which add them to the types of the package.

/** Types of values as they are read, of those that models of texts have. */
const valueTypes: Readonly<Record<string, string>> = {
  ...{ double: 'number', int: 'number', bool: 'boolean', string: 'string' },
  ...{ doubles: 'Float64Array', ints: 'Float64Array', strings: 'string[]' },
  map: 'Readonly<Record<string, number>>',
};

/** A model, and the keys of those of its values that are maps, by the names of these values. */
export interface DeclaredModel extends NativeModelDescription {
  readonly keys?: Readonly<Record<string, readonly string[]>>;
}

/** Columns of a comment. */
const WIDTH = 88;

/**
 * The text of a declaration file.
 * @param all The names of all models of the file, in their order; those that are no neurons take any
 * parameter.
 * @param path By which LoadModel is given the file.
 */
export function declarationsOf(
  models: readonly DeclaredModel[],
  all: readonly string[],
  path: string,
): string {
  const names = all.map(quoted).join(', ');
  return `${[
    `// Written by \`tegmenta nestml types ${path}\`; do not edit.`,
    '',
    "import type { Input, Values } from 'tegmenta';",
    '',
    "declare module 'tegmenta' {",
    '  interface LoadedModels<Many extends boolean> {',
    ...models.flatMap(memberOf).map((line) => `    ${line}`),
    '  }',
    '  interface ModelFiles {',
    ...pathsOf(path).map((one) => `    ${quoted(one)}: readonly [${names}];`),
    '  }',
    '}',
  ].join('\n')}\n`;
}

/** `a.nestml` is `./a.nestml`, too. */
function pathsOf(path: string): string[] {
  const plain = path.replace(/^\.\//, '');
  return /^(?:[\\/]|\.\.|[A-Za-z]:)/.test(plain) ? [path] : [plain, `./${plain}`];
}

function memberOf({ name, summary, parameters, recordables, keys }: DeclaredModel): string[] {
  const recorded = recordables.map((one) => `'${one}'`).join(' | ');
  return [
    ...comment([sentence(summary)]),
    `${name}: {`,
    ...parameters.flatMap((parameter) => property(parameter, keys?.[parameter.name])),
    ...comment(['What a multimeter can record.']).map((line) => `  ${line}`),
    `  get recordables(): Values<${recorded === '' ? 'never' : `(${recorded})`}[], Many>;`,
    '};',
  ];
}

const keyText = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));

/** @param keys Of a map. */
function property(parameter: NativeParameterDescription, keys?: readonly string[]): string[] {
  const { name, type, role } = parameter;
  const numbers = keys?.map((one) => `readonly ${keyText(one)}: number`).join('; ');
  const isMap = type === 'map' && numbers;
  const valueType = isMap ? `{ ${numbers} }` : (valueTypes[type] ?? 'unknown');
  const key = keyText(name);
  return [
    ...comment([sentence(parameter.description), sentence(factsOf(parameter))]),
    `get ${key}(): Values<${valueType}, Many>;`,
    ...(role === 'readonly' ? [] : [`set ${key}(value: Input<${valueType}>);`]),
  ].map((line) => `  ${line}`);
}

function factsOf({ unit, default: value, allowed, role }: NativeParameterDescription): string {
  const facts = [
    unit && `unit: ${unit}`,
    value && `default: ${value}`,
    allowed && `allowed: ${allowed}`,
    role === 'readonly' ? 'read only' : '',
  ].filter(Boolean);
  const text = facts.join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;

/** A doc comment, in lines where it is long; none of nothing. */
function comment(paragraphs: readonly string[]): string[] {
  const texts = paragraphs.filter(Boolean).map((text) => text.replaceAll('*/', '*\u200b/'));
  if (texts.length === 0) return [];
  const together = texts.join(' ');
  if (together.length <= WIDTH) return [`/** ${together} */`];
  return [
    '/**',
    ...texts.flatMap((text) => linesOf(text, WIDTH)).map((line) => ` * ${line}`),
    ' */',
  ];
}

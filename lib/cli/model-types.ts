import type { NativeModelDescription, NativeParameterDescription } from '../native';
import { linesOf, sentence } from './prose';

// Declarations of the models of a text, which add them to the types of the package.

/** Types of values as they are read, of those that models of texts have. */
const valueTypes: Readonly<Record<string, string>> = {
  ...{ double: 'number', int: 'number', bool: 'boolean', string: 'string' },
  ...{ doubles: 'Float64Array', ints: 'Float64Array', strings: 'string[]' },
  map: 'Readonly<Record<string, number>>',
};

/** Columns of a comment. */
const WIDTH = 88;

/**
 * The text of a declaration file.
 * @param path By which LoadModel is given the file.
 */
export function declarationsOf(models: readonly NativeModelDescription[], path: string): string {
  const names = models.map(({ name }) => `'${name}'`).join(', ');
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

function memberOf({ name, summary, parameters, recordables }: NativeModelDescription): string[] {
  const recorded = recordables.map((one) => `'${one}'`).join(' | ');
  return [
    ...comment([sentence(summary)]),
    `${name}: {`,
    ...parameters.flatMap(property),
    ...comment(['What a multimeter can record.']).map((line) => `  ${line}`),
    `  get recordables(): Values<${recorded === '' ? 'never' : `(${recorded})`}[], Many>;`,
    '};',
  ];
}

function property(parameter: NativeParameterDescription): string[] {
  const { name, type, role } = parameter;
  const valueType = valueTypes[type] ?? 'unknown';
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
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

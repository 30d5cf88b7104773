import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Declarations, declarationsOf, generate, stale } from '../../scripts/generate.cjs';
import { moduleFunctions } from '../../scripts/generate/module-functions.cjs';
import { native } from '../../lib/native';

const declarations = declarationsOf(native);
const root = path.join(__dirname, '..', '..');

it.each(Object.entries(generate(declarations)))(
  '%s is what scripts/generate.cjs makes of the declarations',
  (file, text) => {
    expect(readFileSync(path.join(root, file), 'utf8')).toBe(text);
  },
);

const [attribute] = declarations.attributes;
const [model] = declarations.models;
const [rule] = declarations.rules;
const [pair] = declarations.pairs;

it.each<[string, Partial<Declarations>, string[]]>([
  [
    'an error',
    { errors: [...declarations.errors, { name: 'MadeUp', when: 'Never' }] },
    ['lib/generated/errors.ts', 'docs/errors.md'],
  ],
  [
    'a kernel attribute',
    { attributes: [...declarations.attributes, { ...attribute!, name: 'made_up' }] },
    ['lib/generated/kernel-status.ts', 'docs/kernel-status.md'],
  ],
  [
    'a neuron',
    { models: [...declarations.models, { ...model!, name: 'made_up', kind: 'neuron' }] },
    ['lib/generated/models.ts', 'docs/connections.md', 'docs/models.md', 'docs/models/neurons.md'],
  ],
  [
    'a connection rule',
    { rules: [...declarations.rules, { ...rule!, name: 'made_up' }] },
    ['lib/generated/connection-rules.ts', 'docs/connections.md'],
  ],
  [
    'a pair that can be connected',
    { pairs: [...declarations.pairs, { ...pair!, targets: ['voltmeter'] }] },
    ['docs/connections.md'],
  ],
])('%s that only the core knows is missed in TypeScript and in the documentation', (...row) => {
  const [, more, files] = row;
  expect(stale(declarations)).toEqual([]);
  expect(stale({ ...declarations, ...more })).toEqual(files);
});

describe('functions of the module', () => {
  const kernel = (members: string): string =>
    `export class Kernel {\n${members}}\nexport interface Kernel { get: Kernel['Read'] }\n`;
  const read = '  /** Reads. */\n  Read(key: string): void;\n  Read(): void {}\n';

  it('are the methods that users have, and their other names', () => {
    const others =
      '  /** One draw. @internal */\n  draw(): void {}\n  static Load(): void {}\n  #own(): void {}\n';
    const text = moduleFunctions(kernel(read + others));
    expect(text.match(/\/\*\*.*\*\/\nexport const .*/g)).toEqual([
      "/** Reads. */\nexport const Read: Kernel['Read'] = onDefault('Read');",
      "/** Reads. */\nexport const get: Kernel['get'] = onDefault('get');",
    ]);
    expect(text.match(/\bexport\b/g)).toHaveLength(2);
  });

  it('are refused where nothing is said of a method', () => {
    expect(() => moduleFunctions(kernel(`${read}  Write(): void {}\n`))).toThrow(
      'lib/kernel.ts: Write has no doc comment',
    );
  });
});

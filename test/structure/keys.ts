import type { SourceFile } from './source-files';
import type { Violation } from './violations';

/** Names that the core declares, by what they are names of. */
export interface Declared {
  readonly errors: readonly string[];
  readonly attributes: readonly string[];
  readonly nodeModels: readonly string[];
  readonly synapseModels: readonly string[];
  readonly connectionRules: readonly string[];
}

/** A file that must name all that the core declares of one kind, and nothing else. */
interface Place {
  readonly declared: keyof Declared;
  /** One of them, in words. */
  readonly thing: string;
  readonly file: string;
  readonly namesIn: (text: string) => readonly string[];
}

/** Names of the properties of TypeScript interfaces. */
const propertiesOf =
  (...interfaces: readonly string[]) =>
  (text: string): string[] =>
    interfaces.flatMap((name) => {
      const body = new RegExp(`^(?:export )?interface ${name}\\b[^{]*{\n([^]*?)^}`, 'm').exec(text);
      return [...(body?.[1] ?? '').matchAll(/^ {2}(?:readonly )?(\w+)\??:/gm)].map(
        ([, key]) => key!,
      );
    });

/** Names in the first column of a document's tables, as far as the document has this heading. */
const rowsBefore =
  (heading: string) =>
  (text: string): string[] =>
    [...text.split(`\n${heading}\n`)[0]!.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name!);

/** Names that docs/models.md links to these pages. */
const linkedTo = (page: RegExp) => (text: string) =>
  [...text.matchAll(/^\| \[`(\w+)`\]\(models\/(\w+)\.md/gm)]
    .filter(([, , target]) => page.test(target!))
    .map(([, name]) => name!);

const places: readonly Place[] = [
  {
    ...{ declared: 'errors', thing: 'error', file: 'lib/generated/errors.ts' },
    namesIn: (text) => [...text.matchAll(/^export class (\w+)/gm)].map(([, name]) => name!),
  },
  {
    ...{ declared: 'errors', thing: 'error', file: 'docs/errors.md' },
    namesIn: rowsBefore('## Of the TypeScript API alone'),
  },
  {
    declared: 'attributes',
    ...{ thing: 'attribute of the kernel', file: 'lib/generated/kernel-status.ts' },
    namesIn: propertiesOf('KernelSettings', 'KernelStatus'),
  },
  {
    ...{ declared: 'attributes', thing: 'attribute of the kernel', file: 'docs/kernel-status.md' },
    namesIn: rowsBefore('## None'),
  },
  {
    ...{ declared: 'nodeModels', thing: 'node model', file: 'docs/models.md' },
    namesIn: linkedTo(/neurons|stimulators|recorders/),
  },
  {
    ...{ declared: 'synapseModels', thing: 'synapse model', file: 'docs/models.md' },
    namesIn: linkedTo(/synapses/),
  },
  {
    ...{ declared: 'nodeModels', thing: 'node model', file: 'lib/generated/models.ts' },
    namesIn: propertiesOf('NodeProperties'),
  },
  {
    ...{ declared: 'synapseModels', thing: 'synapse model', file: 'lib/generated/models.ts' },
    namesIn: propertiesOf('SynapseColumns'),
  },
  {
    ...{
      declared: 'connectionRules',
      thing: 'connection rule',
      file: 'lib/generated/connection-rules.ts',
    },
    namesIn: (text) => [...text.matchAll(/\brule: '(\w+)'/g)].map(([, name]) => name!),
  },
  {
    ...{ declared: 'connectionRules', thing: 'connection rule', file: 'docs/connections.md' },
    namesIn: rowsBefore('## Options of all rules'),
  },
];

/** Names that a file lacks although the core declares them, or has although it does not. */
export const differentKeys = (files: readonly SourceFile[], declared: Declared): Violation[] =>
  places.flatMap(({ declared: kind, thing, file, namesIn }) => {
    const text = files.find(({ path }) => path === file)?.text ?? '';
    const there = new Set(namesIn(text));
    const known = new Set(declared[kind]);
    const [lacking, excess] = [without(known, there), without(there, known)];
    const place = { file, line: 1 };
    return [
      ...lacking.map((name) => ({
        ...{ ...place, what: `lacks ${name}` },
        says: `Lacks the ${thing} '${name}', which the core declares.`,
      })),
      ...excess.map((name) => ({
        ...{ ...place, what: `has ${name}` },
        says: `Has the ${thing} '${name}', which the core does not declare.`,
      })),
    ];
  });

const without = (names: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...names].filter((name) => !others.has(name));

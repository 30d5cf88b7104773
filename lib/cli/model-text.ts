import { native, type NativeModelDescription, type NativeParameterDescription } from '../native';
import { models } from '../registry';
import { linesOf, sentence } from './prose';
import { columns } from './table';

// All that the core declares about a model, as text and as JSON.

/** Kinds of models as the core declares them, with the headings of the list. */
export const kindHeadings = {
  neuron: 'Neurons',
  stimulator: 'Stimulating devices',
  recorder: 'Recording devices',
  synapse: 'Synapses',
};

/** What models of a kind are called. */
const kindNames: Readonly<Record<string, string>> = {
  neuron: 'a neuron',
  stimulator: 'a stimulating device',
  recorder: 'a recording device',
  synapse: 'a synapse model',
};

/** What parameters of a role are called. */
const roles = {
  parameter: 'Parameters',
  common: 'Values that all synapses of the model share',
  state: 'State, which can be set',
  readonly: 'What can only be read',
};

/** How nodes of a model can be connected with others: names of models by what is kept. */
interface Connections {
  readonly sources: Readonly<Record<string, readonly string[]>>;
  readonly targets: Readonly<Record<string, readonly string[]>>;
}

/** A parameter as JSON has it. */
type ParameterDocument = Omit<NativeParameterDescription, 'infinity'> & {
  /** The infinity that null stands for as a value, where one is allowed. */
  readonly null_is?: string;
};

/** What is known about a model: JSON that a program can make a form of. */
export type ModelDocument = Omit<NativeModelDescription, 'parameters'> & {
  readonly parameters: readonly ParameterDocument[];
  /** Of nodes. */
  readonly connections?: Connections;
};

/** The model of that name, or the one of which it is a variant. */
function describedAs(name: string): NativeModelDescription {
  const model = models.get(name);
  return model ?? [...models.values()].find(({ variants }) => variants.includes(name))!;
}

/** What a model declares. */
export const documentOf = (model: NativeModelDescription): ModelDocument => ({
  ...model,
  parameters: model.parameters.map(({ infinity, ...parameter }) => ({
    ...parameter,
    ...(infinity !== 0 && { null_is: String(infinity) }),
  })),
});

/** @param name Of a built-in model, or of a variant of one. */
export function modelDocument(name: string): ModelDocument {
  const model = describedAs(name);
  const document = {
    ...{ ...documentOf(model), name },
    variants: [model.name, ...model.variants].filter((other) => other !== name),
  };
  return model.kind === 'synapse' ? document : { ...document, connections: connectionsOf(name) };
}

/**
 * All about a built-in model, for a terminal.
 * @param width Columns that a line may have.
 */
export const modelText = (name: string, width: number): string =>
  documentText(modelDocument(name), width);

/** The same of what is known about any model. */
export function documentText(model: ModelDocument, width: number): string {
  const { name, summary, source, equations, recordables, variants } = model;
  return [
    `${name}, ${kindNames[model.kind]}\n${summary && folded(sentence(summary), width)}`,
    equations && `Equations\n${indented(equations)}`,
    source && `Source\n${folded(sentence(source), width)}`,
    ...Object.entries(roles).map(([role, heading]) => parameterTable(heading, role, model, width)),
    recordables.length > 0 &&
      `What a ${model.kind === 'synapse' ? 'synapse_recorder' : 'multimeter'} records\n${folded(recordables.join(', '), width)}`,
    model.connections && connectionText(model.connections, width),
    variants.length > 0 && `The same under other names\n${folded(variants.join(', '), width)}`,
  ]
    .filter((section) => typeof section === 'string' && section !== '')
    .join('\n')
    .concat(model.parameters.some(({ allowed }) => allowed === '') ? `\n${ANY_NUMBER}\n` : '');
}

const ANY_NUMBER = 'Where nothing is said of what is allowed, any finite number is.';

function parameterTable(
  heading: string,
  role: string,
  { parameters }: ModelDocument,
  width: number,
): string {
  const rows = parameters.filter((parameter) => parameter.role === role);
  if (rows.length === 0) return '';
  const cells = ({ name, unit, default: value, allowed }: ParameterDocument): string[] =>
    role === 'readonly' ? [name, unit] : [name, unit, value, allowed];
  const head = role === 'readonly' ? ['name', 'unit'] : ['name', 'unit', 'default', 'allowed'];
  const table = [head, ...rows.map(cells)];
  const used = head.reduce(
    (sum, _, i) => sum + 2 + Math.max(...table.map((row) => row[i]!.length)),
    2,
  );
  const meanings = ['meaning', ...rows.map(meaningOf)];
  const lines = table.flatMap((row, i) =>
    linesOf(meanings[i]!, Math.max(30, width - used)).map((line, j) => [
      ...(j === 0 ? row : row.map(() => '')),
      line,
    ]),
  );
  return `${heading}\n${columns(lines)}`;
}

const meaningOf = ({ description, ofReceptor, null_is }: ParameterDocument): string =>
  [
    sentence(description),
    ofReceptor ? 'One for each receptor.' : '',
    null_is === undefined ? '' : `null stands for ${null_is}.`,
  ]
    .filter(Boolean)
    .join(' ');

/**
 * Of two nodes the first pair counts that names their models: what a connection from one to the
 * other is kept as, '' where there is none.
 */
function keptAs(source: string, target: string): string {
  const pair = native
    .connectionPairs()
    .find(({ sources, targets }) => sources.includes(source) && targets.includes(target));
  return pair?.keptAs ?? '';
}

function connectionsOf(name: string): Connections {
  const nodes = [...models.values()].filter(({ kind }) => kind !== 'synapse');
  const byKind = (kindOf: (other: string) => string): Record<string, string[]> => {
    const found: Record<string, string[]> = {};
    for (const { name: other } of nodes) {
      const kind = kindOf(other);
      if (kind !== '') (found[kind] ??= []).push(other);
    }
    return found;
  };
  return {
    sources: byKind((other) => keptAs(other, name)),
    targets: byKind((other) => keptAs(name, other)),
  };
}

function connectionText({ sources, targets }: Connections, width: number): string {
  const lines = (direction: string, ends: Connections['sources']): string =>
    Object.entries(ends)
      .map(([kind, names]) => folded(`${kind} ${direction} ${withNeurons(names)}`, width))
      .join('');
  const text = lines('from', sources) + lines('to', targets);
  return text && `Connections\n${text}`;
}

/** All neurons in a word. */
function withNeurons(names: readonly string[]): string {
  const neurons = [...models.values()].filter(({ kind }) => kind === 'neuron');
  if (!neurons.every(({ name }) => names.includes(name))) return names.join(', ');
  const others = names.filter((name) => models.get(name)!.kind !== 'neuron');
  return ['all neurons', ...others].join(', ');
}

const indented = (text: string): string => text.replace(/^/gm, '  ').concat('\n');

const folded = (text: string, width: number): string =>
  indented(linesOf(text, width - 2).join('\n'));

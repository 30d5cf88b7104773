'use strict';
// What every model can be given and what can be read from it, as types.

const { importOf, interfaceOf, MANY, unionOf } = require('./layout.cjs');
const { withShared } = require('./shared.cjs');
const {
  comment,
  documentation,
  generatedBy,
  isSettable,
  sentence,
  valueType,
} = require('./text.cjs');

const modelDocumentation = (model) => [
  comment('  ', [sentence(model.summary), model.source && sentence(`Source: ${model.source}`)]),
];

/** The list of names that samplers have: what they record. */
const recordFrom = ({ parameters }) => parameters.find(({ name }) => name === 'record_from');

/** Whose names a sampler records. */
const recordableBy = ({ parameters }) =>
  parameters.some(({ type }) => type === 'synapses') ? 'SynapseRecordable' : 'NodeRecordable';

/** The parameter that interfaces of samplers have besides: the names that are recorded. */
const RECORDED = 'Recorded extends string';
const parametersOf = (models) => [MANY, ...(models.some(recordFrom) ? [RECORDED] : [])];
const typeArguments = (models) =>
  parametersOf(models)
    .map((one) => one.split(' ')[0])
    .join(', ');

/** A model with the types of its parameters, of which some depend on the model. */
const typed = (model) => ({
  ...model,
  parameters: model.parameters.map((parameter) => {
    const names = recordFrom(model) ? `'${model.name}', Recorded` : `'${model.name}'`;
    if (parameter.type === 'events') return { ...parameter, typed: `EventsOf<${names}>` };
    if (parameter !== recordFrom(model)) return parameter;
    return { ...parameter, typed: `${recordableBy(model)}[]` };
  }),
});
const typeIn = (parameter) => parameter.typed ?? valueType(parameter);

/** What samplers record unless they are told: any, where that is nothing. */
const defaultRecorded = (models) => [
  '',
  comment('', [
    'What samplers record unless they are told; those that record nothing then will be told.',
  ]),
  'export interface DefaultRecorded {',
  ...models.filter(recordFrom).map((model) => {
    const names = JSON.parse(recordFrom(model).default).map((name) => `'${name}'`);
    return [
      ...modelDocumentation(model),
      `  ${model.name}: ${names.join(' | ') || recordableBy(model)};`,
    ].join('\n');
  }),
  '}',
];

/** What can be recorded, as a union; of what each receptor has one, any number. */
const recordableNames = (models) => {
  const perReceptor = new Set(
    models.flatMap(({ parameters }) => parameters.filter((one) => one.ofReceptor)).map(nameOf),
  );
  return models
    .flatMap((model) => model.recordables)
    .map((name) => (perReceptor.has(name) ? `\`${patternOf(name)}\`` : `'${name}'`));
};
const nameOf = ({ name }) => name;
const patternOf = (name) => `${name.replace(/\d+$/, '')}\${bigint}`;

/** A key for all receptors that have one like this, which is the first one's. */
const ofReceptors = ({ name, ofReceptor }, type) =>
  ofReceptor ? [`  [receptor: \`${patternOf(name)}\`]: ${type};`] : [];

/** Whether it takes an infinity, which can be given as null. */
const isInfinite = ({ infinity }) => infinity !== undefined && infinity !== 0;

const property = (parameter) => {
  const type = typeIn(parameter);
  const read = `Values<${type}, Many>`;
  const given = isInfinite(parameter) ? 'InfiniteInput' : `Input<${type}>`;
  const setter = `  set ${parameter.name}(value: ${given});`;
  return [
    documentation('  ', parameter),
    `  get ${parameter.name}(): ${read};`,
    ...(isSettable(parameter) ? [setter] : []),
    ...ofReceptors(parameter, read),
  ];
};

/** What belongs to a model of synapses: they all have it, and it is set for all of them. */
const common = (parameter) => [
  documentation('  ', parameter),
  `  readonly ${parameter.name}: Values<${valueType(parameter)}, Many>;`,
];

const value = (parameter) => [
  documentation('  ', parameter),
  `  ${parameter.name}: ${valueType(parameter)};`,
];

const recordables = ({ recordables }) =>
  recordables.length === 0
    ? []
    : [
        comment('  ', [`What a multimeter can record: ${recordables.join(', ')}.`]),
        '  get recordables(): Values<string[], Many>;',
      ];

/** The type of a model: that of what it shares, where it adds nothing to it. */
const typeOf = ({ model, name, parents, members }) => {
  if (members.length > 0 || parents.length > 1) return `${name}<${typeArguments([model])}>`;
  return parents.length === 1 ? `${parents[0]}<Many>` : 'object';
};

/** An interface for each model, the map of them, and what several of them share. */
const family = ({ map, kind, summary, member, more }, models) => {
  const { shared, own } = withShared(models.map(typed), kind);
  const whole = own.map((one) => ({
    ...one,
    members: [...one.parameters.flatMap(member), ...(more?.(one.model) ?? [])],
  }));
  return [
    ...interfaceOf({
      name: `export interface ${map}`,
      parameters: parametersOf(models),
      summary,
      members: whole.flatMap((one) => [
        ...modelDocumentation(one.model),
        `  ${one.model.name}: ${typeOf(one)};`,
      ]),
    }),
    ...shared.flatMap((group) =>
      interfaceOf({
        ...{ name: `interface ${group.name}`, parents: group.parents },
        summary: `Of ${[...group.models].join(', ')}.`,
        members: group.parameters.flatMap(member),
      }),
    ),
    ...whole
      .filter((one) => typeOf(one).startsWith(`${one.name}<`))
      .flatMap(({ model, name, parents, members }) =>
        interfaceOf({
          ...{ name: `export interface ${name}`, parents, members },
          summary: sentence(model.summary),
          parameters: parametersOf([model]),
        }),
      ),
  ];
};

const nodeFamily = {
  map: 'NodeProperties',
  kind: 'Properties',
  summary: 'Neurons and devices: the properties of their collections.',
  member: property,
  more: recordables,
};
const columnFamily = {
  map: 'SynapseColumns',
  kind: 'Columns',
  summary: 'Synapse models: what each synapse has for itself, besides SynapseValues.',
  member: property,
};
const commonFamily = {
  map: 'SynapseCommons',
  kind: 'Commons',
  summary: 'Synapse models: what has one value for all synapses of the model.',
  member: common,
};

const isCommon = ({ role }) => role === 'common';
const restricted = (models, chosen) =>
  models.map((model) => ({ ...model, parameters: model.parameters.filter(chosen) }));
const declares = ({ parameters }, parameter) =>
  parameters.some((one) => JSON.stringify(one) === JSON.stringify(parameter));

const readOnlyNames = (models, readOuts) => {
  const all = models.flatMap(({ parameters }) => parameters);
  const names = [...all, ...readOuts].filter((one) => !isSettable(one)).map(({ name }) => name);
  const settable = all.filter(isSettable).find(({ name }) => names.includes(name));
  if (settable) throw new Error(`${settable.name} can be set of some models only`);
  return [...names, 'recordables'];
};

const imports = (body) => {
  const text = body.replaceAll(/\/\*\*.*?\*\//gs, '');
  const mentions = (name) => new RegExp(`\\b${name}\\b`).test(text);
  const values = ['InfiniteInput', 'Input', 'RecordedConnections', 'Values'].filter(mentions);
  const recordables = ['NodeRecordable', 'SynapseRecordable'].filter(mentions);
  return [
    ...importOf(['EventsOf'], '../event-types'),
    ...importOf(values, '../value-types'),
    ...importOf(recordables, './recordables'),
  ];
};

const isSynapse = (model) => model.kind === 'synapse';
const byName = (models) => [...models].sort((a, b) => (a.name < b.name ? -1 : 1));

/** The text of lib/generated/recordables.ts. */
const recordableTypes = (models) =>
  [
    generatedBy,
    '',
    '/* eslint @typescript-eslint/no-redundant-type-constituents: off -- users declare the rest */',
    '',
    ...importOf(['LoadedRecordable'], '../loaded-models'),
    ...unionOf({
      name: 'export type NodeRecordable',
      summary: 'What a multimeter can record.',
      names: [
        ...recordableNames(byName(models).filter((model) => !isSynapse(model))),
        'LoadedRecordable',
      ],
    }),
    ...unionOf({
      name: 'export type SynapseRecordable',
      summary: 'What a synapse_recorder can record.',
      names: recordableNames(byName(models).filter(isSynapse)),
    }),
    '',
  ].join('\n');

/** The text of lib/generated/models.ts. */
function modelTypes(models, readOuts) {
  const sorted = byName(models);
  const nodes = sorted.filter((model) => !isSynapse(model));
  const synapses = sorted.filter(isSynapse);
  const ofAll = synapses[0].parameters.filter(
    (one) => !isCommon(one) && synapses.every((model) => declares(model, one)),
  );
  const isColumn = (one) => !isCommon(one) && !declares({ parameters: ofAll }, one);
  const body = [
    ...unionOf({
      name: 'export type ReadOnlyName',
      summary: 'What can be read but not set.',
      names: readOnlyNames(sorted, readOuts).map((name) => `'${name}'`),
    }),
    ...unionOf({
      name: 'export type InfiniteName',
      summary: 'What takes an infinity, which can be given as null.',
      names: sorted
        .flatMap(({ parameters }) => parameters.filter(isInfinite))
        .map(({ name }) => `'${name}'`),
    }),
    ...unionOf({
      name: 'export type ByThreadsName',
      summary: 'What depends on the number of threads: `get()` without names leaves it out.',
      names: readOuts.filter(({ byThreads }) => byThreads).map(({ name }) => `'${name}'`),
    }),
    ...defaultRecorded(nodes),
    ...interfaceOf({
      name: 'export interface CommonProperties',
      summary: 'What every node has besides.',
      members: readOuts.flatMap(property),
    }),
    ...family(nodeFamily, nodes),
    '',
    comment('', ['What synapses of every model can be given.']),
    ...['export interface SynapseValues {', ...ofAll.flatMap(value), '}'],
    ...family(columnFamily, restricted(synapses, isColumn)),
    ...family(commonFamily, restricted(synapses, isCommon)),
  ].join('\n');
  return [generatedBy, '', ...imports(body), body, ''].join('\n');
}

module.exports = { modelTypes, recordableTypes };

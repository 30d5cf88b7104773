'use strict';
// What every model can be given and what can be read from it, as types.

const {
  comment,
  documentation,
  generatedBy,
  isSettable,
  pascalCase,
  sentence,
  valueType,
} = require('./text.cjs');

const modelDocumentation = (indent, model) =>
  comment(indent, [sentence(model.summary), model.source && sentence(`Source: ${model.source}`)]);

const property = (parameter) => {
  const type = valueType(parameter);
  const read = parameter.type === 'synapses' ? 'RecordedConnections' : type;
  const getter = `  get ${parameter.name}(): Values<${read}, Many>;`;
  const setter = `  set ${parameter.name}(value: Input<${type}>);`;
  return [documentation('  ', parameter), getter, ...(isSettable(parameter) ? [setter] : [])];
};

/** A key for all receptors that have one like this, which is the first one's. */
const ofReceptors = ({ name, ofReceptor }, type) =>
  ofReceptor ? [`  [receptor: \`${name.replace(/\d+$/, '')}\${bigint}\`]: ${type};`] : [];

const settings = (parameters) =>
  parameters.flatMap((parameter) => [
    documentation('  ', parameter),
    `  ${parameter.name}: ${valueType(parameter)};`,
    ...ofReceptors(parameter, valueType(parameter)),
  ]);

// Types without members are written as aliases: an empty interface would take any object.
const settingsInterface = (model) => {
  const name = `${pascalCase(model.name)}Settings`;
  const parameters = model.parameters.filter((p) => isSettable(p) && p.role !== 'common');
  const summary = comment('', [`What can be set for ${model.name}.`]);
  return parameters.length === 0
    ? ['', summary, `export type ${name} = Record<string, never>;`]
    : ['', summary, `export interface ${name} {`, ...settings(parameters), '}'];
};

const defaultsInterface = (model) => {
  const name = `${pascalCase(model.name)}Defaults`;
  const base = `${pascalCase(model.name)}Settings`;
  const parameters = model.parameters.filter((p) => p.role === 'common');
  const summary = comment('', [`What can be set for the model ${model.name}: its defaults.`]);
  return parameters.length === 0
    ? ['', summary, `export type ${name} = ${base};`]
    : ['', summary, `export interface ${name} extends ${base} {`, ...settings(parameters), '}'];
};

const recordables = ({ recordables }) =>
  recordables.length === 0
    ? []
    : [
        comment('  ', [`What a multimeter can record: ${recordables.join(', ')}.`]),
        '  get recordables(): Values<string[], Many>;',
      ];

const propertiesInterface = (model) => [
  '',
  comment('', [`What ${model.name} nodes have as properties.`]),
  `export interface ${pascalCase(model.name)}Properties<Many extends boolean> {`,
  ...model.parameters.flatMap(property),
  ...recordables(model),
  '}',
];

const mapInterface = (declaration, summary, models, member) => [
  '',
  comment('', [summary]),
  `export interface ${declaration} {`,
  ...models.flatMap((model) => [
    modelDocumentation('  ', model),
    `  ${model.name}: ${pascalCase(model.name)}${member};`,
  ]),
  '}',
];

// As the project's formatter lays it out.
const importOf = (names, file) => {
  const line = `import type { ${names.join(', ')} } from '${file}';`;
  if (line.length <= 100) return [line];
  return ['import type {', ...names.map((name) => `  ${name},`), `} from '${file}';`];
};

const commonInterface = (readOuts) => [
  '',
  comment('', ['What every node has besides.']),
  'export interface CommonProperties<Many extends boolean> {',
  ...readOuts.flatMap(property),
  '}',
];

/** The text of lib/generated/models.ts. */
function modelTypes(models, readOuts) {
  const sorted = [...models].sort((a, b) => (a.name < b.name ? -1 : 1));
  const nodes = sorted.filter((model) => model.kind !== 'synapse');
  const synapses = sorted.filter((model) => model.kind === 'synapse');
  const body = [
    ...mapInterface('NodeSettings', 'Neurons and devices: what can be set.', nodes, 'Settings'),
    ...mapInterface(
      'NodeProperties<Many extends boolean>',
      'Neurons and devices: the properties of their collections.',
      nodes,
      'Properties<Many>',
    ),
    ...mapInterface(
      'SynapseSettings',
      'Synapse models: what can be set for each synapse.',
      synapses,
      'Settings',
    ),
    ...mapInterface(
      'SynapseDefaults',
      'Synapse models: what can be set for the model.',
      synapses,
      'Defaults',
    ),
    ...commonInterface(readOuts),
    ...nodes.flatMap((model) => [...settingsInterface(model), ...propertiesInterface(model)]),
    ...synapses.flatMap((model) => [...settingsInterface(model), ...defaultsInterface(model)]),
  ].join('\n');
  const mentions = (name) =>
    new RegExp(`\\b${name}\\b`).test(body.replaceAll(/\/\*\*.*?\*\//gs, ''));
  const collections = { NodeCollection: 'nodes', SynapseCollection: 'synapses' };
  const named = Object.keys(collections).filter(mentions);
  const values = ['Input', 'RecordedConnections', 'RecordedEvents', 'Values'].filter(mentions);
  const imported = [...(named.length > 0 ? ['CollectionTypes'] : []), ...values];
  return [
    generatedBy,
    '',
    ...importOf(imported, '../value-types'),
    '',
    ...named.map((name) => `type ${name} = CollectionTypes['${collections[name]}'];`),
    body,
    '',
  ].join('\n');
}

module.exports = { modelTypes };

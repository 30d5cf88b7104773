'use strict';
// Writes lib/models.generated.ts from the core's registry: what every model can be given and what
// can be read from it, with the documentation that editors show. A test fails when it is stale.

const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const output = path.join(root, 'lib', 'models.generated.ts');

const valueTypes = {
  double: 'number',
  int: 'number',
  bool: 'boolean',
  string: 'string',
  doubles: 'Float64Array',
  ints: 'Float64Array',
  strings: 'string[]',
  nodes: 'NodeCollection',
  synapses: 'SynapseCollection',
  events: 'RecorderEvents',
};

const valueType = ({ name, type }) => {
  if (!Object.hasOwn(valueTypes, type)) throw new Error(`${name}: no TypeScript type for ${type}`);
  return valueTypes[type];
};

const pascalCase = (name) =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

// Breaks text into lines of a doc comment.
const comment = (indent, paragraphs) => {
  const width = 100 - indent.length - 3;
  const lines = [];
  for (const paragraph of paragraphs.filter(Boolean)) {
    let line = '';
    for (const word of paragraph.replaceAll('*/', '*\u200b/').split(/\s+/)) {
      if (line && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else {
        line = line ? `${line} ${word}` : word;
      }
    }
    lines.push(line);
  }
  if (lines.length === 1 && lines[0].length <= width - 3) return `${indent}/** ${lines[0]} */`;
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`), `${indent} */`].join('\n');
};

const sentence = (text) => (/[.!?]$/.test(text) || !text ? text : `${text}.`);

const documentation = (indent, parameter) => {
  const facts = [
    parameter.unit && `Unit: ${parameter.unit}`,
    parameter.default !== '' && `default: ${parameter.default}`,
    parameter.allowed && `allowed: ${parameter.allowed}`,
    parameter.role === 'readonly' && 'read only',
    parameter.role === 'common' && 'one value for all synapses of the model',
  ].filter(Boolean);
  const line = facts.join('; ');
  return comment(indent, [
    sentence(parameter.description),
    sentence(line.charAt(0).toUpperCase() + line.slice(1)),
  ]);
};

const modelDocumentation = (indent, model) =>
  comment(indent, [sentence(model.summary), model.source && sentence(`Source: ${model.source}`)]);

const isSettable = (parameter) => parameter.role !== 'readonly';

const property = (parameter) => {
  const type = valueType(parameter);
  const read = parameter.type === 'synapses' ? 'RecordedConnections' : type;
  const getter = `  get ${parameter.name}(): Values<${read}, Many>;`;
  const setter = `  set ${parameter.name}(value: Input<${type}>);`;
  return [documentation('  ', parameter), getter, ...(isSettable(parameter) ? [setter] : [])];
};

const settings = (parameters) =>
  parameters.flatMap((parameter) => [
    documentation('  ', parameter),
    `  ${parameter.name}: ${valueType(parameter)};`,
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

/** The text of lib/models.generated.ts. */
function generate(models) {
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
    ...nodes.flatMap((model) => [...settingsInterface(model), ...propertiesInterface(model)]),
    ...synapses.flatMap((model) => [...settingsInterface(model), ...defaultsInterface(model)]),
  ].join('\n');
  const mentions = (name) =>
    new RegExp(`\\b${name}\\b`).test(body.replaceAll(/\/\*\*.*?\*\//gs, ''));
  const collections = { NodeCollection: 'nodes', SynapseCollection: 'synapses' };
  const named = Object.keys(collections).filter(mentions);
  const values = ['Input', 'RecordedConnections', 'RecorderEvents', 'Values'].filter(mentions);
  const imported = [...(named.length > 0 ? ['CollectionTypes'] : []), ...values];
  return [
    "// Generated from the core's model registry by scripts/generate-types.cjs; do not edit.",
    '',
    ...importOf(imported, './value-types'),
    '',
    ...named.map((name) => `type ${name} = CollectionTypes['${collections[name]}'];`),
    body,
    '',
  ].join('\n');
}

module.exports = { generate, output };

if (require.main === module) {
  const addon = require('node-gyp-build')(root);
  addon.initialize((_name, message) => new Error(message));
  const text = generate(addon.models());
  if (process.argv.includes('--check')) {
    if (fs.readFileSync(output, 'utf8') !== text) {
      console.error('lib/models.generated.ts is stale: run node scripts/generate-types.cjs');
      process.exitCode = 1;
    }
  } else {
    fs.writeFileSync(output, text);
  }
}

'use strict';
// Reference pages, in Markdown.

const { isSettable, sentence } = require('./text.cjs');

const generatedBy =
  "<!-- Generated from the core's declarations by scripts/generate.cjs; do not edit. -->";

/** Words for types of values. */
const typeNames = {
  double: 'number',
  int: 'integer',
  bool: 'boolean',
  string: 'text',
  doubles: 'numbers',
  ints: 'integers',
  strings: 'texts',
  nodes: 'nodes',
  synapses: 'synapses',
  events: 'events',
};

const code = (text) => `\`${text}\``;

/** Text as Markdown shows it literally, apart from what is `code`. */
const literal = (text) =>
  text.replace(/`[^`]*`|[|<*]/g, (found) => (found.length > 1 ? found : `\\${found}`));

const table = (columns, rows) => [
  `| ${Object.keys(columns).join(' | ')} |`,
  `|${'---|'.repeat(Object.keys(columns).length)}`,
  ...rows.map(
    (row) =>
      `| ${Object.values(columns)
        .map((cell) => cell(row))
        .join(' | ')} |`,
  ),
];

const withText = (lines) => `${lines.join('\n')}\n`;

const declared = {
  name: ({ name }) => code(name),
  type: ({ name, type }) => {
    if (!Object.hasOwn(typeNames, type)) throw new Error(`${name}: no word for ${type}`);
    return typeNames[type];
  },
  unit: ({ unit }) => literal(unit),
};
const settable = {
  ...declared,
  default: (row) => literal(row.default),
  allowed: ({ allowed }) => literal(allowed),
};
const meaning = { meaning: ({ description }) => literal(sentence(description)) };

/** The text of docs/kernel-status.md. */
const kernelStatusPage = (attributes) =>
  withText([
    generatedBy,
    '',
    '# Attributes of a kernel',
    '',
    '`GetKernelStatus` reads them, `SetKernelStatus` sets those of the first table. A call that is refused changes nothing.',
    '',
    '## What can be set',
    '',
    ...table({ ...settable, ...meaning }, attributes.filter(isSettable)),
    '',
    '## What can only be read',
    '',
    ...table(
      { ...declared, ...meaning },
      attributes.filter((attribute) => !isSettable(attribute)),
    ),
  ]);

/** `ERR_TEGMENTA_…`, as lib/tegmenta-error.ts makes it from the name. */
const errorCode = (name) =>
  `ERR_TEGMENTA_${name.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toUpperCase()}`;

const errorColumns = {
  class: ({ name }) => code(name),
  code: ({ name }) => code(errorCode(name)),
  when: ({ when }) => literal(sentence(when)),
};

/**
 * The text of docs/errors.md: the core's kinds, those that lib/errors.ts declares, and the fields
 * that lib/tegmenta-error.ts declares.
 */
const errorsPage = (errors, library, base) => {
  const own = [...library.matchAll(/\/\*\* (.*) \*\/\nexport class (\w+) extends/g)];
  const fields = [
    ...(base + library).matchAll(/\/\*\* (.*) \*\/\n {2}(?:declare )?readonly (\w+)/g),
  ];
  return withText([
    generatedBy,
    '',
    '# Errors',
    '',
    'Every error of this package is a `TegmentaError`: `nest.BadProperty` and the others are its classes, `code` is their stable name, and what',
    'the text says is there as fields, too.',
    '',
    '## Of the core',
    '',
    ...table(errorColumns, errors),
    '',
    '## Of the TypeScript API alone',
    '',
    ...table(
      errorColumns,
      own.map(([, when, name]) => ({ name, when })),
    ),
    '',
    '## Fields',
    '',
    'Those that have nothing to say are not there.',
    '',
    ...table(
      { field: ({ name }) => code(name), holds: ({ holds }) => literal(holds) },
      fields.map(([, holds, name]) => ({ name, holds })),
    ),
  ]);
};

const options = {
  any: 'any',
  true: 'must be true',
  false: 'must be false',
  default: 'only the default',
};

const ruleTable = (rules) =>
  table(
    {
      rule: ({ name }) => code(name),
      makes: ({ summary }) => literal(sentence(summary)),
      parameters: ({ parameters }) =>
        parameters
          .map(
            ({ name, allowed, drawn, description }) =>
              `${code(name)}, ${literal(allowed)}${drawn ? ' or drawn' : ''}: ${literal(sentence(description))}`,
          )
          .join(' '),
      ...Object.fromEntries(
        rules[0].options.map(({ name }, i) => [
          code(name),
          ({ options: { [i]: option } }) => options[option.takes],
        ]),
      ),
    },
    rules,
  );

/** The models of one end of a line of pairs; neurons and all nodes are named as such. */
const endOf = (names, models) => {
  const nodes = models.filter(({ kind }) => kind !== 'synapse');
  if (names.length === nodes.length) return 'any node';
  const neurons = new Set(nodes.filter(({ kind }) => kind === 'neuron').map(({ name }) => name));
  const others = names.filter((name) => !neurons.has(name)).map(code);
  return [...(others.length < names.length ? ['neurons'] : []), ...others].join(', ');
};

/** The text of docs/connections.md. */
const connectionsPage = (rules, pairs, models) => {
  const ends = {
    sources: ({ sources }) => endOf(sources, models),
    targets: ({ targets }) => endOf(targets, models),
  };
  const recorded = rules.filter((rule) => rule.connectsRecorders).map(({ name }) => code(name));
  return withText([
    generatedBy,
    '',
    '# Connections',
    '',
    'Rules and pairs of nodes that `Connect` knows. Of the lines of both tables of pairs, one after the other, that hold a source and a target the first counts.',
    'A model may lack what its line is about (a receptor for currents, something to record); the error then says so.',
    '',
    '## Rules',
    '',
    ...ruleTable(rules),
    '',
    '## Options of all rules',
    '',
    ...table(
      {
        option: ({ name }) => code(name),
        default: (option) => String(option.default),
        meaning: ({ description }) => literal(sentence(description)),
      },
      rules[0].options,
    ),
    '',
    '## What can be connected',
    '',
    ...table(
      {
        ...ends,
        'kept as': ({ keptAs }) => keptAs,
        rules: ({ anyRule }) => (anyRule ? 'all' : recorded.join(', ')),
        'plastic synapses': ({ plasticModels }) => plasticModels || 'none',
      },
      pairs.filter(({ keptAs }) => keptAs),
    ),
    '',
    '## What is refused',
    '',
    ...table(
      { ...ends, error: ({ refusal }) => literal(refusal) },
      pairs.filter(({ keptAs }) => !keptAs),
    ),
  ]);
};

/** Kinds of models: the page and its heading. */
const kinds = {
  neuron: ['neurons', 'Neurons'],
  stimulator: ['stimulators', 'Stimulators'],
  recorder: ['recorders', 'Recorders'],
  synapse: ['synapses', 'Synapses'],
};

/** What roles of parameters are called. */
const roles = {
  parameter: 'Parameters',
  state: 'State, which can be set',
  common: 'Values that all synapses of the model share',
  readonly: 'What can only be read',
};

const parameters = (model) =>
  Object.entries(roles).flatMap(([role, title]) => {
    const rows = model.parameters.filter((parameter) => parameter.role === role);
    const columns = role === 'readonly' ? declared : settable;
    return rows.length === 0
      ? []
      : ['', `**${title}**`, '', ...table({ ...columns, ...meaning }, rows)];
  });

const modelSection = (model) => [
  '',
  `## ${model.name}`,
  '',
  literal(sentence(model.summary)),
  ...(model.equations ? ['', '```', model.equations, '```'] : []),
  ...(model.source ? ['', `Source: ${literal(sentence(model.source))}`] : []),
  ...parameters(model),
  ...(model.recordables.length > 0
    ? [
        '',
        `A ${model.kind === 'synapse' ? 'synapse_recorder' : 'multimeter'} records: ${model.recordables.map(code).join(', ')}.`,
      ]
    : []),
];

const anyNumber = 'Where nothing is said of what is allowed, any finite number is.';

/** Pages of all models: their paths and texts. */
const modelPages = (models, readOuts) => {
  const sorted = [...models].sort((a, b) => (a.name < b.name ? -1 : 1));
  const of = (kind) => sorted.filter((model) => model.kind === kind);
  const pages = Object.entries(kinds).map(([kind, [page, title]]) => [
    `docs/models/${page}.md`,
    withText([generatedBy, '', `# ${title}`, '', anyNumber, ...of(kind).flatMap(modelSection)]),
  ]);
  const list = Object.entries(kinds).flatMap(([kind, [page, title]]) => [
    '',
    `## [${title}](models/${page}.md)`,
    '',
    ...table(
      {
        model: ({ name }) => `[${code(name)}](models/${page}.md#${name})`,
        summary: ({ summary }) => literal(sentence(summary)),
      },
      of(kind),
    ),
  ]);
  const ofAll = [
    '',
    '## What every node has',
    '',
    'Besides what its model declares, a node can be asked for',
    '',
    ...table(
      {
        name: ({ name }) => code(name),
        what: ({ description }) => literal(description),
      },
      readOuts,
    ),
  ];
  return Object.fromEntries([
    ['docs/models.md', withText([generatedBy, '', '# Models', ...list, ...ofAll])],
    ...pages,
  ]);
};

module.exports = { connectionsPage, errorsPage, kernelStatusPage, modelPages };

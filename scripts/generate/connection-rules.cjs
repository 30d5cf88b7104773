'use strict';
// What conn_spec takes, rule by rule, as types; and the shapes of nested arrays of values.

const { comment, generatedBy, pascalCase, sentence } = require('./text.cjs');

/** Types of an option, by what the rule takes. An option without "?" has to be given. */
const optionType = ({ name, default: otherwise, takes }) => {
  const type = { any: 'boolean', default: String(otherwise) }[takes] ?? takes;
  const mark = type === 'boolean' || type === String(otherwise) ? '?' : '';
  return `  readonly ${name}${mark}: ${type};`;
};

const optionDocumentation = ({ description, default: otherwise }) =>
  comment('  ', [`${sentence(description)} Default: ${otherwise}.`]);

const parameterMember = ({ name, allowed, description, drawn }) => [
  comment('  ', [
    `${sentence(description)} Allowed: ${allowed}${drawn ? ', or a random parameter' : ''}.`,
  ]),
  `  readonly ${name}: number${drawn ? ' | Parameter' : ''};`,
];

const ruleInterface = (rule) => [
  '',
  comment('', [sentence(rule.summary.replaceAll('`', ''))]),
  `export interface ${pascalCase(rule.name)}Rule extends RuleOptions {`,
  `  readonly rule: '${rule.name}';`,
  ...rule.parameters.flatMap(parameterMember),
  ...rule.options.filter(({ takes }) => takes !== 'any').map(optionType),
  '}',
];

/** Rows and columns, where one of them is the only one there are none that could be nested. */
const shape = ({ name, parameters, rows, columns }) => {
  if ([rows, columns].some((count) => count === 'unknown' || count === 'one')) return [];
  const nameOf = (count) => (count === 'parameter' ? parameters[0].name : count);
  return [`  ['${name}', ['${nameOf(rows)}', '${nameOf(columns)}']],`];
};

/** The text of lib/generated/connection-rules.ts. */
const connectionRuleTypes = (rules) =>
  [
    generatedBy,
    '',
    "import type { Parameter } from '../parameters';",
    '',
    comment('', ['Which sources and targets a rule may pair. Source: NEST, "Connection rules".']),
    'export interface RuleOptions {',
    ...rules[0].options.flatMap((option) => [
      optionDocumentation(option),
      optionType({ ...option, takes: 'any' }),
    ]),
    '}',
    ...rules.flatMap(ruleInterface),
    '',
    comment('', ['A connection rule with its parameters.']),
    'export type ConnSpec =',
    ...rules.map(({ name }, i) => `  | ${pascalCase(name)}Rule${i + 1 < rules.length ? '' : ';'}`),
    '',
    comment('', [
      'Rows and columns of nested arrays of values, by rule: sources, targets, or what a parameter says. Other rules take flat arrays or none.',
    ]),
    'export const valueShapes: ReadonlyMap<string, readonly [rows: string, columns: string]> = new Map([',
    ...rules.flatMap(shape),
    ']);',
    '',
  ].join('\n');

module.exports = { connectionRuleTypes };

'use strict';
// The operations of compiled models, as cpp/compiled/operations.def lists them.

const { comment, generatedBy } = require('./text.cjs');

const LINE = /^TEGMENTA_OPERATION\((\w+), "(\w+)", "([^"]+)"\)$/;

const operationsOf = (definitions) =>
  definitions
    .split('\n')
    .filter((line) => line.startsWith('TEGMENTA_OPERATION('))
    .map((line) => {
      const parts = LINE.exec(line);
      if (!parts) throw new Error(`operations.def: not of the form of the others: ${line}`);
      return { name: parts[1], operands: parts[2], meaning: parts[3] };
    });

/** The text of lib/generated/operations.ts. */
const operationNumbers = (definitions) => {
  const all = operationsOf(definitions);
  return [
    generatedBy,
    '',
    comment('', [
      'The operations of compiled models, each with its number. The letters stand for result, a, b,',
      'c in this order; `n` is a number that stands for itself.',
    ]),
    'export const operations = {',
    ...all.flatMap(({ name, operands, meaning }, number) => [
      comment('  ', [`\`${operands}\`: ${meaning}.`]),
      `  ${name}: ${number},`,
    ]),
    '} as const;',
    '',
    comment('', ['The name of an operation.']),
    'export type OperationName = keyof typeof operations;',
    '',
  ].join('\n');
};

module.exports = { operationNumbers };

'use strict';
// The classes of the core's errors.

const { comment, generatedBy, sentence } = require('./text.cjs');

/** The text of lib/generated/errors.ts. */
const errorClasses = (errors) =>
  [
    generatedBy,
    '',
    "import { TegmentaError } from '../tegmenta-error';",
    '',
    ...errors.flatMap(({ name, when }) => [
      comment('', [sentence(when)]),
      `export class ${name} extends TegmentaError {}`,
    ]),
    '',
  ].join('\n');

module.exports = { errorClasses };

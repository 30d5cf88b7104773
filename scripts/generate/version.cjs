'use strict';
// The version of this package, which bundles need without its package.json.

const { comment, generatedBy } = require('./text.cjs');

/** The text of lib/generated/version.ts. */
const versionConstant = (version) =>
  [
    generatedBy,
    '',
    comment('', ['Version of this package, e.g. `1.2.0`.']),
    `export const version = '${version}';`,
    '',
  ].join('\n');

module.exports = { versionConstant };

'use strict';
// What a kernel has and what can be set of it, as types.

const { comment, documentation, generatedBy, isSettable, valueType } = require('./text.cjs');

const type = (attribute) =>
  attribute.choices.length > 0
    ? attribute.choices.map((choice) => `'${choice}'`).join(' | ')
    : valueType(attribute);

const members = (attributes, mark) =>
  attributes.flatMap((attribute) => [
    documentation('  ', attribute),
    `  ${attribute.name}${mark}: ${type(attribute)};`,
  ]);

/** The text of lib/generated/kernel-status.ts. */
const kernelStatusTypes = (attributes) =>
  [
    generatedBy,
    '',
    comment('', ['What SetKernelStatus takes.']),
    'export interface KernelSettings {',
    ...members(attributes.filter(isSettable), '?'),
    '}',
    '',
    comment('', ['What GetKernelStatus gives.']),
    'export interface KernelStatus extends Required<KernelSettings> {',
    ...members(
      attributes.filter((attribute) => !isSettable(attribute)),
      '',
    ),
    '}',
    '',
  ].join('\n');

module.exports = { kernelStatusTypes };

'use strict';
// What all generated files have in common.

const generatedBy =
  "// Generated from the core's declarations by scripts/generate.cjs; do not edit.";

/** Types of values as they are read. */
const valueTypes = {
  double: 'number',
  int: 'number',
  bool: 'boolean',
  string: 'string',
  doubles: 'Float64Array',
  ints: 'Float64Array',
  strings: 'string[]',
  nodes: 'Uint32Array',
  synapses: 'RecordedConnections',
};

const valueType = ({ name, type }) => {
  if (!Object.hasOwn(valueTypes, type)) throw new Error(`${name}: no TypeScript type for ${type}`);
  return valueTypes[type];
};

const WIDTH = 100;

// Breaks text into lines of a doc comment; paragraphs that fit into one line together share it, as
// they do where editors show them.
const comment = (indent, paragraphs) => {
  const together = `${indent}/** ${paragraphs.filter(Boolean).join(' ').replaceAll('*/', '*\u200b/')} */`;
  if (together.length <= WIDTH) return together;
  const width = WIDTH - indent.length - 3;
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

const pascalCase = (name) =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const isSettable = ({ role }) => role !== 'readonly';

module.exports = {
  comment,
  documentation,
  generatedBy,
  isSettable,
  pascalCase,
  sentence,
  valueType,
};

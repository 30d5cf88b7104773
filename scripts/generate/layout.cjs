'use strict';
// Declarations as the project's formatter lays them out.

const { comment } = require('./text.cjs');

const WIDTH = 100;

/** Types that are imported from a file. */
const importOf = (names, file) => {
  const line = `import type { ${names.join(', ')} } from '${file}';`;
  if (line.length <= WIDTH) return [line];
  return ['import type {', ...names.map((name) => `  ${name},`), `} from '${file}';`];
};

/** How the interface of one node or synapse, or of many of them, begins. */
const heading = (name, parents) => {
  const parameter = 'Many extends boolean';
  const declaration = `${name}<${parameter}>`;
  const extended = parents.map((parent) => `${parent}<Many>`);
  const room = WIDTH - ' {'.length;
  if (parents.length === 0) return declaration;
  const line = `${declaration} extends ${extended.join(', ')}`;
  if (line.length <= room) return line;
  if (parents.length === 1) return `${name}<\n  ${parameter},\n> extends ${extended[0]}`;
  const next = `  extends ${extended.join(', ')}`;
  if (next.length <= room) return `${declaration}\n${next}`;
  return `${declaration}\n  extends\n    ${extended.join(',\n    ')}`;
};

/** An interface of one node or synapse, or of many of them. */
const interfaceOf = ({ name, summary, parents = [], members }) => [
  '',
  ...(summary ? [comment('', [summary])] : []),
  ...(members.length > 0
    ? [`${heading(name, parents)} {`, ...members, '}']
    : [`${heading(name, parents)} {}`]),
];

/** A union of names. */
const unionOf = ({ name, summary, names }) => {
  const quoted = [...new Set(names)].map((one) => `'${one}'`);
  const line = `${name} = ${quoted.join(' | ')};`;
  const lines = [`${name} =`, ...quoted.map((one) => `  | ${one}`)];
  return [
    '',
    comment('', [summary]),
    ...(line.length <= WIDTH ? [line] : [`${lines.join('\n')};`]),
  ];
};

module.exports = { importOf, interfaceOf, unionOf };

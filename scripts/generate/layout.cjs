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

/** The parameter of all interfaces: whether they are of many nodes or synapses, or of one. */
const MANY = 'Many extends boolean';

/** How an interface begins. */
const heading = (name, parameters, parents) => {
  const declaration = `${name}<${parameters.join(', ')}>`;
  const extended = parents.map((parent) => `${parent}<Many>`);
  const room = WIDTH - ' {'.length;
  if (parents.length === 0) return declaration;
  const line = `${declaration} extends ${extended.join(', ')}`;
  if (line.length <= room) return line;
  if (parents.length === 1) {
    return `${name}<\n${parameters.map((one) => `  ${one},\n`).join('')}> extends ${extended[0]}`;
  }
  const next = `  extends ${extended.join(', ')}`;
  if (next.length <= room) return `${declaration}\n${next}`;
  return `${declaration}\n  extends\n    ${extended.join(',\n    ')}`;
};

/** An interface of one node or synapse, or of many of them. */
const interfaceOf = ({ name, summary, parameters = [MANY], parents = [], members }) => {
  const start = heading(name, parameters, parents);
  return [
    '',
    ...(summary ? [comment('', [summary])] : []),
    ...(members.length > 0 ? [`${start} {`, ...members, '}'] : [`${start} {}`]),
  ];
};

/** A union of types. */
const unionOf = ({ name, summary, names }) => {
  const types = [...new Set(names)];
  const line = `${name} = ${types.join(' | ')};`;
  const lines = [`${name} =`, ...types.map((one) => `  | ${one}`)];
  return [
    '',
    comment('', [summary]),
    ...(line.length <= WIDTH ? [line] : [`${lines.join('\n')};`]),
  ];
};

module.exports = { importOf, interfaceOf, MANY, unionOf };

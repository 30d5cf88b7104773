'use strict';
// dist/lib/index.mjs re-exports the CommonJS build, so `import` and `require` share one
// copy of every class (instanceof works across both) and one native addon.
const fs = require('node:fs');
const path = require('node:path');

const dist = path.join(__dirname, '..', 'dist', 'lib');
const names = Object.keys(require(path.join(dist, 'index.js')))
  .filter((name) => name !== 'default')
  .sort();
fs.writeFileSync(
  path.join(dist, 'index.mjs'),
  `import lib from './index.js';\nexport const { ${names.join(', ')} } = lib;\nexport default lib;\n`,
);
// To `import`, the default export of index.js is all of it, whose own one has the right type.
fs.writeFileSync(
  path.join(dist, 'index.d.mts'),
  `import lib from './index.js';
export * from './index.js';
declare const nest: typeof lib.default;
export default nest;
`,
);
// npm makes the command executable when it links it, but a later build replaces the file.
fs.chmodSync(path.join(dist, '..', 'benchmarks', 'main.js'), 0o755);

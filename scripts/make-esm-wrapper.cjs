'use strict';
// Every entry of package.json's exports gets a wrapper that re-exports the CommonJS build, so
// `import` and `require` share one copy of every class (instanceof works across both) and one
// native addon.
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');

/** Writes `file` (.mjs) and its types beside the CommonJS module of that name. */
function wrap(file) {
  const module = `./${path.basename(file, '.mjs')}.js`;
  const names = Object.keys(require(path.join(path.dirname(file), module)));
  const others = names.filter((name) => name !== 'default').sort();
  const hasDefault = names.includes('default');
  const again = hasDefault ? 'export default lib;\n' : '';
  fs.writeFileSync(
    file,
    `import lib from '${module}';\nexport const { ${others.join(', ')} } = lib;\n${again}`,
  );
  fs.writeFileSync(file.replace(/\.mjs$/, '.d.mts'), typesOf(module, hasDefault));
}

/**
 * The types of the wrapper of a module. To `import`, the default export of the module is all of it,
 * whose own one has the right type; to a bundler it is that one itself.
 */
function typesOf(module, hasDefault) {
  if (!hasDefault) return `export * from '${module}';\n`;
  return `import lib from '${module}';
export * from '${module}';
declare const nest: typeof lib extends { default: infer Nest } ? Nest : typeof lib;
export default nest;
`;
}

module.exports = { typesOf };

if (require.main === module) {
  const { exports: entries } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  for (const entry of Object.values(entries)) {
    if (entry.import) wrap(path.join(root, entry.import.default));
  }
  // npm makes the command executable when it links it, but a later build replaces the file.
  fs.chmodSync(path.join(root, 'dist', 'benchmarks', 'main.js'), 0o755);
}

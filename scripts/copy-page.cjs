'use strict';
// What the compiler leaves of the live page: its HTML, style and icon.
const fs = require('node:fs');
const path = require('node:path');

const folder = path.join('lib', 'server', 'page');
const from = path.join(__dirname, '..', folder);
const to = path.join(__dirname, '..', 'dist', folder);
for (const name of fs.readdirSync(from)) {
  if (/\.(css|html|svg)$/.test(name)) fs.copyFileSync(path.join(from, name), path.join(to, name));
}

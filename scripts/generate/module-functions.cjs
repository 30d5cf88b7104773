'use strict';
// The methods of a kernel as functions of the module, with their documentation.

const ts = require('typescript');

/** Methods that the module does not have: it exports a class of that name, or keeps its kernel. */
const left = ['NodeCollection', 'clone', 'dispose'];

const docOf = (node) => ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1)?.getText();

/** Methods for users, each by its first declaration, which is the documented one. */
const methodsOf = (kernel) => {
  const first = new Map();
  for (const member of kernel.members) {
    const isOne =
      ts.isMethodDeclaration(member) &&
      ts.isIdentifier(member.name) &&
      !ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
    if (isOne && !first.has(member.name.text)) first.set(member.name.text, member);
  }
  return [...first]
    .map(([name, member]) => ({ name, doc: docOf(member) }))
    .filter(({ name, doc }) => !left.includes(name) && !doc?.includes('@internal'));
};

/** Other names of methods: `get: Kernel['GetKernelStatus']`. They have that one's documentation. */
const aliasesOf = (kernel, methods) =>
  kernel.members
    .filter(({ type }) => type && ts.isIndexedAccessTypeNode(type))
    .map(({ name, type: { indexType } }) => {
      const meant = methods.find((method) => method.name === indexType.literal.text);
      return { name: name.text, doc: meant.doc };
    });

const functionText = ({ name, doc }) => {
  if (!doc) throw new Error(`lib/kernel.ts: ${name} has no doc comment`);
  return [
    '',
    doc.replace(/^ {2}/gm, ''),
    `export const ${name}: Kernel['${name}'] = onDefault('${name}');`,
  ];
};

/** The text of lib/generated/module-functions.ts, made of that of lib/kernel.ts. */
const moduleFunctions = (text) => {
  const source = ts.createSourceFile('kernel.ts', text, ts.ScriptTarget.Latest, true);
  const declared = source.statements.filter(({ name }) => name?.text === 'Kernel');
  const methods = methodsOf(declared.find(ts.isClassDeclaration));
  const aliases = aliasesOf(declared.find(ts.isInterfaceDeclaration), methods);
  return [
    '// Generated from lib/kernel.ts by scripts/generate.cjs; do not edit.',
    '',
    "import { onDefault } from '../default-kernel';",
    "import type { Kernel } from '../kernel';",
    ...[...methods, ...aliases].flatMap(functionText),
    '',
  ].join('\n');
};

module.exports = { moduleFunctions };

// Whatever the package exports says what it is.
import path from 'node:path';
import ts from 'typescript';
import { builtDeclarations, entries, filesOfUser, programOf, root } from './package';

/** Names without a doc comment, of what an entry exports, its members and those inherited. */
function undocumented(checker: ts.TypeChecker, entry: ts.SourceFile): string[] {
  const seen = new Set<ts.Symbol>();
  const isOurs = ({ declarations }: ts.Symbol): boolean =>
    declarations?.some((declaration) => !isOfPlatform(declaration)) === true;
  const isSaid = (symbol: ts.Symbol): boolean =>
    symbol.getDocumentationComment(checker).length > 0 ||
    symbol.declarations?.every(ts.isSourceFile) === true;
  const visit = (name: string, symbol: ts.Symbol): string[] => {
    const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (seen.has(meant) || !isOurs(meant)) return [];
    seen.add(meant);
    const inside = membersOf(checker, meant)
      .filter((member) => !isHidden(member))
      .flatMap((member) => visit(`${name}.${member.name}`, member));
    return isSaid(meant) ? inside : [name, ...inside];
  };
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(entry)!);
  return exported.flatMap((symbol) => visit(symbol.name, symbol));
}

const isOfPlatform = (declaration: ts.Declaration): boolean =>
  declaration.getSourceFile().fileName.includes('/node_modules/');

/** What a module exports; what an interface or a class has, and its statics. */
function membersOf(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol[] {
  if (symbol.flags & ts.SymbolFlags.ValueModule) return checker.getExportsOfModule(symbol);
  if (!(symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface))) return [];
  const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
  return [...members, ...(symbol.exports?.values() ?? [])];
}

/** Constructors' own prototypes, and what is private. */
const isHidden = ({ flags, declarations }: ts.Symbol): boolean =>
  (flags & ts.SymbolFlags.Prototype) !== 0 ||
  declarations?.some(
    (declaration) =>
      (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) !== 0 ||
      (ts.isPropertyDeclaration(declaration) && ts.isPrivateIdentifier(declaration.name)),
  ) === true;

/** A program of these files, compiled without types of a platform. */
function compiled(given: ReadonlyMap<string, string>, roots: readonly string[]): ts.Program {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    module: ts.ModuleKind.Node16,
    types: [],
    strict: true,
  };
  return programOf(roots, options, filesOfUser(given));
}

const undocumentedIn = (program: ts.Program, file: string): string[] =>
  undocumented(program.getTypeChecker(), program.getSourceFile(file)!);

describe('each export, with its members, has a doc comment', () => {
  const files = entries.map(({ module }) => path.join(root, module));
  let program: ts.Program;
  beforeAll(() => {
    program = compiled(builtDeclarations(), files);
  });

  it.each(entries)('of $name', ({ module }) => {
    expect(undocumentedIn(program, path.join(root, module))).toEqual([]);
  });
});

it('names what has none', () => {
  const file = path.join(root, 'dist', 'made-up.d.ts');
  const text = `
    /** What both have. */
    interface Base { inherited: number }
    export interface Options extends Base {
      /** Said. */
      said: number;
      unsaid: number;
    }
    /** Said. */
    export declare class Thing {
      #own;
      private hidden;
      constructor(options: Options);
      static make(): Thing;
      /** Said, of the first form. */
      get(): number;
      get(key: string): number;
      set value(value: number);
    }
    export declare function work(): void;
    /** Said. */
    export declare const limit: number;
    export {};
  `;
  expect(undocumentedIn(compiled(new Map([[file, text]]), [file]), file)).toEqual([
    'work',
    'Options',
    'Options.unsaid',
    'Options.inherited',
    'Thing.value',
    'Thing.make',
  ]);
});

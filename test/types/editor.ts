import path from 'node:path';
import ts from 'typescript';

// What an editor offers and shows where a program uses the package.

export const root = path.join(__dirname, '..', '..');
const file = path.join(root, 'test', 'types', 'in-the-editor.ts');
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(path.join(root, 'tsconfig.json'), (name) => ts.sys.readFile(name)).config,
  ts.sys,
  root,
);

/** What the pointer shows: the type, and the documentation. */
export interface Shown {
  readonly type: string;
  readonly documentation: string;
}

/** An editor with a program, and with a file of declarations where there is one. */
export class Editor {
  readonly service: ts.LanguageService;
  #text = '';
  #version = 0;

  constructor(declarations?: string) {
    const other = path.join(root, 'test', 'types', 'models.d.ts');
    const textOf = (name: string): string | undefined => {
      if (name === file) return this.#text;
      return name === other && declarations !== undefined ? declarations : ts.sys.readFile(name);
    };
    const names = declarations === undefined ? [file] : [file, other];
    const paths = { tegmenta: [path.join(root, 'lib', 'index.ts')] };
    this.service = ts.createLanguageService({
      getCompilationSettings: () => ({ ...options, noEmit: false, declaration: true, paths }),
      getScriptFileNames: () => names,
      getScriptVersion: (name) => (name === file ? String(this.#version) : '1'),
      getScriptSnapshot(name) {
        const content = textOf(name);
        return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
      fileExists: (name) => names.includes(name) || ts.sys.fileExists(name),
      readFile: textOf,
      readDirectory: (...args) => ts.sys.readDirectory(...args),
      directoryExists: (name) => ts.sys.directoryExists(name),
      getDirectories: (name) => ts.sys.getDirectories(name),
    });
  }

  /** Puts a program into the editor; where `|` stands is the cursor. */
  cursorIn(program: string): number {
    const whole = `import * as nest from '../../lib';\n${program}`;
    const position = whole.indexOf('|');
    this.#text = whole.replace('|', '');
    this.#version++;
    return position;
  }

  /** Names that are offered. */
  offered(program: string): string[] {
    const position = this.cursorIn(program);
    const completions = this.service.getCompletionsAtPosition(file, position, undefined);
    return (completions?.entries ?? []).map(({ name }) => name);
  }

  shown(program: string): Shown {
    const info = this.service.getQuickInfoAtPosition(file, this.cursorIn(program));
    return {
      type: ts.displayPartsToString(info?.displayParts),
      documentation: ts.displayPartsToString(info?.documentation),
    };
  }

  /** What is wrong with a program, and with the declarations. */
  errorsIn(program: string): string[] {
    this.cursorIn(`${program}\nexport {};|`);
    const { service } = this;
    const all = service.getProgram()!.getRootFileNames();
    return all
      .flatMap((name) => [
        ...service.getSyntacticDiagnostics(name),
        ...service.getSemanticDiagnostics(name),
      ])
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  }
}

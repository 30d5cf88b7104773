import { lineAt, type SourceFile } from './source-files';
import { codeOf } from './syntax';
import type { Violation } from './violations';

/** What fits on a screen. */
export const mostLines = 60;

const isOurs = ({ path }: SourceFile): boolean => /^(?:cpp|binding)\/.*\.(?:cc|h)$/.test(path);

/** What an opening brace begins. A value (`x{3}`) is a part of the header around it. */
interface Block {
  readonly header: string;
  /** Where the header begins. */
  readonly begin: number;
  readonly isScope: boolean;
  readonly isValue: boolean;
}

/** What stands before an opening brace that holds declarations, not statements. */
const scope = /^(?:(?:inline\s+)?namespace\b|extern\b\s*$)|\b(?:class|struct|union|enum)\b(?!.*\()/;
/** The name in the header of a function. */
const named = /(~?[\w:]+|operator\s*\S+?)\s*\(/;

/** Directives, and lines that are nothing but a macro's call. */
const notCode = /^[ \t]*(?:#(?:[^\n]*\\\n)*[^\n]*|[A-Z]+_[A-Z_]+\([^\n()]*\)$)/gm;

/** Functions, methods among them, with more lines than fit on a screen; lambdas count with theirs. */
export const longFunctions = (files: readonly SourceFile[]): Violation[] =>
  files.filter(isOurs).flatMap((file) => {
    const code = codeOf(file).replace(notCode, (line) => line.replace(/[^\n]/g, ' '));
    const found: Violation[] = [];
    const open: Block[] = [];
    let begin = 0;
    for (const { 0: mark, index } of code.matchAll(/[{};]|\b(?:public|private|protected)\s*:/g)) {
      if (mark === '{') {
        const header = code
          .slice(begin, index)
          .trim()
          .replace(/^template\s*<[^{]*?>\s*(?=\w)/, '');
        const at = begin + code.slice(begin, index).search(/\S/);
        const isValue = /[\w>]/.test(code[index - 1] ?? '');
        open.push({ header, begin: at, isScope: scope.test(header), isValue });
        if (isValue) continue;
      } else if (mark === '}') {
        const block = open.pop();
        if (block?.isValue) continue;
        const line = block ? lineAt(code, block.begin) : 0;
        const lines = lineAt(code, index) - line + 1;
        const isFunction = block && !block.isScope && open.every(({ isScope }) => isScope);
        if (isFunction && lines > mostLines && named.test(block.header)) {
          const name = named.exec(block.header)![1]!;
          found.push({
            ...{ file: file.path, line, what: name },
            says: `${name} has ${lines} lines: at most ${mostLines} fit on a screen.`,
          });
        }
      }
      begin = index + mark.length;
    }
    return found;
  });

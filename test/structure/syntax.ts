import { perFile } from './source-files';

/** A comment, or line comments that follow one another. */
export interface Comment {
  /** Line of the file, from 1, in which it begins. */
  readonly line: number;
  /** As many lines as in the file, without the marks of a comment. */
  readonly text: string;
}

const token =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^(\n]*)\([\s\S]*?\)\1"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;
const hashComment = /(?<=^|\s)#(?!include|define|pragma|if|el|endif|undef|!)[^\n]*/gm;

const usesHashes = (file: string): boolean =>
  /\.(?:cmake|py)$|^CMakeLists\.txt$|^\.ci\/run$/.test(file);
const usesSlashes = (file: string): boolean => /\.(?:cc|h|def|[cm]?[jt]s|css)$/.test(file);

/** The comments of a source file; none where the language is not known. */
export const commentsOf = perFile(({ path, text }): readonly Comment[] => {
  const found: { begin: number; end: number }[] = [];
  const pattern = usesHashes(path) ? hashComment : usesSlashes(path) ? token : undefined;
  if (pattern === undefined) return [];
  for (const match of text.matchAll(pattern)) {
    if (!/^(?:\/[/*]|#)/.test(match[0])) continue;
    const last = found.at(-1);
    const end = match.index + match[0].length;
    // Lines of comment with nothing between them are one text.
    if (last && text.slice(last.end, match.index).trim() === '' && !isBlank(text, last.end)) {
      last.end = end;
    } else {
      found.push({ begin: match.index, end });
    }
  }
  let line = 1;
  let at = 0;
  return found.map(({ begin, end }) => {
    line += text.slice(at, begin).split('\n').length - 1;
    at = begin;
    return { line, text: text.slice(begin, end).replace(/^[ \t]*(?:\/\/+|\/\*+|\*\/?|#)/gm, '') };
  });
});

/** Whether the line after the one that ends at `position` is empty. */
const isBlank = (text: string, position: number): boolean =>
  /^[^\S\n]*\n[^\S\n]*\n/.test(text.slice(position, position + 200));

/** Text of C++ or TypeScript of the same length, in which comments and strings are blank. */
export const codeOf = perFile(({ text }) =>
  text.replace(token, (match) => match.replace(/[^\n]/g, ' ')),
);

import path from 'node:path';
import { lineAt, perFile, type SourceFile } from './source-files';
import { commentsOf } from './syntax';
import type { Violation } from './violations';

const isMarkdown = ({ path: file }: SourceFile): boolean => file.endsWith('.md');

/** Text of a Markdown file of the same length, without blocks of code. */
const proseOf = perFile(({ text }) =>
  text.replace(/^( *)(```+|~~~+)[^]*?^\1\2[ \t]*$/gm, blank).replace(/<!--[^]*?-->/g, blank),
);
const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The names by which a link reaches the headings of a Markdown file, as GitHub makes them. */
const headingsOf = perFile((file): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const [, heading] of proseOf(file).matchAll(/^#{1,6}[ \t]+(.+?)[ \t]*#*$/gm)) {
    const shown = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*`]/g, '');
    const name = shown
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
      .replace(/ /g, '-');
    let unique = name;
    for (let n = 1; found.has(unique); n++) unique = `${name}-${n}`;
    found.add(unique);
  }
  for (const [, name] of file.text.matchAll(/<a (?:id|name)="([^"]+)"/g)) found.add(name!);
  return found;
});

/** Where a file or a heading is looked for. */
class Repository {
  readonly #files: Map<string, SourceFile>;
  readonly #folders = new Set<string>(['.']);

  constructor(files: readonly SourceFile[]) {
    this.#files = new Map(files.map((file) => [file.path, file]));
    for (const { path: file } of files) {
      for (let at = path.posix.dirname(file); at !== '.'; at = path.posix.dirname(at)) {
        this.#folders.add(at);
      }
    }
  }

  has(file: string): boolean {
    return this.#files.has(file) || this.#folders.has(file.replace(/\/$/, ''));
  }

  /** What is wrong with a link to a file, a heading of it, or both; undefined where nothing is. */
  fault(file: string, heading: string | undefined): string | undefined {
    if (!this.has(file)) return `there is no ${file}`;
    if (heading === undefined) return undefined;
    const target = this.#files.get(file);
    if (target !== undefined && headingsOf(target).has(heading)) return undefined;
    return `${file} has no heading #${heading}`;
  }
}

const inlineLink = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const linkDefinition = /^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s+"[^"]*")?$/gm;
const htmlLink = /\b(?:href|src)="([^"]+)"/g;

/** Where the links of a Markdown file are, and what they lead to. */
const linksOf = perFile((file): readonly { readonly line: number; readonly target: string }[] => {
  const text = proseOf(file).replace(/`[^`\n]*`/g, blank);
  return [inlineLink, linkDefinition, htmlLink]
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map((match) => ({ line: lineAt(text, match.index), target: match[1]! }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));
});

/** Links of Markdown files to files or headings that do not exist. */
export function deadLinks(files: readonly SourceFile[]): Violation[] {
  const repository = new Repository(files);
  return files.filter(isMarkdown).flatMap((file) =>
    linksOf(file).flatMap(({ line, target }) => {
      const [name, heading] = target.split('#', 2) as [string, string?];
      const to =
        name === ''
          ? file.path
          : path.posix.join(path.posix.dirname(file.path), decodeURIComponent(name));
      const fault = repository.fault(to, heading);
      if (fault === undefined) return [];
      return [{ file: file.path, line, what: `links to ${target}`, says: `Dead link: ${fault}.` }];
    }),
  );
}

/** A document as comments name it: `docs/pong.md`, perhaps with `#heading`. */
const documentName = /(?<![\w/.-])(?:[\w.-]+\/)*[\w.-]+\.md\b(?:#([\w-]+))?/g;
/** A file of the repository, by its path. */
const pathName =
  /(?<![\w/.-])(?:\.ci|binding|benchmarks|cmake|cpp|docs|lib|scripts|test)\/[\w./-]*\w/g;
/** Sections and documents that no file name goes with. */
const vagueName = /§\s?\d|\b[Ss]pec of\s+NEST\b/g;

/** A name in a comment. */
interface Name {
  readonly line: number;
  readonly text: string;
  /** A document with its heading, where there is one; a file by its path; or neither. */
  readonly kind: 'document' | 'path' | 'vague';
}

const namesInComments = perFile((file): readonly Name[] =>
  commentsOf(file).flatMap((comment) => {
    const find = (kind: Name['kind'], pattern: RegExp): Name[] =>
      [...comment.text.matchAll(pattern)].map((match) => ({
        ...{ kind, line: comment.line + lineAt(comment.text, match.index) - 1 },
        text: match[0].replace(/\s+/g, ' '),
      }));
    const paths = find('path', pathName).filter(({ text }) => !text.endsWith('.md'));
    return [...find('document', documentName), ...paths, ...find('vague', vagueName)];
  }),
);

/** Documents and files named in comments that do not exist, or are named so that nobody finds them. */
export function deadNamesInComments(files: readonly SourceFile[]): Violation[] {
  const repository = new Repository(files);
  /** What is wrong with a name in a comment of `file`, as the end of a sentence. */
  const faultOf = (file: string, { kind, text }: Name): string | undefined => {
    if (kind === 'vague') return `says "${text}": name a document and its #heading`;
    if (kind === 'path') {
      return repository.has(text) ? undefined : `names ${text}, which does not exist`;
    }
    const [name, heading] = text.split('#', 2) as [string, string?];
    const beside = path.posix.join(path.posix.dirname(file), name);
    const fault = repository.fault(repository.has(beside) ? beside : name, heading);
    return fault && `names ${name}: ${fault}`;
  };
  return files.flatMap((file) =>
    namesInComments(file).flatMap((name) => {
      const fault = faultOf(file.path, name);
      if (fault === undefined) return [];
      const place = { file: file.path, line: name.line };
      return [{ ...place, what: `names ${name.text}`, says: `The comment ${fault}.` }];
    }),
  );
}

/** Files that Markdown names in backticks and that do not exist; what tells the past may name any. */
export function deadNamesInDocuments(files: readonly SourceFile[]): Violation[] {
  const repository = new Repository(files);
  const documents = files.filter((file) => isMarkdown(file) && file.path !== 'CHANGELOG.md');
  return documents.flatMap((file) =>
    [...proseOf(file).matchAll(/`([^`\n]+)`/g)].flatMap((match) => {
      const name = match[1]!;
      const isPath = new RegExp(`^${pathName.source}/?$`).test(name);
      if (!isPath || repository.has(name)) return [];
      return [
        {
          ...{ file: file.path, line: lineAt(file.text, match.index) },
          ...{ what: `names ${name}`, says: `Names \`${name}\`, which does not exist.` },
        },
      ];
    }),
  );
}

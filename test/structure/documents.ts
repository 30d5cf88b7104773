import path from 'node:path';
import { lineAt, type SourceFile } from './source-files';
import { commentsOf } from './syntax';
import type { Violation } from './violations';

const isMarkdown = ({ path: file }: SourceFile): boolean => file.endsWith('.md');

/** Text of a Markdown file of the same length, without blocks of code. */
const prose = (text: string): string =>
  text.replace(/^( *)(```+|~~~+)[^]*?^\1\2[ \t]*$/gm, blank).replace(/<!--[^]*?-->/g, blank);
const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The names by which a link reaches the headings of a Markdown file, as GitHub makes them. */
function headingsOf(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, heading] of prose(text).matchAll(/^#{1,6}[ \t]+(.+?)[ \t]*#*$/gm)) {
    const shown = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*`]/g, '');
    const name = shown
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
      .replace(/ /g, '-');
    let unique = name;
    for (let n = 1; found.has(unique); n++) unique = `${name}-${n}`;
    found.add(unique);
  }
  for (const [, name] of text.matchAll(/<a (?:id|name)="([^"]+)"/g)) found.add(name!);
  return found;
}

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
    const text = this.#files.get(file)?.text ?? '';
    if (headingsOf(text).has(heading)) return undefined;
    return `${file} has no heading #${heading}`;
  }
}

const inlineLink = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const linkDefinition = /^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s+"[^"]*")?$/gm;
const htmlLink = /\b(?:href|src)="([^"]+)"/g;

/** Links of Markdown files to files or headings that do not exist. */
export function deadLinks(files: readonly SourceFile[]): Violation[] {
  const repository = new Repository(files);
  return files.filter(isMarkdown).flatMap((file) => {
    const text = prose(file.text).replace(/`[^`\n]*`/g, blank);
    const links = [inlineLink, linkDefinition, htmlLink].flatMap((p) => [...text.matchAll(p)]);
    return links.flatMap((match) => {
      const target = match[1]!;
      if (/^[a-z]+:/.test(target)) return [];
      const [name, heading] = target.split('#', 2) as [string, string?];
      const to =
        name === ''
          ? file.path
          : path.posix.join(path.posix.dirname(file.path), decodeURIComponent(name));
      const fault = repository.fault(to, heading);
      if (fault === undefined) return [];
      const line = lineAt(text, match.index);
      return [{ ...at(file, line), what: `links to ${target}`, says: `Dead link: ${fault}.` }];
    });
  });
}

const at = ({ path: file }: SourceFile, line: number) => ({ file, line });

/** A document as comments name it: `docs/pong.md`, perhaps with `#heading`. */
const documentName = /(?<![\w/.-])(?:[\w.-]+\/)*[\w.-]+\.md\b(?:#([\w-]+))?/g;
/** A file of the repository, by its path. */
const pathName =
  /(?<![\w/.-])(?:\.ci|binding|benchmarks|cmake|cpp|docs|lib|scripts|test)\/[\w./-]*\w/g;
/** Sections and documents that no file name goes with. */
const vagueName = /§\s?\d|\b[Ss]pec of\s+NEST\b/g;

/** Documents and files named in comments that do not exist, or are named so that nobody finds them. */
export function deadNamesInComments(files: readonly SourceFile[]): Violation[] {
  const repository = new Repository(files);
  return files.flatMap((file) =>
    commentsOf(file).flatMap((comment) => {
      const found = (match: RegExpExecArray, says: string): Violation => ({
        ...at(file, comment.line + lineAt(comment.text, match.index) - 1),
        ...{ what: `names ${match[0].replace(/\s+/g, ' ')}`, says },
      });
      const named = [...comment.text.matchAll(documentName)].flatMap((match) => {
        const name = match[0].split('#', 1)[0]!;
        const beside = path.posix.join(path.posix.dirname(file.path), name);
        const fault = repository.fault(repository.has(beside) ? beside : name, match[1]);
        return fault === undefined ? [] : [found(match, `The comment names ${name}: ${fault}.`)];
      });
      const paths = [...comment.text.matchAll(pathName)].flatMap((match) =>
        match[0].endsWith('.md') || repository.has(match[0])
          ? []
          : [found(match, `The comment names ${match[0]}, which does not exist.`)],
      );
      const vague = [...comment.text.matchAll(vagueName)].map((match) =>
        found(match, `The comment says "${match[0]}": name a document and its #heading.`),
      );
      return [...named, ...paths, ...vague];
    }),
  );
}

/** Files that Markdown names in backticks and that do not exist; what tells the past may name any. */
export function deadNamesInDocuments(files: readonly SourceFile[]): Violation[] {
  const repository = new Repository(files);
  const documents = files.filter((file) => isMarkdown(file) && file.path !== 'CHANGELOG.md');
  return documents.flatMap((file) =>
    [...prose(file.text).matchAll(/`([^`\n]+)`/g)].flatMap((match) => {
      const name = match[1]!;
      const isPath = new RegExp(`^${pathName.source}/?$`).test(name);
      if (!isPath || repository.has(name)) return [];
      return [
        {
          ...at(file, lineAt(file.text, match.index)),
          ...{ what: `names ${name}`, says: `Names \`${name}\`, which does not exist.` },
        },
      ];
    }),
  );
}

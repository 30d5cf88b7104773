import type { Dependency } from './dependencies';
import type { SourceFile } from './source-files';
import type { Violation } from './violations';

/** What lies in one layer: folders and files of a top folder; '.' is what lies directly in it. */
type Layer = readonly string[];

/** The document that lists the layers. */
export const layersDocument = 'docs/architecture.md';

/**
 * The layers of a top folder, the lowest first: the block ```` ```layers cpp ```` of the document. A
 * line is a layer: names between commas, then two blanks and a remark.
 */
export function layersOf(files: readonly SourceFile[], top: string): Layer[] {
  const text = files.find((file) => file.path === layersDocument)?.text ?? '';
  const block = new RegExp(`^\`\`\`layers ${top}\n([^]*?)^\`\`\``, 'm').exec(text)?.[1];
  if (block === undefined)
    throw new Error(`${layersDocument} has no list of the layers of ${top}.`);
  return block
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/, 1)[0]!.split(/,\s*/));
}

/** Position of a file's layer, the lowest is 0; -1 where no line names it or a folder around it. */
export function layerOf(file: string, top: string, layers: readonly Layer[]): number {
  const parts = file.slice(top.length + 1).split('/');
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('/');
    const at = layers.findIndex((layer) => layer.includes(name));
    if (at >= 0) return at;
  }
  return parts.length === 1 ? layers.findIndex((layer) => layer.includes('.')) : -1;
}

/** Files of a top folder that use a file of a higher layer of it, or lie in none. */
export function brokenLayers(
  files: readonly SourceFile[],
  dependencies: readonly Dependency[],
  top: string,
): Violation[] {
  const layers = layersOf(files, top);
  const isInside = (file: string): boolean => file.startsWith(`${top}/`);
  const nameOf = (at: number): string => layers[at]!.join(', ');
  const homeless = files
    .filter(({ path }) => isInside(path) && layerOf(path, top, layers) < 0)
    .map(({ path }) => ({
      ...{ file: path, line: 1, what: 'lies in no layer' },
      says: `The layers of ${top}/ in ${layersDocument} do not name its folder.`,
    }));
  const upwards = dependencies.flatMap(({ from, to, line }) => {
    if (!isInside(from) || to === undefined || !isInside(to)) return [];
    const [own, other] = [layerOf(from, top, layers), layerOf(to, top, layers)];
    if (own < 0 || other <= own) return [];
    const where = `the layer "${nameOf(other)}" lies above "${nameOf(own)}" (${layersDocument})`;
    return [{ file: from, line, what: `uses ${to}`, says: `Uses ${to}, but ${where}.` }];
  });
  return [...homeless, ...upwards];
}

/** The doors of lib/ for experiments and workloads, which are read as examples. */
const doors: readonly string[] = [
  ...[
    'lib/index.ts',
    'lib/statistics/index.ts',
    'lib/analysis/index.ts',
    'lib/plot/index.ts',
    'lib/server/index.ts',
  ],
  'lib/cli/experiment.ts',
];
/** The command, and what measures workloads, are no examples. */
const isTool = (file: string): boolean => /^benchmarks\/(?:\w+\.ts$|measuring\/)/.test(file);

/** What a file of a top folder may use of the others. */
const allowed: Readonly<Record<string, (to: string, from: string) => boolean>> = {
  cpp: () => false,
  // The facade, and the components that a program steps itself.
  binding: (to) => /^cpp\/(?:simulator\.h|dense\/\w+\.h)$/.test(to),
  lib: () => false,
  benchmarks: (to, from) =>
    to.startsWith('cpp/') || (to.startsWith('lib/') && (isTool(from) || doors.includes(to))),
  scripts: (to) => to.startsWith('lib/'),
};

/** Uses of another top folder that may not be used from there; `test` may use all of them. */
export function brokenBorders(dependencies: readonly Dependency[]): Violation[] {
  return dependencies.flatMap(({ from, to, line }) => {
    const top = from.split('/', 1)[0]!;
    const isAllowed = allowed[top];
    if (to === undefined || to.startsWith(`${top}/`) || !isAllowed || isAllowed(to, from))
      return [];
    const says = `Uses ${to}, which ${top}/ must not use.`;
    return [{ file: from, line, what: `uses ${to}`, says }];
  });
}

import type { Dependency } from './dependencies';
import type { Violation } from './violations';

/** Dependencies that are part of a circle of files, each with a shortest circle that it closes. */
export function circles(dependencies: readonly Dependency[]): Violation[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of dependencies) {
    if (to === undefined) continue;
    next.set(from, (next.get(from) ?? new Set<string>()).add(to));
  }
  const seen = new Set<string>();
  return dependencies.flatMap(({ from, to, line }) => {
    if (to === undefined || seen.has(`${from} ${to}`)) return [];
    seen.add(`${from} ${to}`);
    const way = shortestWay(next, to, from);
    if (way === undefined) return [];
    const circle = [from, ...way].join(' → ');
    return [{ file: from, line, what: `→ ${to}`, says: `Closes a circle of files: ${circle}.` }];
  });
}

/** The files from `begin` to `end`, both among them; undefined where no way leads there. */
function shortestWay(
  next: ReadonlyMap<string, ReadonlySet<string>>,
  begin: string,
  end: string,
): string[] | undefined {
  const before = new Map<string, string | undefined>([[begin, undefined]]);
  // A map keeps the order of insertion, and what is added on the way is gone through too.
  for (const file of before.keys()) {
    if (file === end) {
      const way = [];
      for (let at: string | undefined = end; at !== undefined; at = before.get(at)) way.unshift(at);
      return way;
    }
    for (const other of next.get(file) ?? []) if (!before.has(other)) before.set(other, file);
  }
  return undefined;
}

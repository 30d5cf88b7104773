/** A place where the code does not keep to a rule of the house. */
export interface Violation {
  readonly file: string;
  readonly line: number;
  /** What is there, without the line, which moves: the key in a list of known violations. */
  readonly what: string;
  /** What is wrong, as a whole sentence. */
  readonly says: string;
}

/** How often a rule is broken today, by `file: what`. */
export type Known = Readonly<Record<string, number>>;

/**
 * What is to be mended: violations beyond the known ones, and entries of the list that have become
 * too large, which makes the list shrink.
 * @returns a message each, none where all is well
 */
export function problemsBeyond(known: Known, found: readonly Violation[]): string[] {
  const byKey = new Map<string, Violation[]>();
  for (const violation of found) {
    const key = keyOf(violation);
    byKey.set(key, [...(byKey.get(key) ?? []), violation]);
  }
  const problems: string[] = [];
  for (const [key, places] of byKey) {
    const allowed = known[key] ?? 0;
    if (places.length <= allowed) continue;
    const more = allowed === 0 ? '' : ` (${allowed} of these ${places.length} are known)`;
    problems.push(...places.map((place) => `${place.file}:${place.line}: ${place.says}${more}`));
  }
  for (const [key, allowed] of Object.entries(known)) {
    const count = byKey.get(key)?.length ?? 0;
    if (count >= allowed) continue;
    problems.push(
      count === 0
        ? `"${key}" is no more: take it off the list of known violations.`
        : `"${key}" is there ${count} times only: say so in the list of known violations.`,
    );
  }
  return problems;
}

/** How a violation is named in a list of known ones. */
export const keyOf = ({ file, what }: Violation): string => `${file}: ${what}`;

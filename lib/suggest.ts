import { UnaccessedDictionaryEntry } from './errors';

/**
 * The candidate nearest to a misspelt name, if one is near enough: at most a third of its letters
 * (but at least two) changed, and not all of them, the case ignored. The core uses the same rule for the names it knows.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < Math.min(bestDistance, Math.max(name.length, candidate.length))) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

/** A name as sentences have it: in quotes, or with primes without, beside which these are hard to read. */
export const quoted = (name: string): string => (name.includes("'") ? name : `'${name}'`);

/** How a sentence about an unknown name ends: with the name that was probably meant, if there is one. */
export const endWith = (suggestion: string | undefined): string =>
  suggestion === undefined ? '.' : `; did you mean ${quoted(suggestion)}?`;

/** Levenshtein distance: insertions, deletions and replacements that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** `Simulate has no option 'onprogress'; did you mean 'onProgress'?` */
export function unknownKey(
  ownerHasNo: string,
  key: string,
  candidates: Iterable<string>,
): UnaccessedDictionaryEntry {
  const known = [...candidates];
  const suggestion = nearestName(key, known);
  const hint = suggestion === undefined ? `; known: ${known.join(', ')}.` : endWith(suggestion);
  return new UnaccessedDictionaryEntry(`${ownerHasNo} '${key}'${hint}`, {
    parameter: key,
    suggestion,
  });
}

/**
 * Refuses keys that nothing would read.
 * @throws UnaccessedDictionaryEntry naming the nearest known key.
 */
export function checkKeys(given: object, known: readonly string[], ownerHasNo: string): void {
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) throw unknownKey(ownerHasNo, key, known);
  }
}

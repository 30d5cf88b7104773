/** What the random calls find and is still to be mended: errors that are no TegmentaError. */
const known: readonly RegExp[] = [
  // JavaScript's own, about values that cannot be turned into text or numbers.
  /TypeError: Cannot convert (a Symbol value|object|a BigInt)/,
  /TypeError: Cannot mix BigInt/,
  /RangeError: Maximum call stack size exceeded/,
  /TypeError: .*detached/,
];

export const isKnown = (finding: string): boolean => known.some((pattern) => pattern.test(finding));

// How long the random tests go on, and with which seeds:
// TEGMENTA_FUZZ_SECONDS  seconds a test (default 3)
// TEGMENTA_FUZZ_COUNT    so many seeds instead
// TEGMENTA_FUZZ_SEED     the first seed (default: another one each time), alone unless one of the
//                        others is given

const { TEGMENTA_FUZZ_SECONDS, TEGMENTA_FUZZ_COUNT, TEGMENTA_FUZZ_SEED } = process.env;

const seconds = Number(TEGMENTA_FUZZ_SECONDS ?? 3);
const count =
  TEGMENTA_FUZZ_COUNT !== undefined
    ? Number(TEGMENTA_FUZZ_COUNT)
    : TEGMENTA_FUZZ_SEED !== undefined && TEGMENTA_FUZZ_SECONDS === undefined
      ? 1
      : undefined;

/** For jest: what a test takes at most, with the seed that time runs out in, ms. */
export const timeout = count === undefined ? 1000 * seconds + 240_000 : 24 * 3_600_000;

/** Seeds until the time or the count is used up. The first is printed: it repeats the test. */
export function* seeds(test: string): Generator<number> {
  const first = TEGMENTA_FUZZ_SEED ? Number(TEGMENTA_FUZZ_SEED) : Date.now() % 2 ** 31;
  const start = performance.now();
  const isOver = (done: number): boolean =>
    count === undefined ? performance.now() - start > 1000 * seconds : done >= count;
  let done = 0;
  do yield first + done++;
  while (!isOver(done));
  process.stderr.write(`${test}: TEGMENTA_FUZZ_SEED ${first} … ${first + done - 1}\n`);
}

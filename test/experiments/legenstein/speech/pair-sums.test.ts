// ρ: sums over pairs against all pairs, one by one.
import fc from 'fast-check';
import { pairSums } from '../../../../benchmarks/experiments/legenstein/speech/pair-sums';

/** Steps of 0.1 ms; a delay of 1 ms, a gap of 0.5 ms and 30 ms to decay. */
function plain(inputs: readonly number[], spikes: readonly number[]) {
  let [ltp, ltd] = [0, 0];
  for (const input of inputs) {
    for (const spike of spikes) {
      const r = spike - (input + 10);
      if (r > 5) ltp += Math.exp(-r / 300);
      if (r < -5) ltd += Math.exp(r / 300);
    }
  }
  return { ltp, ltd };
}

const steps = (most: number) => fc.array(fc.integer({ min: 0, max: 7000 }), { maxLength: most });
const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

test('sums are those of all pairs', () => {
  fc.assert(
    fc.property(steps(60), fc.array(steps(8), { maxLength: 3 }), (inputs, trains) => {
      const sorted = ascending(inputs);
      const response = {
        steps: Uint16Array.from(sorted),
        neurons: new Uint16Array(sorted.length),
      };
      const sums = pairSums(
        response,
        trains.map((train) => ascending(train).map((step) => step / 10)),
      );
      trains.forEach((train, i) => {
        const { ltp, ltd } = plain(sorted, train);
        expect(sums[i]!.ltp).toBeCloseTo(ltp, 9);
        expect(sums[i]!.ltd).toBeCloseTo(ltd, 9);
      });
    }),
    { seed: 8, numRuns: 200 },
  );
});

test('what comes within the gap counts for neither', () => {
  const response = { steps: Uint16Array.of(100), neurons: Uint16Array.of(0) };
  // The input arrives at 11 ms.
  const [before, at, after, early] = pairSums(response, [[10.5], [11], [11.5], [10.4]]);
  for (const sum of [before!, at!, after!]) expect(sum).toEqual({ ltp: 0, ltd: 0 });
  expect(early!.ltd).toBeCloseTo(Math.exp(-0.6 / 30), 12);
});

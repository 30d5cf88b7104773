import { SERIES_COLORS } from '../bench/figures';
import { sweptQuantities, type Figure } from '../plot';
import type { Quantity } from './experiment';
import { quantitiesOf, valueIn, type SweepFinding, type SweptRun } from './sweep-result';

/** Panels of the figure: more would be too small to read. */
const MOST = 12;

/**
 * One figure, or none where no run found a number: how the quantities depend on what is swept.
 * Those that are the same in all runs are left out as long as there are others. Runs that differ in
 * their seeds only are repeats: they share a colour, and the line goes through their medians.
 */
export function sweepFigures(finding: SweepFinding): Figure[] {
  const { experiment, swept, runs } = finding;
  const quantities = quantitiesOf(finding);
  const told = chosen(quantities, runs);
  if (told.length === 0) return [];
  const across = swept.find((name) => name !== 'seed') ?? swept[0]!;
  const seriesNames = swept.filter((name) => name !== across && name !== 'seed');
  const seriesOf = ({ values }: SweptRun): string =>
    seriesNames.map((name) => `${name} ${values[name]}`).join(', ');
  const names = [...new Set(runs.map(seriesOf))];
  const more = quantities.length - told.length;
  const spec = sweptQuantities({
    title: experiment.summary,
    subtitle: [
      ...(swept.includes('seed') && across !== 'seed' ? ['Dots: seeds; lines: medians.'] : []),
      ...(more > 0 ? [`Not shown: ${more} more in sweep.csv.`] : []),
    ],
    x: across,
    series: names.map((name, i) => ({
      name,
      color: SERIES_COLORS[i % SERIES_COLORS.length]!,
    })),
    panels: told.map((quantity) => ({
      title: titleOf(quantity),
      values: runs.map((run) => ({
        x: run.values[across]!,
        y: valueIn(run, quantity.key) ?? NaN,
        series: seriesOf(run),
      })),
    })),
  });
  return [{ name: 'sweep', spec }];
}

function chosen(quantities: readonly Quantity[], runs: readonly SweptRun[]): Quantity[] {
  const differing = (least: number): Quantity[] =>
    quantities.filter(({ key }) => {
      const values = runs.map((run) => valueIn(run, key)).filter(Number.isFinite);
      return new Set(values).size >= least;
    });
  const varying = differing(2);
  return (varying.length > 0 ? varying : differing(1)).slice(0, MOST);
}

const titleOf = ({ label, unit }: Quantity): string => (unit === '' ? label : `${label} (${unit})`);

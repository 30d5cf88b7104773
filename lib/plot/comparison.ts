import type { TopLevelSpec } from 'vega-lite';
import { mean, standardDeviation, type Numbers } from '../analysis';
import { frame } from './frame';

/** What was measured several times under one name, and what was expected. */
export interface ComparedValues {
  /** On the axis below. */
  readonly name: string;
  readonly values: Numbers;
  readonly expected: number;
}

/** Bars side by side on an axis of their own. */
export interface ComparisonPanel {
  readonly title: string;
  /** CSS colour of the bars. */
  readonly color: string;
  readonly groups: readonly ComparedValues[];
}

/** What {@link comparison} draws. */
export interface Comparison {
  readonly title: string;
  readonly subtitle: readonly string[];
  /** What the names are of. */
  readonly x: string;
  /** Quantity and unit. */
  readonly y: string;
  /** What is expected, in the legend. */
  readonly expectedName: string;
  readonly panels: readonly ComparisonPanel[];
}

const HEIGHT = 240;
/** Width of a bar with the space beside it. */
const STEP = 58;
const SINGLE = 'each run';
/** Beside the panel, wherever its legend and its axes end. */
const PANEL_TITLE = {
  ...{ fontSize: 12.5, fontWeight: 'normal', anchor: 'start', frame: 'group', offset: 6 },
};

/**
 * Means as bars with a standard deviation to either side, every single value over them, and a black
 * line where the value was expected; panels side by side on one scale.
 */
export function comparison(figure: Comparison): TopLevelSpec {
  return {
    ...frame(figure),
    spacing: 28,
    resolve: { scale: { color: 'shared', y: 'shared' }, legend: { color: 'shared' } },
    hconcat: figure.panels.map((panel) => panelSpec(figure, panel)),
  } as unknown as TopLevelSpec;
}

function panelSpec({ x, y, expectedName }: Comparison, panel: ComparisonPanel): object {
  const { title, color, groups } = panel;
  const names = {
    field: 'name',
    type: 'nominal',
    sort: null,
    scale: { domain: groups.map(({ name }) => name) },
    axis: { title: x, labelAngle: 0 },
  };
  const axis = { title: y, tickCount: 6 };
  const encoding = { x: names, y: { field: 'value', type: 'quantitative', axis } };
  const named = { ...encoding, color: colorsOf(expectedName) };
  return {
    title: { ...PANEL_TITLE, text: title },
    width: { step: STEP },
    height: HEIGHT,
    layer: [
      {
        data: { values: [{ value: 0 }] },
        mark: { type: 'rule', color: '#999999' },
        encoding: { y: encoding.y },
      },
      ...barLayers(groups, color, encoding),
      {
        data: { values: singlesOf(groups) },
        mark: { type: 'point', filled: true, shape: 'circle', size: 26, opacity: 0.85 },
        encoding: named,
      },
      {
        data: {
          values: groups.map(({ name, expected }) => ({
            name,
            value: expected,
            what: expectedName,
          })),
        },
        mark: { type: 'tick', orient: 'horizontal', thickness: 2.5, width: { band: 0.9 } },
        encoding: named,
      },
    ],
  };
}

const singlesOf = (groups: readonly ComparedValues[]) =>
  groups.flatMap(({ name, values }) =>
    Array.from(values, (value) => ({ name, value, what: SINGLE })),
  );

function barLayers(
  groups: readonly ComparedValues[],
  color: string,
  encoding: { readonly y: object },
): object[] {
  const values = groups
    .filter((group) => group.values.length > 0)
    .map(({ name, values: all }) => {
      const [centre, spread] = [mean(all), standardDeviation(all)];
      return { name, value: centre, low: centre - spread, high: centre + spread };
    });
  return [
    {
      data: { values },
      mark: { type: 'bar', width: { band: 0.6 }, color, opacity: 0.75 },
      encoding,
    },
    {
      data: { values },
      mark: { type: 'rule', strokeWidth: 1.6, color: '#444444' },
      encoding: { ...encoding, y: { ...encoding.y, field: 'low' }, y2: { field: 'high' } },
    },
  ];
}

/** Single values and what was expected, in one legend for all panels. */
const colorsOf = (expectedName: string) => ({
  field: 'what',
  type: 'nominal',
  sort: null,
  scale: { domain: [expectedName, SINGLE], range: ['black', '#555555'] },
  legend: { title: null, orient: 'top', direction: 'horizontal', symbolType: 'circle' },
});

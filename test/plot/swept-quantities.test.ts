import { renderSvg, sweptQuantities, type SweptQuantities } from '../../lib/plot';

interface Spec {
  readonly columns: number;
  readonly concat: {
    readonly data: { readonly values: object[] };
    readonly layer: { readonly encoding: Record<'x' | 'y' | 'color', Encoding> }[];
  }[];
}
interface Encoding {
  readonly type: string;
  readonly aggregate?: string;
  readonly sort?: unknown;
  readonly scale?: { readonly type?: string };
  readonly legend?: object | null;
}

const figure = (
  at: readonly (number | string)[],
  series: readonly string[] = [''],
  panels = 1,
): SweptQuantities => ({
  ...{ title: 'Rates', subtitle: ['dots: seeds'], x: 'g' },
  series: series.map((name) => ({ name, color: '#0072b2' })),
  panels: Array.from({ length: panels }, (_, i) => ({
    title: `rate ${i} (Hz)`,
    values: series.flatMap((name) => at.map((x, j) => ({ x, y: j === 1 ? NaN : j, series: name }))),
  })),
});
const specOf = (of: SweptQuantities) => sweptQuantities(of) as unknown as Spec;

test('draws a panel for each quantity, and leaves out what has no value', async () => {
  const of = figure([3, 4, 5], ['', 'hh'], 3);
  const spec = specOf(of);
  expect(spec.columns).toBe(2);
  expect(spec.concat.map(({ data }) => data.values.length)).toEqual([4, 4, 4]);
  const svg = await renderSvg(sweptQuantities(of));
  for (const text of ['rate 0 (Hz)', 'rate 2 (Hz)', 'Rates', 'dots: seeds', 'hh']) {
    expect(svg).toContain(text);
  }
});

test('breaks long titles of panels at words', async () => {
  const title = 'sd of the population rate (1 ms bins), excitatory neurons (spikes/s)';
  const of = figure([3, 4]);
  const svg = await renderSvg(
    sweptQuantities({ ...of, panels: of.panels.map((panel) => ({ ...panel, title })) }),
  );
  expect(svg).toContain('>sd of the population rate (1 ms bins),<');
  expect(svg).toContain('>excitatory neurons (spikes/s)<');
});

test('draws a line through medians, and every run as a dot', () => {
  const [line, dots] = specOf(figure([3, 3, 5])).concat[0]!.layer;
  expect(line!.encoding.y.aggregate).toBe('median');
  expect(dots!.encoding.y.aggregate).toBeUndefined();
});

test('has a legend for several series only', () => {
  const legendOf = (series: string[]) =>
    specOf(figure([1], series)).concat[0]!.layer[0]!.encoding.color.legend;
  expect(legendOf(['a'])).toBeNull();
  expect(legendOf(['a', 'b'])).toMatchObject({ orient: 'top' });
});

test.each<[(number | string)[], string, string | undefined]>([
  [[3, 4, 5], 'quantitative', undefined],
  [[1, 10, 100], 'quantitative', 'log'],
  [[0, 1, 100], 'quantitative', undefined],
  [['lif', 'hh', 'adex'], 'ordinal', undefined],
])('%j stand on an axis that suits them', (at, type, scale) => {
  const { x } = specOf(figure(at)).concat[0]!.layer[0]!.encoding;
  expect([x.type, x.scale?.type]).toEqual([type, scale]);
  expect(x.sort).toEqual(type === 'ordinal' ? at : undefined);
});

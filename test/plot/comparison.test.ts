import { comparison, renderSvg, type Comparison } from '../../lib/plot';

const figure: Comparison = {
  title: 'Measured and expected',
  subtitle: ['three runs'],
  x: 'experiment',
  y: 'change (%)',
  expectedName: 'predicted',
  panels: [
    {
      title: 'left',
      color: '#0072b2',
      groups: [
        { name: '1', values: [1, 2, 3], expected: 2.5 },
        { name: '2', values: [-1, -1.5], expected: -1 },
      ],
    },
    {
      title: 'right',
      color: '#d55e00',
      groups: [
        { name: '1', values: [0.5], expected: 0.2 },
        { name: '2', values: [], expected: 0.4 },
      ],
    },
  ],
};

/** Number of marks with that label. */
const count = (svg: string, pattern: RegExp) => (svg.match(pattern) ?? []).length;

describe('comparison', () => {
  let svg: string;
  const warnings: unknown[][] = [];

  beforeAll(async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation((...args) => warnings.push(args));
    svg = await renderSvg(comparison(figure));
    warn.mockRestore();
  });

  test('is drawn without warnings and says what it shows', () => {
    expect(warnings).toEqual([]);
    for (const text of ['Measured and expected', 'three runs', 'experiment', 'change (%)']) {
      expect(svg).toContain(text);
    }
    for (const text of ['left', 'right', 'predicted', 'each run'])
      expect(svg).toContain(`>${text}<`);
  });

  test('has a bar a group with values, a dot a value and a line an expectation', () => {
    expect(count(svg, /aria-roledescription="bar"/g)).toBe(3);
    expect(count(svg, /aria-roledescription="point"/g)).toBe(6);
    expect(count(svg, /aria-roledescription="tick"/g)).toBe(4);
  });

  test('has the spread about the mean', () => {
    expect(svg).toMatch(/aria-label="[^"]*value: 2; /);
    // The standard deviation of 1, 2, 3 is the root of 2/3.
    expect(svg).toMatch(/name: 1; low: 1\.1835\d*; high: 2\.8164/);
  });
});

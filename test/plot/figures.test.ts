import { networkActivity, renderSvg, type NetworkActivity } from '../../lib/plot';

const activity: NetworkActivity = {
  title: 'A network',
  subtitle: ['g = 5, η = 2', 'second line'],
  window: { start: 200, stop: 300 },
  bin: 1,
  populations: [
    {
      name: 'excitatory',
      color: '#0072b2',
      trains: [Float64Array.of(210, 250), Float64Array.of(220)],
      rate: Float64Array.from({ length: 100 }, (_, k) => k % 7),
    },
    { name: 'inhibitory', color: '#d55e00', trains: [[230]], rate: new Array(100).fill(2) },
  ],
  trace: {
    name: 'V_m of neuron 1',
    unit: 'mV',
    times: [200.1, 250, 300],
    values: [1, 19, 3],
    threshold: 20,
    spikes: [210, 250],
  },
};

/** Number of marks with that drawing style. */
const count = (svg: string, pattern: RegExp) => (svg.match(pattern) ?? []).length;

describe('network activity', () => {
  let svg: string;
  const warnings: unknown[][] = [];

  beforeAll(async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation((...args) => warnings.push(args));
    svg = await renderSvg(networkActivity(activity));
    warn.mockRestore();
  });

  test('is a complete SVG document, drawn without warnings', () => {
    expect(svg.slice(0, 100)).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg.slice(-10)).toMatch(/<\/svg>$/);
    expect(warnings).toEqual([]);
  });

  test('says what it shows, with units', () => {
    for (const text of [
      'A network',
      'g = 5, η = 2',
      'second line',
      'time (ms)',
      'neuron (3 shown)',
      'rate (spikes/s),',
      '1 ms bins',
      'V_m of neuron 1',
      '(mV)',
      'excitatory',
      'inhibitory',
    ]) {
      expect([text, svg.includes(text)]).toEqual([text, true]);
    }
  });

  test('has a dot a spike, in the colour of its population', () => {
    const dot = (color: string) =>
      new RegExp(`<path aria-label="time: [^"]*row:[^>]*${color}`, 'g');
    expect(count(svg, dot('#0072b2'))).toBe(3);
    expect(count(svg, dot('#d55e00'))).toBe(1);
  });

  test('draws a network that is silent', async () => {
    const silent = await renderSvg(
      networkActivity({
        ...activity,
        populations: activity.populations.map((population) => ({
          ...population,
          trains: [[], []],
          rate: [],
        })),
        trace: { ...activity.trace, times: [], values: [], spikes: [] },
      }),
    );
    expect(count(silent, /neuron \(4 shown\)/g)).toBeGreaterThan(0);
    expect(count(silent, /NaN|undefined/g)).toBe(0);
  });
});

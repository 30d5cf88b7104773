import { Kernel } from '../../lib';
import { traces } from '../../lib/plotting';
import { axesOf, drawingOf, layersOf, legendsOf, marked, strokesOf } from './drawn';

const BLUE = '#0072b2';

function recorded() {
  const kernel = new Kernel();
  const cells = kernel.Create('iaf_psc_exp', 5, { I_e: 500 });
  const meter = kernel.Create('multimeter', { record_from: ['V_m', 'I_syn_ex'], interval: 1 });
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(meter, cells);
  kernel.Connect(cells, spikes);
  kernel.SimulateSync(100);
  const events = { samples: meter.events, spikes: spikes.events };
  kernel.dispose();
  return events;
}

test('a panel for each recordable with its unit, a line for each of three neurons', async () => {
  const figure = traces(recorded().samples);
  const svg = await drawingOf(figure);
  expect(axesOf(svg)).toEqual([
    'X : linear, 0 to 100',
    'Y V_m (mV): linear, −72 to −54',
    'X time (ms): linear, 0 to 100',
    'Y I_syn_ex (pA): linear, −0.6 to 0.6',
  ]);
  expect(legendsOf(svg)).toEqual([
    'Symbol legend for stroke color and strokeDash with 3 values: neuron 1, neuron 2, neuron 3',
  ]);
  expect(svg).toContain('>3 of 5 traces are shown.</text>');
  // Each in a pattern of its own, too.
  for (const dash of ['', '7,2', '2,2']) expect(svg).toContain(`stroke-dasharray="${dash}"`);
});

test('threshold and spikes of the neurons that are shown stand in the first panel', async () => {
  const { samples, spikes } = recorded();
  const figure = traces(samples, { neurons: [2], threshold: -55, spikes });
  const [threshold, strokes, ...others] = marked(figure, 'rule');
  expect(threshold!.rows).toEqual([{ at: -55 }]);
  const own = Array.from(spikes.times).filter((_, i) => spikes.senders[i] === 2);
  expect(own.length).toBeGreaterThan(1);
  expect(strokes!.rows.map(({ x }) => x)).toEqual(own);
  for (const { y, top } of strokes!.rows) expect(Number(top)).toBeGreaterThan(Number(y));
  expect(others.map(({ rows }) => rows)).toEqual([[]]);
  const svg = await drawingOf(figure);
  expect(axesOf(svg)[1]).toMatch(/^Y V_m \(mV\) neuron 2: linear/);
  expect(legendsOf(svg)).toEqual([]);
});

test('spikes from when nothing was sampled are left out', () => {
  const samples = { times: [5, 6], senders: [1, 1], V_m: [-70, -60] };
  const spikes = { times: [1, 5.5, 9], senders: [1, 1, 1] };
  expect(marked(traces(samples, { spikes }), 'rule')[0]!.rows.map(({ x }) => x)).toEqual([5.5]);
});

test('recordables and neurons are chosen', async () => {
  const figure = traces(recorded().samples, { recordables: 'I_syn_ex', neurons: [5, 4] });
  const svg = await drawingOf(figure);
  expect(axesOf(svg)).toHaveLength(2);
  expect(axesOf(svg)[1]).toMatch(/^Y I_syn_ex \(pA\)/);
  expect(legendsOf(svg)[0]).toMatch(/2 values: neuron 4, neuron 5$/);
});

test('what is not known has no unit; of receptors each has that of the first', async () => {
  const samples = { times: [1, 2], senders: [1, 1], own: [1, 2], g_7: [3, 4] };
  expect(axesOf(await drawingOf(traces(samples))).filter((axis) => axis.startsWith('Y'))).toEqual([
    expect.stringMatching(/^Y own neuron 1:/),
    expect.stringMatching(/^Y g_7 \(nS\) neuron 1:/),
  ]);
});

test('synapses have lines by their pairs, several of a pair one each', async () => {
  const samples = {
    times: [1, 1, 1, 2, 2, 2],
    senders: [1, 1, 1, 1, 1, 1],
    targets: [2, 2, 3, 2, 2, 3],
    weight: [1, 5, 9, 2, 6, 8],
  };
  const figure = traces(samples);
  expect(legendsOf(await drawingOf(figure))[0]).toMatch(/: 1 → 2, 1 → 2 \(2\), 1 → 3$/);
  const rows = marked(figure, 'line')[0]!.rows;
  expect(rows.filter(({ name }) => name === '1 → 2 (2)').map(({ y }) => y)).toEqual([5, 6]);
});

test('a line is broken where a value is not finite', async () => {
  const samples = { times: [1, 2, 3, 4, 5], senders: [1, 1, 1, 1, 1], V_m: [1, 2, NaN, 4, 5] };
  const svg = await drawingOf(traces(samples));
  expect(strokesOf(svg, BLUE)[0]).toMatch(/^M[^M]+M[^M]+$/);
});

test('of many samples the extremes stay, in order', () => {
  const length = 300_000;
  const V_m = Float64Array.from({ length }, (_, i) => Math.sin(i / 5000));
  V_m[12_345] = 40;
  V_m[200_001] = -40;
  const samples = { times: V_m.map((_, i) => i / 10), senders: new Uint32Array(length), V_m };
  const [line] = marked(traces(samples), 'line');
  expect(line!.rows.length).toBeLessThan(4 * 2 * 640 + 8);
  const times = line!.rows.map(({ x }) => Number(x));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(line!.rows).toContainEqual({ x: 1234.5, y: 40, name: 'neuron 0' });
  expect(line!.rows).toContainEqual({ x: 20_000.1, y: -40, name: 'neuron 0' });
  expect([times[0], times.at(-1)]).toEqual([0, (length - 1) / 10]);
});

test('neurons that were not sampled are said', () => {
  const samples = { times: [1, 1], senders: [1, 2], V_m: [-70, -60] };
  const none = traces(samples, { neurons: [9] });
  expect(none.spec).toMatchObject({ title: { text: ['There are no samples of neuron 9.'] } });
  expect(none.spec.description).toMatch(/^Traces of V_m: none; /);
  const some = traces(samples, { neurons: [1, 8, 9] });
  expect(some.spec).toMatchObject({ title: { text: ['There are no samples of 2 of 3 neurons.'] } });
  expect(traces(samples, { neurons: [1, 2] }).spec.title).toBeUndefined();
});

test('no samples give axes, limits are as they are given', async () => {
  const svg = await drawingOf(traces({ times: [], senders: [], V_m: [] }));
  expect(axesOf(svg)).toEqual(['X time (ms): linear, 0 to 1', 'Y V_m (mV): linear, −0.1 to 1.1']);
  const given = traces({ times: [], senders: [], V_m: [] }, { yLimits: [-80, -50] });
  expect(layersOf(given.spec)[0]!.encoding.y!.scale!.domain).toEqual([-80, -50]);
});

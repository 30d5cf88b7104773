import { Kernel } from '../../lib';
import { raster } from '../../lib/plotting';
import { axesOf, count, drawingOf, marked, strokesOf } from './drawn';

const BLUE = '#0072b2';
const VERMILLION = '#d55e00';

test('a stroke for each spike, over node IDs', async () => {
  const svg = await drawingOf(raster({ times: [10, 20, 30, 90], senders: [3, 5, 3, 4] }));
  const [path] = strokesOf(svg, BLUE);
  expect(count(path!, /M[^L]*L/g)).toBe(4);
  expect(axesOf(svg)).toEqual([
    'X time (ms): linear, 10 to 90',
    'Y neuron (node ID): linear, 2 to 6',
  ]);
});

test('the events of a recorder, in populations: a path and a row for every neuron', async () => {
  const kernel = new Kernel();
  const E = kernel.Create('iaf_psc_exp', 60, { I_e: 500 });
  const I = kernel.Create('iaf_psc_exp', 40, { I_e: 700 });
  const silent = kernel.Create('iaf_psc_exp', 20);
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(E.concat(I).concat(silent), recorder);
  kernel.SimulateSync(200);
  const { events } = recorder;
  const figure = raster(events, {
    populations: { excitatory: E, inhibitory: I.ids, silent },
    window: { start: 0, stop: 200 },
  });
  const svg = await drawingOf(figure);
  const senders = Array.from(events.senders);
  const ofE = senders.filter((id) => E.ids.includes(id)).length;
  expect(count(strokesOf(svg, BLUE)[0]!, /M/g)).toBe(ofE);
  expect(count(strokesOf(svg, VERMILLION)[0]!, /M/g)).toBe(senders.length - ofE);
  expect(axesOf(svg)).toEqual([
    'X time (ms): linear, 0 to 200',
    'Y 120 neurons: linear, −1 to 120',
  ]);
  for (const name of ['excitatory', 'inhibitory', 'silent'])
    expect(svg).toContain(`>${name}</text>`);
  // Bands lie upwards in the order of the populations: y falls.
  const rowsOf = (name: string) =>
    marked(figure, 'line')[0]!.rows.filter((row) => row.name === name && row.y !== null);
  expect(Math.max(...rowsOf('excitatory').map(({ y }) => Number(y)))).toBe(59);
  expect(Math.min(...rowsOf('inhibitory').map(({ y }) => Number(y)))).toBe(60);
  expect(figure.spec.description).toBe(
    `Spike raster: ${senders.length} spikes of 100 neurons, 0 to 200 ms.`,
  );
  kernel.dispose();
});

test('rows of less than four px have dots: points of a path with round ends', async () => {
  const senders = Array.from({ length: 200 }, (_, i) => i + 1);
  const svg = await drawingOf(raster({ times: senders.map((id) => id / 2), senders }));
  expect(count(svg, /stroke-linecap="round"/g)).toBe(1);
  expect(count(strokesOf(svg, BLUE)[0]!, /M[\d.]+,[\d.]+Z/g)).toBe(200);
});

test('few rows are numbered one by one', async () => {
  const svg = await drawingOf(raster({ times: [1, 2], senders: [4, 6] }));
  const numbers = Array.from(svg.matchAll(/text-anchor="end"[^>]*>(\d+)</g), ([, id]) => id);
  expect(numbers).toEqual(['4', '5', '6']);
});

test('a window holds what is after its start, up to its stop', () => {
  const figure = raster(
    { times: [1, 2, 3, 4], senders: [1, 1, 1, 1] },
    { window: { start: 1, stop: 3 } },
  );
  const [line] = marked(figure, 'line');
  expect(new Set(line!.rows.map(({ x }) => x))).toEqual(new Set([2, 3]));
  expect(line!.encoding.x!.scale!.domain).toEqual([1, 3]);
});

test('no spikes give axes', async () => {
  const none = await drawingOf(raster({ times: [], senders: [] }));
  expect(axesOf(none)).toEqual([
    'X time (ms): linear, 0 to 1',
    'Y neuron (node ID): linear, −1 to 2',
  ]);
  const populations = { nobody: [], E: [1, 2] };
  const named = await drawingOf(raster({ times: [], senders: [] }, { populations }));
  expect(axesOf(named)[1]).toBe('Y 2 neurons: linear, −1 to 2');
});

describe('a million spikes', () => {
  const length = 1e6;
  const neurons = 1000;
  const events = {
    times: Float64Array.from({ length }, (_, i) => i / 100),
    senders: Uint32Array.from({ length }, (_, i) => 1 + ((i * 7919) % neurons)),
  };

  test('are thinned to what is asked for, and the figure says so', async () => {
    const populations = {
      most: Array.from({ length: 990 }, (_, i) => i + 1),
      few: Array.from({ length: 10 }, (_, i) => i + 991),
    };
    const figure = raster(events, { populations, maxSpikes: 20_000 });
    const [line] = marked(figure, 'line');
    const drawn = line!.rows.filter(({ y }) => y !== null);
    expect(drawn.length).toBeLessThanOrEqual(20_000);
    expect(drawn.length).toBeGreaterThan(15_000);
    // The first of a small population stays.
    expect(drawn.some(({ name }) => name === 'few')).toBe(true);
    const svg = await drawingOf(figure);
    const said = /One of \d+ neurons is shown\./.exec(svg)![0];
    expect(figure.spec.description).toContain(said);
    expect(figure.spec.description).toContain('1000000 spikes of 1000 neurons');
    expect(svg.length).toBeLessThan(2 ** 20);
  });

  test('keep every so manieth neuron that fired, whatever the IDs', () => {
    const ids = [7, 8, 100, 4_000_000_000];
    const senders = Uint32Array.from({ length: 4000 }, (_, i) => ids[i % 4]!);
    const times = Float64Array.from(senders, (_, i) => i);
    const [line] = marked(raster({ times, senders }, { maxSpikes: 2000 }), 'line');
    const rows = line!.rows.flatMap(({ y }) => (y === null ? [] : [y]));
    expect(new Set(rows)).toEqual(new Set([7, 100]));
    expect(rows).toHaveLength(2000);
  });

  test('in any order are the same as in theirs', () => {
    const drawn = (order: number[]) =>
      marked(
        raster(
          {
            times: order.map((i) => events.times[i]!),
            senders: order.map((i) => events.senders[i]!),
          },
          { maxSpikes: 500, window: { start: 0, stop: 100 } },
        ),
        'line',
      )[0]!.rows;
    const ascending = Array.from({ length: 5000 }, (_, i) => i);
    expect(drawn(ascending.toReversed())).toEqual(drawn(ascending));
  });

  test('of one neuron are its columns', () => {
    const one = { times: events.times, senders: new Uint32Array(length).fill(1) };
    const [line] = marked(raster(one, { maxSpikes: 5000 }), 'line');
    // Two columns for each of 640 px; two ends and a gap for each stroke.
    expect(line!.rows.length).toBe(3 * 2 * 640 + 3);
  });
});

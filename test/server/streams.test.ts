import fc from 'fast-check';
import { BadParameterValue, TegmentaError, TypeMismatch } from '../../lib';
import { Streams } from '../../lib/server';
import { FakeViewer, type DecodedFrame } from './fake-viewer';

const spikesOf = (window = 1000) => {
  const streams = new Streams();
  return { streams, spikes: streams.spikes('s', { label: 'S', rows: 20, window }) };
};

describe('a viewer', () => {
  test('is told of the streams first, and again when there are more', () => {
    const streams = new Streams();
    streams.scalar('reward', { label: 'Reward' });
    const viewer = new FakeViewer(streams);
    expect(viewer.messages()).toEqual([
      {
        ...{ type: 'streams', title: 'title', description: '' },
        streams: [
          {
            ...{ kind: 'scalar', id: 0, name: 'reward', label: 'Reward', unit: '' },
            ...{ chart: 'Reward', xLabel: 'time (ms)' },
          },
        ],
      },
    ]);
    expect(viewer.messages()).toEqual([]);
    const pause = { kind: 'toggle', label: 'Pause', initial: true, shortcut: ' ' } as const;
    streams.control('pause', pause);
    const [list, value] = viewer.messages();
    expect(list).toMatchObject({
      streams: [
        { id: 0 },
        { id: 1, kind: 'control', control: 'toggle', label: 'Pause', shortcut: ' ' },
      ],
    });
    expect(value).toEqual({ type: 'value', id: 1, value: true });
  });

  test('that reads nothing gets no more than one frame beyond the limit', () => {
    const streams = new Streams();
    const matrix = streams.matrix('m', { label: 'M', rows: 100, columns: 100 });
    const spikes = streams.spikes('s', { label: 'S', rows: 20, window: 1000 });
    const game = streams.value('game', { label: 'Game' });
    const viewer = new FakeViewer(streams);
    viewer.reads = false;
    const values = new Float64Array(1e4);
    for (let i = 0; i < 2000; i++) {
      matrix.publish(values);
      spikes.publish(Float64Array.of(i, i, i), [1, 2, 3]);
      game.publish({ i });
      viewer.flush();
    }
    expect(viewer.bufferedAmount).toBeLessThan(65_536 + 32 + 4e4);
    expect(viewer.sent.length).toBeLessThan(10);
    viewer.sent.length = viewer.bufferedAmount = 0;
    viewer.reads = true;
    const frames = viewer.frames();
    expect(frames.map(({ kind }) => kind).sort()).toEqual(['matrix', 'spikes']);
    expect(viewer.flush()).toBe(true);
  });

  test('that is slow gets all streams in turn, not the first one over and over', () => {
    const streams = new Streams();
    const large = ['a', 'b', 'c'].map((name) =>
      streams.matrix(name, { label: name, rows: 200, columns: 200 }),
    );
    const viewer = new FakeViewer(streams);
    viewer.reads = false;
    const ids: number[] = [];
    for (let i = 0; i < 6; i++) {
      for (const matrix of large) matrix.publish(new Float64Array(4e4));
      viewer.bufferedAmount = 0;
      ids.push(...viewer.frames().map(({ id }) => id));
    }
    expect(ids).toEqual([0, 1, 2, 0, 1, 2]);
  });
});

describe('spikes', () => {
  test('arrive with their times, late in a simulation, too', () => {
    const { streams, spikes } = spikesOf();
    const viewer = new FakeViewer(streams);
    viewer.flush();
    spikes.publish(Float64Array.of(1e9 + 0.1, 1e9 + 0.25), [3, 19], 1e9 + 200);
    const [frame] = viewer.frames();
    expect(frame).toMatchObject({ kind: 'spikes', id: 0, count: 2, index: 0, rest: [3, 19] });
    expect(frame!.now).toBe(1e9 + 200);
    expect(frame!.first[0]).toBe(1e9 + 0.1);
    expect(frame!.first[1]! - 1e9).toBeCloseTo(0.25, 5);
    expect(viewer.frames()).toEqual([]);
  });

  test('of the window, no older ones, await a new viewer', () => {
    const { streams, spikes } = spikesOf(100);
    spikes.publish([10, 50, 120, 180], [0, 1, 2, 3], 200);
    expect(new FakeViewer(streams).frames()[0]).toMatchObject({ first: [120, 180], rest: [2, 3] });
    spikes.publish([], [], 250);
    expect(new FakeViewer(streams).frames()[0]).toMatchObject({ first: [180], now: 250 });
  });

  test('are dropped and counted when there are too many, the oldest first', () => {
    const { streams, spikes } = spikesOf(1e9);
    const viewer = new FakeViewer(streams);
    viewer.flush();
    const batch = Float64Array.from({ length: 1000 }, (_, i) => i);
    const rows = batch.map((i) => i % 20);
    for (let k = 0; k < 100; k++) {
      spikes.publish(
        batch.map((i) => 1000 * k + i),
        rows,
      );
    }
    const [frame] = viewer.frames();
    expect(frame).toMatchObject({ count: 32_768, index: 100_000 - 32_768 });
    expect(frame!.first[0]).toBe(100_000 - 32_768);
    expect(frame!.first.at(-1)).toBe(99_999);
    expect(frame!.rest.at(-1)).toBe(19);
    const many = Float64Array.from({ length: 40_000 }, (_, i) => 1e5 + i);
    spikes.publish(many, new Uint16Array(40_000));
    expect(viewer.frames()[0]).toMatchObject({ count: 32_768, index: 40_000 - 32_768 });
  });

  test('begin anew where time does', () => {
    const { streams, spikes } = spikesOf();
    const viewer = new FakeViewer(streams);
    spikes.publish([10, 20], [1, 2], 200);
    viewer.flush();
    spikes.publish([30], [3], 400);
    spikes.publish([5], [4], 100);
    viewer.sent.length = 0;
    expect(viewer.frames()).toMatchObject([{ anew: true, first: [5], rest: [4], now: 100 }]);
    spikes.publish([110], [5], 200);
    expect(viewer.frames()).toMatchObject([{ anew: false, first: [110] }]);
    expect(new FakeViewer(streams).frames()).toMatchObject([{ first: [5, 110] }]);
  });

  test.each([
    ['a row too large', [1], [20], 'rows[0]', 'a whole number from 0 to 19'],
    ['a negative row', [1, 2], [0, -1], 'rows[1]', 'a whole number from 0 to 19'],
    ['a row that is none', [1], [0.5], 'rows[0]', 'a whole number from 0 to 19'],
    ['a time that is none', [1, NaN], [1, 1], 'times[1]', 'a finite number'],
  ])('are refused for %s, and nothing is published', (_, times, rows, parameter, allowed) => {
    const { streams, spikes } = spikesOf();
    const viewer = new FakeViewer(streams);
    viewer.flush();
    expect(refusalOf(() => spikes.publish(times, rows))).toMatchObject({ parameter, allowed });
    expect(viewer.frames()).toEqual([]);
  });

  test('need a row each', () => {
    const { spikes } = spikesOf();
    expect(() => {
      spikes.publish([1, 2], [1]);
    }).toThrow('spikes: rows must have 2 entries, got 1.');
  });
});

describe('matrices', () => {
  test('are replaced by later ones, and copied', () => {
    const streams = new Streams();
    const matrix = streams.matrix('m', { label: 'M', rows: 2, columns: 2, unit: 'pA' });
    const viewer = new FakeViewer(streams);
    expect(viewer.frames()).toEqual([]);
    const values = Float64Array.of(1, 2, 3, 4);
    matrix.publish([9, 9, 9, 9]);
    matrix.publish(values);
    values.fill(7);
    expect(viewer.frames()).toMatchObject([{ kind: 'matrix', first: [1, 2, 3, 4] }]);
    expect(viewer.frames()).toEqual([]);
    expect(new FakeViewer(streams).frames()).toMatchObject([{ first: [1, 2, 3, 4] }]);
    matrix.publish([NaN, Infinity, 0, -1]);
    expect(viewer.frames()[0]!.first).toEqual([NaN, Infinity, 0, -1]);
  });

  test('are made into a frame once for all viewers, which later ones leave alone', () => {
    const streams = new Streams();
    const matrix = streams.matrix('m', { label: 'M', rows: 1, columns: 1 });
    const viewers = [new FakeViewer(streams), new FakeViewer(streams)];
    matrix.publish([1]);
    for (const viewer of viewers) viewer.flush();
    const [first, second] = viewers.map(({ sent }) => sent[1] as Uint8Array);
    expect(first).toBe(second);
    const before = first!.slice();
    matrix.publish([2]);
    viewers[0]!.flush();
    expect(first).toEqual(before);
  });

  test('of another size are refused', () => {
    const matrix = new Streams().matrix('m', { label: 'M', rows: 2, columns: 3 });
    expect(() => {
      matrix.publish(new Float64Array(5));
    }).toThrow('matrix: values must have 6 entries, got 5.');
  });
});

describe('scalars', () => {
  /** What a page holds after some frames. */
  const applied = (points: [number, number][], frames: readonly DecodedFrame[]) => {
    for (const { index, first, rest } of frames) {
      points.length = Math.min(points.length, index);
      points.push(...first.map((x, i): [number, number] => [x, rest[i]!]));
    }
    return points;
  };

  test('keep a history of any length in the same memory, as means of neighbours', () => {
    const streams = new Streams();
    const scalar = streams.scalar('reward', { label: 'Reward' });
    for (let i = 0; i < 1e5; i++) scalar.publish(i, i % 2);
    const [{ first: x, rest: y }] = new FakeViewer(streams).frames() as [DecodedFrame];
    expect(x.length).toBeGreaterThan(1024);
    expect(x.length).toBeLessThanOrEqual(2048);
    expect(x[0]).toBe(31.5); // 64 publications a point
    expect(x.at(-1)).toBeGreaterThan(99_936);
    expect(y.slice(0, -1).every((value) => value === 0.5)).toBe(true);
  });

  test('show the same to those who watched and those who come late', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1500 }), { maxLength: 12 }), (parts) => {
        const streams = new Streams();
        const scalar = streams.scalar('reward', { label: 'Reward' });
        const watching = new FakeViewer(streams);
        const held: [number, number][] = [];
        let x = 0;
        for (const part of parts) {
          for (let i = 0; i < part; i++, x++) scalar.publish(x, x * 0.5);
          applied(held, watching.frames());
        }
        const late = applied([], new FakeViewer(streams).frames());
        expect(held.length).toBe(late.length);
        expect(held.map(([, y]) => y)).toEqual(late.map(([, y]) => y));
        const off = held.map(([hx], i) => Math.abs(hx - late[i]![0]));
        expect(Math.max(0, ...off)).toBeLessThan(0.01);
      }),
      { numRuns: 30 },
    );
  });

  test('have gaps where they are no numbers, and only there', () => {
    const streams = new Streams();
    const scalar = streams.scalar('reward', { label: 'Reward' });
    for (const [x, y] of [1, NaN, Infinity, 4].entries()) scalar.publish(x, y);
    expect(new FakeViewer(streams).frames()[0]!.rest).toEqual([1, NaN, NaN, 4]);
    for (let i = 4; i < 2049; i++) scalar.publish(i, 1);
    expect(new FakeViewer(streams).frames()[0]!.rest.slice(0, 3)).toEqual([1, 4, 1]);
  });

  test('refuse abscissae that are no numbers', () => {
    const scalar = new Streams().scalar('reward', { label: 'Reward' });
    expect(refusalOf(() => scalar.publish(NaN, 1))).toMatchObject({ parameter: 'x' });
    expect(() => {
      scalar.publish(1, '2' as unknown as number);
    }).toThrow(TypeMismatch);
  });
});

test('traces bring the values of all lines at each time', () => {
  const streams = new Streams();
  const trace = streams.trace('v', {
    ...{ label: 'V', unit: 'mV', window: 100, lines: ['a', 'b'] },
  });
  const viewer = new FakeViewer(streams);
  viewer.flush();
  trace.publish([1, 2], [-70, -60, -69.5, NaN]);
  expect(viewer.frames()).toMatchObject([
    { kind: 'trace', first: [1, 2], rest: [-70, -60, -69.5, NaN], now: 2 },
  ]);
  for (let i = 0; i < 1e4; i++) trace.publish([3 + i], [0, 1]);
  expect(viewer.frames()).toMatchObject([{ count: 8192, index: 1e4 - 8192 }]);
  expect(() => {
    trace.publish([1, 2], [1, 2]);
  }).toThrow('trace: values must have 4 entries, got 2.');
});

describe('values', () => {
  test('are told as they were when they were published, the latest only', () => {
    const streams = new Streams();
    const game = streams.value<{ score: number[] }>('game', { label: 'Game', view: 'pong' });
    const viewer = new FakeViewer(streams);
    const state = { score: [0, 0] };
    game.publish(state);
    state.score[0] = 5;
    expect(viewer.values()).toEqual(new Map([[0, { score: [0, 0] }]]));
    game.publish({ score: [1, 0] });
    game.publish({ score: [1, 1] });
    expect(viewer.messages()).toEqual([{ type: 'value', id: 0, value: { score: [1, 1] } }]);
  });

  test.each([
    ['a function', () => 1],
    ['undefined', undefined],
    ['a big integer', 1n],
  ])('cannot be %s', (_, value) => {
    const game = new Streams().value('game', { label: 'Game' });
    expect(() => {
      game.publish(value);
    }).toThrow('value: value must be a value that JSON can say');
  });
});

describe('controls', () => {
  const controls = () => {
    const streams = new Streams();
    const pause = streams.control('pause', { kind: 'toggle', label: 'Pause', initial: false });
    const speed = streams.control('speed', {
      ...{ kind: 'range', label: 'Speed', initial: 5, min: 1, max: 10, unit: 'x' },
    });
    const mode = streams.control('mode', {
      ...{ kind: 'choice', label: 'Mode', initial: 'a', choices: ['a', 'b'] },
    });
    return { streams, pause, speed, mode };
  };
  const asked = (name: string, value: unknown) => JSON.stringify({ type: 'control', name, value });

  test('bring a change by a viewer to the simulation and to all viewers', async () => {
    const { streams, pause, speed, mode } = controls();
    const viewers = [new FakeViewer(streams), new FakeViewer(streams)];
    for (const viewer of viewers) viewer.messages();
    const changed = Promise.all([pause.changed(), pause.changed(), speed.changed()]);
    viewers[0]!.receive(asked('pause', true));
    viewers[0]!.receive(asked('speed', 2.5));
    viewers[1]!.receive(asked('mode', 'b'));
    await changed;
    expect([pause.value, speed.value, mode.value]).toEqual([true, 2.5, 'b']);
    for (const viewer of viewers) {
      expect([...viewer.values().values()]).toEqual([true, 2.5, 'b']);
    }
  });

  test('are waited for until a signal or a time at the latest, and then no longer', async () => {
    const { pause, speed } = controls();
    const abort = new AbortController();
    const both = Promise.all([
      pause.changed({ signal: abort.signal }),
      speed.changed({ timeout: 1 }),
    ]);
    abort.abort();
    await both;
    await pause.changed({ signal: abort.signal }); // aborted already
    let woken = false;
    const later = speed.changed({ signal: new AbortController().signal, timeout: 1e9 });
    void later.then(() => (woken = true));
    pause.value = true;
    await new Promise(setImmediate);
    expect(woken).toBe(false);
    speed.value = 7; // also clears the timer, which would keep the process
    await later;
  });

  test('bring a change by the simulation to viewers; one that is none wakes nobody', async () => {
    const { streams, pause } = controls();
    const viewer = new FakeViewer(streams);
    viewer.messages();
    let woken = 0;
    const changed = pause.changed().then(() => woken++);
    pause.value = false;
    await new Promise(setImmediate);
    expect(woken).toBe(0);
    expect(viewer.messages()).toEqual([]);
    pause.value = true;
    await changed;
    expect(viewer.values()).toEqual(new Map([[0, true]]));
    expect(() => {
      pause.value = 1 as unknown as boolean;
    }).toThrow('control: value must be true or false, got 1.');
  });

  test.each<[string, string | undefined, RegExp]>([
    ['no JSON', '{', /JSON/],
    ['null', 'null', /type of a message must be 'control'/],
    ['a number', '5', /type of a message must be 'control'/],
    ['another type', '{"type":"value"}', /type of a message must be 'control'/],
    ['bytes', undefined, /must be text/],
    ['a novel', JSON.stringify('x'.repeat(2000)), /at most 1024 characters/],
    ['an unknown name', asked('paus', true), /no control of that name/],
    ['a name of Object', asked('__proto__', true), /no control of that name/],
    ['no name', '{"type":"control","value":true}', /no control of that name/],
    ['a toggle that is no boolean', asked('pause', 'yes'), /value must be true or false/],
    ['no value', '{"type":"control","name":"pause"}', /value must be true or false/],
    ['a number out of range', asked('speed', 11), /value must be a number from 1 to 10, got 11/],
    ['a number that is none', asked('speed', null), /value must be a number/],
    ['a word that is no choice', asked('mode', 'c'), /value must be a, b, got "c"/],
  ])('answer %s with an error, and change nothing', (_, message, text) => {
    const { streams, pause, speed, mode } = controls();
    const viewer = new FakeViewer(streams);
    viewer.messages();
    viewer.receive(message);
    expect(viewer.messages()).toEqual([
      { type: 'error', message: expect.stringMatching(text) as string },
    ]);
    expect([pause.value, speed.value, mode.value]).toEqual([false, 5, 'a']);
  });

  test('answer nothing to one who sends nonsense and does not read', () => {
    const { streams } = controls();
    const viewer = new FakeViewer(streams);
    viewer.reads = false;
    for (let i = 0; i < 10_000; i++) viewer.receive('nonsense');
    expect(viewer.bufferedAmount).toBeLessThan(65_536 + 1024);
  });

  test('refuse nonsense of any kind without throwing', () => {
    const { streams, pause } = controls();
    const viewer = new FakeViewer(streams);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (message) => {
        viewer.receive(message);
        expect(pause.value).toBe(false);
      }),
    );
  });
});

test('a stream knows whether anyone looks, and tells whoever serves it of news', () => {
  const streams = new Streams();
  const scalar = streams.scalar('x', { label: 'X' });
  expect(scalar.watched).toBe(false);
  let news = 0;
  const unwatch = streams.watch(() => news++);
  expect(scalar.watched).toBe(true);
  scalar.publish(1, 1);
  expect(news).toBe(1);
  unwatch();
  scalar.publish(2, 2);
  expect([news, scalar.watched]).toEqual([1, false]);
});

const label = 'L';
type Declare = (streams: Streams) => unknown;
test.each<[string, Declare, object]>([
  ['a name taken', (s) => s.value('taken', { label }), { parameter: 'name' }],
  ['an empty name', (s) => s.value('', { label }), { parameter: 'name' }],
  ['a long name', (s) => s.value('x'.repeat(101), { label }), { parameter: 'name' }],
  ['no rows', (s) => s.spikes('s', { label, rows: 0, window: 1 }), { parameter: 'rows' }],
  [
    'rows beyond 16 bits',
    (s) => s.spikes('s', { label, rows: 65_537, window: 1 }),
    { parameter: 'rows', allowed: 'a whole number from 1 to 65536' },
  ],
  ['no window', (s) => s.spikes('s', { label, rows: 1, window: 0 }), { parameter: 'window' }],
  [
    'a matrix too large to show',
    (s) => s.matrix('m', { label, rows: 4096, columns: 4096 }),
    { parameter: 'rows' },
  ],
  ['a range turned round', (s) => s.scalar('x', { label, range: [1, 0] }), { parameter: 'range' }],
  [
    'an unknown colour',
    (s) => s.scalar('x', { label, color: 'red' as 'blue' }),
    { parameter: 'color', value: 'red', allowed: 'blue, orange, green, purple, grey' },
  ],
  ['too many lines', (s) => s.trace('t', { label, window: 1, lines: Array(17).fill('x') }), {}],
  [
    'a control of no kind',
    (s) => s.control('c', { kind: 'dial', label, initial: 1 } as never),
    { parameter: 'kind', allowed: 'toggle, range, choice' },
  ],
  [
    'an initial value out of range',
    (s) => s.control('c', { kind: 'range', label, initial: 3, min: 0, max: 2 }),
    { parameter: 'initial', value: 3, allowed: 'a number from 0 to 2' },
  ],
  [
    'a logarithm of 0',
    (s) => s.control('c', { kind: 'range', label, initial: 1, min: 0, max: 2, scale: 'log' }),
    { parameter: 'min' },
  ],
  [
    'no choice',
    (s) => s.control('c', { kind: 'choice', label, initial: 'a', choices: [] }),
    { parameter: 'choices' },
  ],
])('a stream is refused for %s', (_, declare, fields) => {
  const streams = new Streams();
  streams.value('taken', { label });
  expect(refusalOf(() => declare(streams))).toMatchObject(fields);
  expect(streams.size).toBe(1);
});

test('a misspelt option is named, with the one that was meant', () => {
  const misspelt = { label, row: 1, window: 1 } as never;
  expect(() => new Streams().spikes('s', misspelt)).toThrow(
    "spikes has no option 'row'; did you mean 'rows'?",
  );
  expect(() => new Streams().value('v', {} as never)).toThrow(
    'value: label must be a text, got undefined.',
  );
  expect(() => new Streams().value('v', undefined as never)).toThrow(TegmentaError);
});

/** The BadParameterValue that a call throws. */
function refusalOf(call: () => unknown): BadParameterValue {
  try {
    call();
  } catch (error) {
    if (error instanceof BadParameterValue) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

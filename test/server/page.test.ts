import { serve, Streams, type Served } from '../../lib/server';
import { Browser, chromium, type Look, type Page } from './browser';
import { FakeSimulation } from './fake-simulation';

// The page in a browser. It is the one in dist/, which `npm run build` makes.

const looks: readonly Look[] = [
  { width: 1280, height: 800, scheme: 'light' },
  { width: 1280, height: 800, scheme: 'dark', ratio: 1 },
  { width: 390, height: 844, scheme: 'light', ratio: 3 },
  { width: 390, height: 844, scheme: 'dark' },
];

if (chromium === undefined) process.stderr.write('No browser: the page is not opened in one.\n');
// What finds no browser here is not tested here; .ci/run installs one.
const programs = chromium === undefined ? [] : [chromium];
if (programs.length > 0) {
  describe.each(programs)('the page in %s', (program) => {
    let browser: Browser;
    let simulation: FakeSimulation;
    let server: Served;
    let page: Page;

    beforeAll(async () => {
      browser = await Browser.start(program);
    }, 120_000);
    afterAll(() => browser.close());

    beforeEach(async () => {
      simulation = new FakeSimulation();
      simulation.advance(300);
      server = await serve(simulation.streams, { title: 'rn against dn+' });
    });
    afterEach(async () => {
      await page.close();
      await simulation.stop();
      await server.close();
    });

    const open = async (look: Look): Promise<void> => {
      page = await browser.open(server.url, look);
      await page.until(`/\\d : \\d/.test(document.querySelector('.score output')?.textContent)`);
    };
    const scoreIs = ([left, right]: readonly [number, number]): string =>
      `document.querySelector('.score output').textContent === '${left} : ${right}'`;
    const iterationIs = (iteration: number): string =>
      `document.querySelector('[data-view=pong] .reading').textContent === 'iteration ${iteration}'`;
    const pressed = (control: string): string =>
      `document.querySelector('button[data-control=${control}]').getAttribute('aria-pressed')`;

    test.each(looks)(
      'plays, pauses and toggles noise at $width pixels, $scheme',
      async (look) => {
        await open(look);
        expect(await page.text('h1')).toBe('rn against dn+');
        expect(await page.text('#connection')).toBe('Live');
        simulation.start();
        const begin = simulation.iteration;
        await page.until(
          `Number(document.querySelector('[data-view=pong] .reading').textContent.slice(10)) > ${begin}`,
        );

        await page.press(' ');
        await page.until(`${pressed('pause')} === 'true'`);
        expect(simulation.pause.value).toBe(true);
        await page.until(iterationIs(simulation.iteration));
        simulation.score[1] = 12;
        simulation.advance(1);
        await page.until(scoreIs(simulation.score));
        await page.until(iterationIs(simulation.iteration));

        await page.click('button[data-control=noise]');
        await page.until(`${pressed('noise')} === 'false'`);
        expect(simulation.noise.value).toBe(false);
        await page.press('n');
        await page.until(`${pressed('noise')} === 'true'`);
        expect(simulation.noise.value).toBe(true);

        const paused = simulation.iteration;
        await page.press(' ');
        await page.until(`${pressed('pause')} === 'false'`);
        await page.until(
          `Number(document.querySelector('[data-view=pong] .reading').textContent.slice(10)) > ${paused}`,
        );
        await expectPainted(page, look);
        await expectFit(page, look);
        expect(page.complaints).toEqual([]);
        const elsewhere = page.requests.filter(
          (address) => new URL(address).host !== new URL(server.url).host,
        );
        expect(elsewhere).toEqual([]);
      },
      120_000,
    );

    test('can be worked by keyboard, and is named for screen readers', async () => {
      await open(looks[0]!);
      const order = await page.evaluate<string[]>(
        `[...document.querySelectorAll('button, input, select')].map((e) => e.dataset.control)`,
      );
      expect(order).toEqual(['pause', 'noise', 'speed', 'threads']);
      const { value } = simulation.speed;
      await page.evaluate(`document.querySelector('input[data-control=speed]').focus()`);
      const changed = simulation.speed.changed();
      await page.call('Input.dispatchKeyEvent', {
        ...{ type: 'keyDown', key: 'ArrowRight', code: 'ArrowRight', windowsVirtualKeyCode: 39 },
      });
      await changed;
      expect(simulation.speed.value).toBeGreaterThan(value);
      await page.press(' '); // the slider has the keyboard: no pause
      simulation.threads.value = 'bold';
      await page.until(`document.querySelector('select').value === 'bold'`);
      expect(simulation.pause.value).toBe(false);
      const { nodes } = (await page.call('Accessibility.getFullAXTree')) as {
        nodes: { role?: { value: string }; name?: { value: string } }[];
      };
      const named = nodes.map(({ role, name }) => `${role?.value}: ${name?.value}`);
      expect(named).toEqual(
        expect.arrayContaining([
          ...['button: Pause', 'button: Noise', 'slider: Speed', 'combobox: Colours'].map(
            (name) => expect.stringContaining(name) as string,
          ),
          ...['heading: rn against dn+', 'heading: Game', 'status: Score', 'main: '],
          ...['image: Field of the game: Game', 'image: Raster of spikes: Motor neurons of rn'],
          ...['image: Matrix, 20 by 20: Weights of rn', 'image: Chart: Membrane potentials of rn'],
        ]),
      );
      expect(page.complaints).toEqual([]);
    }, 120_000);

    test('comes back by itself when the server does', async () => {
      await open(looks[0]!);
      expect(page.complaints).toEqual([]);
      const port = Number(new URL(server.url).port);
      await server.close();
      await page.until(`document.body.dataset.connection === 'ended'`);
      expect(await page.text('#connection')).toBe('The simulation has ended');
      expect(await page.evaluate(`document.querySelector('[data-control]').disabled`)).toBe(true);
      simulation.score[0] = 7;
      simulation.advance(1);
      server = await serve(simulation.streams, { port, title: 'back again' });
      await page.until(`document.body.dataset.connection === 'live'`);
      await page.until(scoreIs(simulation.score));
      await page.until(`document.title === 'back again'`);
      expect(await page.evaluate(`document.querySelector('[data-control]').disabled`)).toBe(false);
      expect(await page.evaluate(`document.querySelectorAll('figure').length`)).toBe(8);
      await page.press('n');
      await page.until(`${pressed('noise')} === 'false'`);
      const others = page.complaints.filter((text) => !text.includes('ERR_CONNECTION_REFUSED'));
      expect(others).toEqual([]);
    }, 120_000);

    test('shows another simulation when one has taken the place of the first', async () => {
      await open(looks[0]!);
      const port = Number(new URL(server.url).port);
      await server.close();
      const streams = new Streams();
      streams.value('state', { label: 'Another' }).publish({ greeting: 'hello' });
      server = await serve(streams, { port });
      await page.until(`document.querySelector('dd')?.textContent === 'hello'`);
      expect(await page.evaluate(`document.querySelectorAll('figure').length`)).toBe(1);
      expect(await page.evaluate(`document.querySelector('#controls').hidden`)).toBe(true);
      streams.scalar('later', { label: 'Later' }).publish(1, 0.25);
      await page.until(`document.querySelector('.legend output')?.textContent === '0.250'`);
    }, 120_000);

    test('draws again when the scheme changes, in colours that stand out', async () => {
      await open(looks[0]!);
      for (const scheme of ['dark', 'light'] as const) {
        await page.emulate(scheme);
        const contrast = await page.evaluate<Record<string, number>>(contrasts);
        for (const name of ['blue', 'orange', 'green', 'purple', 'accent']) {
          expect([name, contrast[name]! >= 3]).toEqual([name, true]);
        }
        for (const name of ['ink', 'soft', 'warn']) {
          expect([name, contrast[name]! >= 4.5]).toEqual([name, true]);
        }
        const ball = scheme === 'dark' ? 'luma > 200' : 'luma < 60';
        await page.until(`(() => {
          const canvas = document.querySelector('[data-view=pong] canvas');
          const { data } = (${read})(canvas);
          for (let i = 0; i < data.length; i += 4) {
            const luma = (data[i] + data[i + 1] + data[i + 2]) / 3;
            if (data[i + 3] === 255 && ${ball}) return true;
          }
        })()`);
      }
    }, 120_000);

    test('labels axes at round numbers', async () => {
      await open(looks[0]!);
      const scale = (expression: string) =>
        page.evaluate(`import('/scale.mjs').then((scale) => scale.${expression})`);
      expect(await scale('ticksOf(0, 1, 5)')).toEqual({
        values: [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1],
        digits: 1,
      });
      expect(await scale('ticksOf(-3, 19, 4)')).toEqual({ values: [0, 10], digits: 0 });
      expect(await scale('ticksOf(713000, 715000, 4)')).toMatchObject({
        values: [713_000, 713_500, 714_000, 714_500, 715_000],
      });
      expect(await scale('niceRange(1260, 1639)')).toEqual([1200, 1700]);
      expect(await scale('niceRange(-0.4, 0.9)')).toEqual([-0.5, 1]);
      expect(await scale('niceRange(5, 5)')).toEqual([4.5, 5.5]);
      expect(await scale('niceRange(Infinity, -Infinity)')).toEqual([0, 1]);
      expect(await scale('tickText(-0.6000000000000001, 1)')).toBe('−0.6');
      expect(await scale('tickText(-1e-17, 1)')).toBe('0.0');
      expect(await scale('tickText(12500, 0)')).toBe('12\u202f500');
      expect(await scale('numberText(0.000012)')).toBe('1.20e−5');
      expect(await scale('numberText(NaN)')).toBe('–');
    }, 120_000);
  });
}

/** Every canvas has the pixels that the screen has, and something on it. */
/** Pixels of a canvas, read from a copy: Chromium complains of many reads of one that is drawn on. */
const read = `(canvas) => {
  const copy = Object.assign(document.createElement('canvas'), {
    width: canvas.width,
    height: canvas.height,
  });
  const context = copy.getContext('2d', { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  return context.getImageData(0, 0, copy.width, copy.height);
}`;

async function expectPainted(page: Page, { ratio = 2 }: Look): Promise<void> {
  const selectors = await page.evaluate<string[]>(
    `[...document.querySelectorAll('figure')].filter((f) => f.querySelector('canvas')).map((f) => f.dataset.stream)`,
  );
  expect(selectors).toHaveLength(7);
  for (const stream of selectors) {
    const canvas = `document.querySelector('[data-stream="${stream}"] canvas')`;
    await page.evaluate(`${canvas}.scrollIntoView({ block: 'center' })`);
    // More than one colour, apart from the axes'.
    await page.until(`(() => {
      const canvas = ${canvas};
      const { data } = (${read})(canvas);
      const colors = new Set();
      const pixels = new Uint32Array(data.buffer);
      for (const pixel of pixels) if (pixel >>> 24 === 255) colors.add(pixel);
      return colors.size > 3;
    })()`);
    const [pixels, points] = await page.evaluate<[number, number]>(
      `[${canvas}.width, ${canvas}.clientWidth]`,
    );
    expect(Math.abs(pixels - ratio * points)).toBeLessThanOrEqual(1);
  }
}

/** Nothing is wider than the screen. */
async function expectFit(page: Page, { width }: Look): Promise<void> {
  const widths = await page.evaluate<{ page: number; widest: number }>(`({
    page: document.documentElement.scrollWidth,
    widest: Math.max(...[...document.querySelectorAll('body *')]
      .map((element) => element.getBoundingClientRect().right)),
  })`);
  expect(widths.page).toBeLessThanOrEqual(width);
  expect(widths.widest).toBeLessThanOrEqual(width);
}

/** Contrast of the colours of the page with its paper, as WCAG 2 defines it. */
const contrasts = `(() => {
  const style = getComputedStyle(document.documentElement);
  const luminance = (name) => {
    const hex = style.getPropertyValue('--' + name).trim();
    const [r, g, b] = [1, 3, 5].map((at) => {
      const c = parseInt(hex.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = luminance('paper');
  const names = ['blue', 'orange', 'green', 'purple', 'accent', 'ink', 'soft', 'warn'];
  return Object.fromEntries(names.map((name) => {
    const [low, high] = [luminance(name), paper].sort((a, b) => a - b);
    return [name, (high + 0.05) / (low + 0.05)];
  }));
})()`;

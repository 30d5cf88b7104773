// Specifications need nothing that is not there.
import { raster } from '../../lib/plotting';

function mockAbsence(name: string): never {
  const error = new Error(`Cannot find module '${name}'`);
  throw Object.assign(error, { code: 'MODULE_NOT_FOUND' });
}
jest.mock('vega', () => mockAbsence('vega'));
jest.mock('@resvg/resvg-js', () => mockAbsence('@resvg/resvg-js'), { virtual: true });

test('drawing without its packages is refused by what to install, all at once', async () => {
  const figure = raster({ times: [1], senders: [1] });
  expect(JSON.stringify(figure.spec)).toContain('"mark"');
  const errorOf = (drawn: Promise<unknown>): Promise<unknown> =>
    drawn.catch((error: unknown) => error);
  for (const drawn of [figure.svg(), figure.html()]) {
    expect(await errorOf(drawn)).toMatchObject({
      name: 'MissingPackage',
      packages: ['vega', 'vega-lite'],
      command: 'npm install vega vega-lite',
    });
  }
  expect(await errorOf(figure.png())).toMatchObject({
    name: 'MissingPackage',
    packages: ['vega', 'vega-lite', '@resvg/resvg-js'],
    command: 'npm install vega vega-lite @resvg/resvg-js',
  });
});

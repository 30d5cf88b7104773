// Specifications need nothing that is not there.
import { raster } from '../../lib/plotting';

jest.mock('vega', () => {
  const error = new Error("Cannot find package 'vega' imported from here");
  throw Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' });
});

test('drawing without its packages is refused by what to install', async () => {
  const figure = raster({ times: [1], senders: [1] });
  expect(JSON.stringify(figure.spec)).toContain('"mark"');
  const missing = {
    name: 'MissingPackage',
    packages: ['vega', 'vega-lite'],
    command: 'npm install vega vega-lite',
  };
  for (const drawn of [figure.svg(), figure.html()]) {
    expect(await drawn.catch((error: unknown) => error)).toMatchObject(missing);
  }
});

import type * as Images from '@resvg/resvg-js';
import type { TopLevelSpec } from 'vega-lite';
import { BadParameterValue } from '../errors';
import { absent, missingPackages } from '../peers';
import { escapeMarkup, loadDrawing, missingDrawing, renderSvg, type Figure } from './render';

/** What figures are written as, by the ends of file names. */
export const figureFormats = {
  svg: 'drawings (SVG)',
  png: 'images (PNG)',
  html: 'one page that stands alone',
  json: 'Vega-Lite specifications',
} as const;

export type FigureFormat = keyof typeof figureFormats;

/** Pixels of an image for each of the drawing. */
export const PNG_SCALE = 2;

/** @throws MissingPackage naming all that is not installed, what draws included. */
function loadImages(caller: string): typeof Images.Resvg {
  const images = loadResvg();
  if (images !== undefined) return images.Resvg;
  throw missingPackages(caller, [...missingDrawing(), '@resvg/resvg-js']);
}

function loadResvg(): typeof Images | undefined {
  try {
    return require('@resvg/resvg-js') as typeof Images;
  } catch (error) {
    return absent('@resvg/resvg-js', error);
  }
}

/**
 * Finds beforehand whether figures can be written.
 * @throws MissingPackage naming what is not installed.
 */
export function checkFormat(format: FigureFormat, caller: string): void {
  if (format === 'png') loadImages(caller);
  if (format !== 'json') loadDrawing(caller);
}

/** The specification as text. */
export const renderJson = (spec: TopLevelSpec): string => `${JSON.stringify(spec, null, 2)}\n`;

/** Of an image, half a GiB: one for which there is no memory ends the process. */
const MOST_PIXELS = 2 ** 27;

/**
 * An image.
 * @param scale Its pixels for each of the drawing.
 * @throws MissingPackage naming what is not installed; BadParameterValue for no pixels, or too many.
 */
export async function renderPng(
  spec: TopLevelSpec,
  caller: string,
  scale = PNG_SCALE,
): Promise<Uint8Array> {
  const Resvg = loadImages(caller);
  const svg = await renderSvg(spec, caller);
  const image = new Resvg(withCorners(svg), { fitTo: { mode: 'zoom', value: scale } });
  checkPixels(image, caller, scale);
  return image.render().asPng();
}

/**
 * Clipped parts with a point at the corner of their panel that is not seen: where all of a part lies
 * outside the image, @resvg/resvg-js 2.6.2 ends the process (issue 415 of thx/resvg-js).
 */
const withCorners = (svg: string): string =>
  svg.replace(
    /<g [^>]*clip-path="[^>]*[^/]>/g,
    (start) => `${start}<path d="M0,0h1v1Z" fill="#000" fill-opacity="0"/>`,
  );

/** @throws BadParameterValue */
function checkPixels(
  { width, height }: { readonly width: number; readonly height: number },
  caller: string,
  value: number,
): void {
  const [least, most] = [1 / Math.min(width, height), Math.sqrt(MOST_PIXELS / (width * height))];
  if (value >= least && value <= most) return;
  const of = `of ${Math.ceil(width)} × ${Math.ceil(height)} px`;
  const allowed = `from ${least.toPrecision(2)} to ${most.toPrecision(2)} for a drawing ${of}`;
  throw new BadParameterValue(`${caller}: scale must be ${allowed}, got ${value}.`, {
    ...{ parameter: 'scale', value, allowed },
  });
}

/** What a page is besides its figures. */
export interface Page {
  readonly title: string;
  /** Whether the title stands above the figures, too. */
  readonly heading: boolean;
  /** CSS colour behind the figures. */
  readonly background: string;
}

/**
 * A page that fetches nothing. Drawings are images in it, so that names within one mean nothing in
 * another.
 * @throws MissingPackage naming what is not installed.
 */
export async function renderHtml(
  figures: readonly Figure[],
  { title, heading, background }: Page,
  caller?: string,
): Promise<string> {
  const images: string[] = [];
  for (const { name, spec } of figures) {
    const data = Buffer.from(await renderSvg(spec, caller)).toString('base64');
    images.push(
      `<p><img alt="${escapeMarkup(name)}" src="data:image/svg+xml;base64,${data}" style="max-width: 100%"></p>`,
    );
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeMarkup(title)}</title>
</head>
<body style="background: ${background}; font-family: Helvetica, Arial, sans-serif">
${[...(heading ? [`<h1>${escapeMarkup(title)}</h1>`] : []), ...images].join('\n')}
</body>
</html>
`;
}

import { Option } from 'commander';
import { isAbsent, missingPackages } from '../peers';
import { renderSvg, type Figure } from '../plot';

/** What figures are written as. */
const formats = {
  svg: 'drawings (SVG)',
  png: 'images (PNG)',
  html: 'one page that stands alone',
  json: 'Vega-Lite specifications',
} as const;

export type FigureFormat = keyof typeof formats;

/** `--format <name>` */
export const formatOption = (): Option =>
  new Option(
    '--format <name>',
    `figures as ${Object.entries(formats)
      .map(([name, what]) => `${name}: ${what}`)
      .join(', ')}`,
  )
    .choices(Object.keys(formats))
    .default('svg' satisfies FigureFormat);

/** Pixels of an image for each of the drawing. */
const SCALE = 2;

/** What is used of `@resvg/resvg-js`, which users need not have. */
interface Images {
  readonly Resvg: new (
    svg: string,
    options: { readonly fitTo: { readonly mode: 'zoom'; readonly value: number } },
  ) => { render(): { asPng(): Uint8Array } };
}

/** Not a literal type: there are no types of it where it is not installed. */
const packageName = '@resvg/resvg-js' as string;

async function loadImages(): Promise<Images['Resvg']> {
  try {
    return ((await import(packageName)) as Images).Resvg;
  } catch (error) {
    if (isAbsent(packageName, error)) throw missingPackages('--format png', [packageName]);
    throw error;
  }
}

/**
 * Finds before a run whether its figures can be written.
 * @throws MissingPackage naming what is not installed.
 */
export async function checkFormat(format: FigureFormat): Promise<void> {
  if (format === 'png') await loadImages();
}

/**
 * The files of figures: their names, and what is in them, one after the other. A page holds all
 * figures, below its title; of the other formats each figure is a file.
 */
export async function* figureFiles(
  figures: readonly Figure[],
  format: FigureFormat,
  title: string,
): AsyncGenerator<readonly [name: string, content: string | Uint8Array]> {
  if (format === 'html') {
    if (figures.length > 0) yield ['figures.html', await page(figures, title)];
    return;
  }
  for (const figure of figures) yield [`${figure.name}.${format}`, await drawn(figure, format)];
}

async function drawn(
  { spec }: Figure,
  format: Exclude<FigureFormat, 'html'>,
): Promise<string | Uint8Array> {
  if (format === 'json') return `${JSON.stringify(spec, null, 2)}\n`;
  const svg = await renderSvg(spec);
  if (format === 'svg') return svg;
  const Resvg = await loadImages();
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: SCALE } }).render().asPng();
}

/** Drawings are images in it, so that names within one mean nothing in another. */
async function page(figures: readonly Figure[], title: string): Promise<string> {
  const images: string[] = [];
  for (const { name, spec } of figures) {
    const data = Buffer.from(await renderSvg(spec)).toString('base64');
    images.push(
      `<p><img alt="${escaped(name)}" src="data:image/svg+xml;base64,${data}" style="max-width: 100%"></p>`,
    );
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(title)}</title>
</head>
<body style="background: white; font-family: Helvetica, Arial, sans-serif">
<h1>${escaped(title)}</h1>
${images.join('\n')}
</body>
</html>
`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

import { Option } from 'commander';
import {
  checkFormat,
  figureFormats,
  renderHtml,
  renderJson,
  renderPng,
  renderSvg,
  type Figure,
  type FigureFormat,
} from '../plot';

/** `--format <name>` */
export const formatOption = (): Option =>
  new Option(
    '--format <name>',
    `figures as ${Object.entries(figureFormats)
      .map(([name, what]) => `${name}: ${what}`)
      .join(', ')}`,
  )
    .choices(Object.keys(figureFormats))
    .default('svg' satisfies FigureFormat);

/** Who needs packages, in errors. */
const callerOf = (format: FigureFormat): string => `--format ${format}`;

/**
 * Finds before a run whether its figures can be written.
 * @throws MissingPackage naming what is not installed.
 */
export const checkFigures = (format: FigureFormat): Promise<void> =>
  checkFormat(format, callerOf(format));

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
    const page = { title, heading: true, background: 'white' };
    if (figures.length > 0)
      yield ['figures.html', await renderHtml(figures, page, callerOf(format))];
    return;
  }
  for (const figure of figures) yield [`${figure.name}.${format}`, await drawn(figure, format)];
}

async function drawn(
  { spec }: Figure,
  format: Exclude<FigureFormat, 'html'>,
): Promise<string | Uint8Array> {
  if (format === 'json') return renderJson(spec);
  return format === 'svg' ? renderSvg(spec, callerOf(format)) : renderPng(spec, callerOf(format));
}

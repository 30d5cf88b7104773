import { Option, type Command } from 'commander';
import { MissingPackage } from '../errors';
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
import type { CliIO } from './io';

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

/** Whether figures can be drawn; if not, a line says what is missing. */
export function canDraw(io: CliIO): boolean {
  try {
    checkFormat('svg', 'A figure');
    return true;
  } catch (error) {
    if (!(error instanceof MissingPackage)) throw error;
    io.stderr.write(`${error.message} (numbers are written without)\n`);
    return false;
  }
}

/**
 * Finds before a run what its figures are written as; undefined: there are none, as nobody asked for
 * a format and nothing is installed that draws.
 * @throws MissingPackage naming what is not installed for the format that was asked for.
 */
export function formatFor(
  command: Command,
  format: FigureFormat,
  io: CliIO,
): FigureFormat | undefined {
  if (command.getOptionValueSource('format') === 'default') return canDraw(io) ? format : undefined;
  checkFormat(format, callerOf(format));
  return format;
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

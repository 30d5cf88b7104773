import type * as Vega from 'vega';
import type * as VegaLite from 'vega-lite';
import type { TopLevelSpec } from 'vega-lite';
import { absent, missingPackages } from '../peers';

/** A drawing on its way to a file: `<name>.svg`. */
export interface Figure {
  readonly name: string;
  readonly spec: TopLevelSpec;
}

/** The libraries that draw. */
interface Drawing {
  readonly vega: typeof Vega;
  readonly vegaLite: typeof VegaLite;
}

/** What there is of it; users need not have it. */
function installedDrawing(): Partial<Drawing> {
  const vega = loadVega();
  // That loads vega itself: without it, whether it is there cannot be told, and it is of no use.
  const vegaLite = vega && loadVegaLite();
  return { ...(vega && { vega }), ...(vegaLite && { vegaLite }) };
}

const missingOf = ({ vega, vegaLite }: Partial<Drawing>): string[] => [
  ...(vega ? [] : ['vega']),
  ...(vegaLite ? [] : ['vega-lite']),
];

/** Names of the packages that draw and are not installed. */
export const missingDrawing = (): string[] => missingOf(installedDrawing());

/**
 * Loads what draws. The first drawing does it: most runs of a program draw nothing.
 * @throws MissingPackage naming what is not installed.
 */
export function loadDrawing(caller: string): Drawing {
  const found = installedDrawing();
  const { vega, vegaLite } = found;
  if (vega !== undefined && vegaLite !== undefined) return { vega, vegaLite };
  throw missingPackages(caller, missingOf(found));
}

function loadVega(): typeof Vega | undefined {
  try {
    return require('vega') as typeof Vega;
  } catch (error) {
    return absent('vega', error);
  }
}

function loadVegaLite(): typeof VegaLite | undefined {
  try {
    return require('vega-lite') as typeof VegaLite;
  } catch (error) {
    return absent('vega-lite', error);
  }
}

/**
 * Draws a Vega-Lite specification as SVG text, without a browser or a canvas.
 * @param caller Who needs the libraries, for the error.
 * @throws MissingPackage naming those that are not installed.
 */
export async function renderSvg(spec: TopLevelSpec, caller = 'A figure'): Promise<string> {
  const { vega, vegaLite } = loadDrawing(caller);
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: 'none' });
  try {
    return inXml(described(await view.toSVG(), spec.description));
  } finally {
    view.finalize();
  }
}

/** Vega puts descriptions beside drawings in a browser, and drops them from text. */
function described(svg: string, description: string | undefined): string {
  if (description === undefined) return svg;
  return svg.replace(/^<svg[^>]*>/, (start) => `${start}<desc>${escapeMarkup(description)}</desc>`);
}

/** With the character for what is none in place of those that XML does not allow. */
const inXml = (text: string): string =>
  text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd');

/** Text as it stands in SVG and HTML. */
export const escapeMarkup = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

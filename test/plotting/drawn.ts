// What figures consist of, as their specifications and their drawings say.
import type { Figure } from '../../lib/plotting';

/** A layer of a figure, in the order of drawing. */
export interface Layer {
  readonly rows: readonly Readonly<Record<string, number | string | null>>[];
  readonly mark: Readonly<Record<string, unknown>>;
  readonly encoding: Readonly<Record<string, Channel>>;
}

export interface Channel {
  readonly field?: string;
  readonly scale?: { readonly domain: readonly unknown[]; readonly range?: readonly unknown[] };
  readonly axis?: { readonly title: unknown; readonly labels?: boolean };
  readonly legend?: { readonly title: unknown } | null;
  readonly value?: unknown;
}

type Parts = Readonly<Record<string, unknown>>;

/** All layers of all panels. */
export function layersOf(spec: unknown): Layer[] {
  const part = spec as Parts;
  const inner = ['concat', 'vconcat', 'layer'].find((key) => key in part);
  if (inner !== undefined) return (part[inner] as unknown[]).flatMap(layersOf);
  const { data, mark, encoding } = part as { data: { values: Layer['rows'] } } & Parts;
  return [{ rows: data.values, mark, encoding } as unknown as Layer];
}

/** The layers with a mark of that type. */
export const marked = (figure: Figure, type: string): Layer[] =>
  layersOf(figure.spec).filter(({ mark }) => mark.type === type);

/** The drawing, which must not be one that Vega warns of. */
export async function drawingOf(figure: Figure): Promise<string> {
  const warnings: unknown[][] = [];
  const warn = jest.spyOn(console, 'warn').mockImplementation((...args) => warnings.push(args));
  try {
    const svg = await figure.svg();
    expect(warnings).toEqual([]);
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^]*<\/svg>$/);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    return svg;
  } finally {
    warn.mockRestore();
  }
}

/** What a drawing says of its axes: title and ends, from the left upwards. */
export const axesOf = (svg: string): string[] =>
  Array.from(
    svg.matchAll(
      /aria-label="(\w)-axis (?:titled '([^']*)' )?for a (\w+) scale with values from ([^"]*)"/g,
    ),
    ([, axis, title = '', scale, values]) => `${axis} ${title}: ${scale}, ${values}`,
  );

/** What a drawing says of its legends. */
export const legendsOf = (svg: string): string[] =>
  Array.from(svg.matchAll(/aria-label="(\w+ legend [^"]*)"/g), ([, text]) => text!);

/** Paths of the drawing in that stroke, without those of legends: their commands. */
export const strokesOf = (svg: string, color: string): string[] =>
  Array.from(
    svg.matchAll(new RegExp(`<path(?: aria-hidden="true")? d="([^"]*)" stroke="${color}"`, 'g')),
    ([, d]) => d!,
  );

export const count = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).length;

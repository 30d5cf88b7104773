import type { TopLevelSpec } from 'vega-lite';

/** A drawing on its way to a file: `<name>.svg`. */
export interface Figure {
  readonly name: string;
  readonly spec: TopLevelSpec;
}

/**
 * Draws a Vega-Lite specification as SVG text, without a browser or a canvas. The libraries are
 * loaded by the first drawing: most runs of a program draw nothing.
 */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

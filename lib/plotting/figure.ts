import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import { BadParameterValue } from '../errors';
import { fileFailed } from '../file-errors';
import { mismatch } from '../forms';
import {
  figureFormats,
  PNG_SCALE,
  renderHtml,
  renderJson,
  renderPng,
  renderSvg,
  type FigureFormat,
} from '../plot';
import { themes, type ThemeName } from '../plot/theme';
import { endWith, nearestName } from '../suggest';
import { checkedOptions, isPositive, type Checks } from './checks';
import { specOf, type View } from './view';

/** A specification of Vega-Lite (version 5), which holds the numbers that are drawn. */
export type FigureSpec = Readonly<Record<string, unknown>>;

/** How an image is made. */
export interface ImageOptions {
  /** Pixels of the image for each px of the drawing; default: 2. */
  readonly scale?: number;
}

/** A drawing on its way to a page or a file. Numbers are those of the call that made it. */
export interface Figure {
  /** What is drawn, as a specification of Vega-Lite. */
  readonly spec: FigureSpec;
  /**
   * The drawing as SVG. Needs the packages `vega` and `vega-lite`.
   * @throws MissingPackage if they are not installed.
   */
  svg(): Promise<string>;
  /**
   * The drawing as an image. Needs `@resvg/resvg-js` besides.
   * @throws MissingPackage if one is not installed; TypeMismatch; BadParameterValue
   */
  png(options?: ImageOptions): Promise<Uint8Array>;
  /**
   * A page with the drawing that fetches nothing.
   * @throws MissingPackage as `svg` does.
   */
  html(): Promise<string>;
  /**
   * Writes a file of the kind that its name ends in: `.svg`, `.png`, `.html` or `.json` (the
   * specification). A file of that name is overwritten.
   * @throws BadParameterValue for another end; MissingPackage; TypeMismatch; IOError if it cannot be
   * written.
   */
  save(path: string, options?: ImageOptions): Promise<void>;
}

const imageChecks: Checks<ImageOptions> = { scale: isPositive };
const formats = Object.keys(figureFormats) as readonly FigureFormat[];
const ALLOWED_ENDS = `end in ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(formats.map((name) => `.${name}`))}`;

/** The figure that shows a view. */
export class DrawnFigure implements Figure {
  readonly #view: View;
  readonly #theme: ThemeName;
  #spec: FigureSpec | undefined;

  constructor(view: View, theme: ThemeName = 'light') {
    this.#view = view;
    this.#theme = theme;
  }

  get view(): View {
    return this.#view;
  }

  get theme(): ThemeName {
    return this.#theme;
  }

  get spec(): FigureSpec {
    return (this.#spec ??= specOf(this.#view, themes[this.#theme]) as FigureSpec);
  }

  svg(): Promise<string> {
    return renderSvg(this.#drawn, 'svg');
  }

  // Not at once: what is wrong with the options is a rejection, too.
  async png(options: ImageOptions = {}): Promise<Uint8Array> {
    const { scale = PNG_SCALE } = checkedOptions('png', options, imageChecks);
    return renderPng(this.#drawn, 'png', scale);
  }

  html(): Promise<string> {
    const title = this.#view.title ?? 'Figure';
    const { background } = themes[this.#theme];
    const page = { title, heading: false, background };
    return renderHtml([{ name: this.#view.description, spec: this.#drawn }], page, 'html');
  }

  async save(file: string, options: ImageOptions = {}): Promise<void> {
    if (typeof file !== 'string' || file === '') throw mismatch('path', 'a path', file, 'save');
    const content = await this.#as(formatOf(file), checkedOptions('save', options, imageChecks));
    try {
      await writeFile(file, content);
    } catch (cause) {
      throw fileFailed('written', file, cause);
    }
  }

  #as(format: FigureFormat, options: ImageOptions): Promise<string | Uint8Array> {
    if (format === 'json') return Promise.resolve(renderJson(this.#drawn));
    return format === 'png' ? this.png(options) : this[format]();
  }

  get #drawn(): TopLevelSpec {
    return this.spec as unknown as TopLevelSpec;
  }
}

function formatOf(file: string): FigureFormat {
  const end = path.extname(file);
  const format = formats.find((name) => `.${name}` === end.toLowerCase());
  if (format !== undefined) return format;
  const suggestion = nearestName(
    end,
    formats.map((name) => `.${name}`),
  );
  throw new BadParameterValue(
    `save: path must ${ALLOWED_ENDS}, got '${file}'${endWith(suggestion)}`,
    {
      ...{ parameter: 'path', value: file, allowed: ALLOWED_ENDS, suggestion },
    },
  );
}

import { BadParameterValue } from '../errors';
import { isInstance, isList, mismatch } from '../forms';
import { extentOf } from './axes';
import { checkedOptions, isCount, isFlag, noneGiven, notBoth, type Checks } from './checks';
import { DrawnFigure, type Figure } from './figure';
import { figureChecks, type FigureOptions } from './options';
import { headingOf, notesOf, type Canvas, type SharedAxis, type View } from './view';

/** What {@link panels} can be given. */
export interface PanelOptions extends FigureOptions {
  /** How many panels stand side by side; default: 1, or what `rows` needs. */
  readonly columns?: number;
  /** How many rows there are at most. Not with `columns`. */
  readonly rows?: number;
  /** One x axis for all, with labels below the last panel of each column; default: false. */
  readonly sharedX?: boolean;
}

const panelChecks: Checks<PanelOptions> = {
  ...figureChecks,
  columns: isCount,
  rows: isCount,
  sharedX: isFlag,
};

/** px of panels side by side that say nothing of it; two of them are wider. */
const GRID = { width: 280, height: 220 } as const;
const OF_TWO = 360;
const SPACING = { apart: 24, shared: 10 } as const;

/**
 * Figures side by side, or one above the other, as one figure: row by row.
 * @throws TypeMismatch; BadParameterValue; UnaccessedDictionaryEntry
 */
export function panels(figures: readonly Figure[], given: PanelOptions = {}): Figure {
  const options = checkedOptions('panels', given, panelChecks);
  const parts = partsOf(figures);
  const views = parts.map(({ view }) => view);
  const columns = columnsOf(views.length, options);
  const x = options.sharedX === true ? sharedAxis(views) : undefined;
  return new DrawnFigure(
    {
      title: options.title,
      notes: notesOf(options),
      description: views.map(({ description }) => description).join(' '),
      x: undefined,
      draw: (canvas) =>
        draw(views, columns, x, { ...canvas, ...sizesIn(columns), ...sizesOf(options) }),
    },
    options.theme ?? parts[0]!.theme,
  );
}

type Sizes = Pick<Canvas, 'width' | 'height'>;

function sizesIn(columns: number): Sizes {
  if (columns === 1) return {};
  return columns === 2 ? { ...GRID, width: OF_TWO } : GRID;
}

const sizesOf = ({ width, height }: PanelOptions): Sizes => ({
  ...(width !== undefined && { width }),
  ...(height !== undefined && { height }),
});

/** @throws TypeMismatch; BadParameterValue */
function partsOf(figures: unknown): DrawnFigure[] {
  if (!isList(figures)) throw mismatch('figures', 'an array of figures', figures, 'panels');
  if (figures.length === 0) throw noneGiven('panels', 'figures', 'one or more');
  return Array.from(figures, (figure, i) => {
    if (isInstance(figure, DrawnFigure)) return figure;
    throw mismatch(`figures[${i}]`, 'a figure of tegmenta/plot', figure, 'panels');
  });
}

function columnsOf(count: number, { columns, rows }: PanelOptions): number {
  if (columns !== undefined && rows !== undefined) {
    throw notBoth('panels', 'rows', rows, 'columns are given');
  }
  if (columns !== undefined) return Math.min(columns, count);
  return rows === undefined ? 1 : Math.ceil(count / rows);
}

/** One axis for all. @throws BadParameterValue where they are not of the same quantity */
function sharedAxis(views: readonly View[]): SharedAxis {
  const axes = views.map(({ x }, i) => {
    const [first] = views;
    if (x !== undefined && x.label === first!.x?.label) return x;
    const allowed = 'false where figures have different x axes';
    const why =
      x === undefined
        ? `that of figures[${i}] cannot be shared`
        : `that of figures[0] is '${first!.x!.label}', of figures[${i}] '${x.label}'`;
    throw new BadParameterValue(`panels: sharedX must be ${allowed}: ${why}.`, {
      parameter: 'sharedX',
      value: true,
      allowed,
    });
  });
  return {
    label: axes[0]!.label,
    limits: extentOf(axes.map(({ limits }) => limits))!,
    nice: axes.every(({ nice }) => nice),
  };
}

function draw(
  views: readonly View[],
  columns: number,
  x: SharedAxis | undefined,
  canvas: Canvas,
): object {
  return {
    columns,
    spacing: x ? { row: SPACING.shared, column: SPACING.apart } : SPACING.apart,
    resolve: {
      scale: { color: 'independent', strokeDash: 'independent' },
      legend: { color: 'independent', strokeDash: 'independent' },
    },
    concat: views.map((view, i) => {
      const title = headingOf(view);
      const isLowest = i + columns >= views.length;
      return {
        ...(title && { title: { fontSize: 12.5, ...title } }),
        ...view.draw({ ...canvas, xLabels: x === undefined || isLowest, ...(x && { x }) }),
      };
    }),
  };
}

import { frame } from '../plot';
import type { Theme } from '../plot/theme';
import type { Limits } from './checks';

/** The horizontal axis of a figure, which panels may share. */
export interface SharedAxis {
  /** Quantity and unit. */
  readonly label: string;
  readonly limits: Limits;
  /** Whether the axis may reach beyond them, to round numbers. */
  readonly nice: boolean;
}

/** In what a figure is drawn: by itself, or as a panel of another one. */
export interface Canvas {
  readonly theme: Theme;
  /** px, for figures that say nothing of it themselves. */
  readonly width?: number;
  readonly height?: number;
  /** In place of the figure's own. */
  readonly x?: SharedAxis;
  /** False where another panel below has the labels. */
  readonly xLabels: boolean;
}

/** What a figure shows, drawn when it is known in what. */
export interface View {
  readonly title: string | undefined;
  /** Subtitle, and what is not shown as it is. */
  readonly notes: readonly string[];
  /** In a sentence, for those who do not see it. */
  readonly description: string;
  /** Undefined where the axis cannot be shared. */
  readonly x: SharedAxis | undefined;
  /** A view of Vega-Lite, without what `frame` gives. */
  draw(canvas: Canvas): object;
}

/** Lines above a figure or a panel. */
export function headingOf({ title, notes }: Pick<View, 'title' | 'notes'>): object | undefined {
  const lines = { anchor: 'start', frame: 'group', offset: 8 };
  if (title !== undefined) {
    return { ...lines, text: title, ...(notes.length > 0 && { subtitle: [...notes] }) };
  }
  if (notes.length === 0) return undefined;
  return { ...lines, text: [...notes], fontSize: 11.5, fontWeight: 'normal' };
}

/** The whole specification of a figure. */
export function specOf(view: View, theme: Theme): object {
  const { title, config, ...rest } = frame({ title: '', subtitle: [] }, theme);
  const { fontSize, subtitleFontSize, subtitlePadding } = title;
  const heading = headingOf(view);
  return {
    ...rest,
    description: [...(view.title ? [`${view.title}:`] : []), view.description, ...view.notes].join(
      ' ',
    ),
    ...(heading && { title: { fontSize, subtitleFontSize, subtitlePadding, ...heading } }),
    ...view.draw({ theme, xLabels: true }),
    config,
  };
}

/** Subtitle and notes, which are sentences. */
export const notesOf = (
  { subtitle }: { readonly subtitle?: string },
  ...notes: readonly (string | undefined)[]
): string[] =>
  [subtitle, ...notes].filter((note): note is string => note !== undefined && note !== '');

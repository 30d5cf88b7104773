import type { TimeWindow } from '../analysis';
import { themes, type ThemeName } from '../plot/theme';
import { isColors } from './colors';
import { isLimits, isOneOf, isSize, isText, isWindow, type Checks, type Limits } from './checks';

// Options that several kinds of figures have.

/** What every figure can be given. */
export interface FigureOptions {
  /** Above the figure. */
  readonly title?: string;
  /** Below the title, in smaller letters. */
  readonly subtitle?: string;
  /** px of the panel, without its axes; 100 000 at most. */
  readonly width?: number;
  /** Likewise. */
  readonly height?: number;
  /** Colours of background, letters and series; default: light. */
  readonly theme?: ThemeName;
}

/** What figures with axes can be given. */
export interface AxisOptions extends FigureOptions {
  /** In place of the name of the quantity and its unit. */
  readonly xLabel?: string;
  /** Likewise. */
  readonly yLabel?: string;
}

/** What figures with several series can be given. */
export interface SeriesOptions extends AxisOptions {
  /** CSS colours of the series in their order; default: those of the theme. */
  readonly colors?: readonly string[];
}

/** What figures over biological time can be given. */
export interface TimeOptions extends SeriesOptions {
  /** What is shown, in ms; default: all that there is. */
  readonly window?: TimeWindow;
}

/** What figures with numbers upwards can be given. */
export interface HeightOptions {
  /** Ends of the y axis; default: those of the values. */
  readonly yLimits?: Limits;
}

export const figureChecks: Checks<FigureOptions> = {
  title: isText,
  subtitle: isText,
  width: isSize,
  height: isSize,
  theme: isOneOf(Object.keys(themes)),
};
export const axisChecks: Checks<AxisOptions> = { ...figureChecks, xLabel: isText, yLabel: isText };
export const seriesChecks: Checks<SeriesOptions> = { ...axisChecks, colors: isColors };
export const timeChecks: Checks<TimeOptions> = { ...seriesChecks, window: isWindow };
export const heightChecks: Checks<HeightOptions> = { yLimits: isLimits };

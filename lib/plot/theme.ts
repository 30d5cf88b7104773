import { BLUE, GREEN, ORANGE, PURPLE, SKY_BLUE, VERMILLION, YELLOW } from './colors';

/** Colours of a figure; CSS. */
export interface Theme {
  readonly background: string;
  /** Letters. */
  readonly ink: string;
  /** Axes, and what stands behind values: thresholds, bounds, zero. */
  readonly axis: string;
  /** Lines across a panel, and around it. */
  readonly grid: string;
  readonly border: string;
  /** Of series, in the order in which they are used: each stands out from the background. */
  readonly palette: readonly string[];
  /** What there is no value for, in a heat map. */
  readonly missing: string;
  /** From below zero through zero to above. */
  readonly diverging: readonly string[];
}

export const themes = {
  light: {
    background: 'white',
    ink: '#000',
    axis: '#888',
    grid: '#e4e4e4',
    border: '#bbbbbb',
    palette: [BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY_BLUE, '#000000'],
    missing: '#dcdcdc',
    diverging: ['#08306b', '#2171b5', '#9ecae1', '#ffffff', '#fdae6b', '#d94801', '#7f2704'],
  },
  dark: {
    background: '#17191c',
    ink: '#d6d8da',
    axis: '#80868b',
    grid: '#2b2f33',
    border: '#4a4f54',
    palette: [SKY_BLUE, ORANGE, GREEN, YELLOW, PURPLE, VERMILLION, '#d6d8da'],
    missing: '#3a3e42',
    diverging: ['#c6e2f5', '#56a3d9', '#1f4e79', '#08090a', '#7a3a0a', '#e08a3c', '#fbe0c4'],
  },
} as const satisfies Readonly<Record<string, Theme>>;

/** For paper and light pages, or for dark ones. */
export type ThemeName = keyof typeof themes;

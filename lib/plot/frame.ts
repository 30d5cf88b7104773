import { themes, type Theme } from './theme';

/** A title of more than a panel, and what stands below it in smaller letters. */
export interface Heading {
  readonly title: string;
  readonly subtitle: readonly string[];
}

/** What all figures have in common: title, background, lettering. */
export const frame = ({ title, subtitle }: Heading, theme: Theme = themes.light) => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v5.json' as const,
  background: theme.background,
  padding: 12,
  title: {
    text: title,
    subtitle: [...subtitle],
    anchor: 'start' as const,
    offset: 10,
    fontSize: 15,
    subtitleFontSize: 11.5,
    subtitlePadding: 5,
  },
  config: {
    font: 'Helvetica, Arial, sans-serif',
    title: { color: theme.ink, subtitleColor: theme.ink },
    axis: {
      grid: false,
      domainColor: theme.axis,
      tickColor: theme.axis,
      labelColor: theme.ink,
      titleColor: theme.ink,
      titleFontWeight: 'normal' as const,
      titleFontSize: 12,
      labelFontSize: 11,
    },
    legend: {
      labelFontSize: 11.5,
      labelLimit: 260,
      symbolSize: 60,
      title: null,
      labelColor: theme.ink,
      titleColor: theme.ink,
    },
    view: { stroke: theme.border },
  },
});

/** What all figures have in common: title, background, lettering. */
export const frame = (figure: {
  readonly title: string;
  readonly subtitle: readonly string[];
}) => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v5.json' as const,
  background: 'white',
  padding: 12,
  title: {
    text: figure.title,
    subtitle: [...figure.subtitle],
    anchor: 'start' as const,
    offset: 10,
    fontSize: 15,
    subtitleFontSize: 11.5,
    subtitlePadding: 5,
  },
  config: {
    font: 'Helvetica, Arial, sans-serif',
    axis: { grid: false, titleFontWeight: 'normal' as const, titleFontSize: 12, labelFontSize: 11 },
    legend: { labelFontSize: 11.5, labelLimit: 260, symbolSize: 60, title: null },
    view: { stroke: '#bbbbbb' },
  },
});

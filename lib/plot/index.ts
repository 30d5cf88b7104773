/** Figures as Vega-Lite specifications, and their rendering. */
export {
  checkFormat,
  figureFormats,
  PNG_SCALE,
  renderHtml,
  renderJson,
  renderPng,
  type FigureFormat,
  type Page,
} from './formats';
export { renderSvg, type Figure } from './render';
export * from './colors';
export { frame, type Heading } from './frame';
export { themes, type Theme, type ThemeName } from './theme';
export {
  networkActivity,
  type NetworkActivity,
  type PlottedPopulation,
  type PlottedTrace,
} from './network-activity';
export {
  stackedPanels,
  type CurvePanel,
  type Marks,
  type RasterPanel,
  type Series,
  type StackedPanels,
} from './panels';
export { logPanels, type LogPanel, type LogPanels, type LogSeries } from './log-panels';
export {
  comparison,
  type ComparedValues,
  type Comparison,
  type ComparisonPanel,
} from './comparison';
export { matrices, type Matrices } from './matrices';
export { sweptQuantities, type SweptQuantities } from './swept-quantities';
export { repeatedMeasurements, type RepeatedMeasurements } from './repeated-measurements';
export {
  populationRaster,
  type PopulationRaster,
  type RasterPopulation,
} from './population-raster';

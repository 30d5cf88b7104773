/** Figures of what a program has recorded: tegmenta/plot. */
export { raster, type RasterOptions } from './raster';
export { traces, type Samples, type TraceOptions } from './traces';
export { rates, type RateOptions } from './rates';
export { weightMatrix, type WeightMatrixOptions } from './weight-matrix';
export { weightHistogram, type WeightHistogramOptions, type Weights } from './weight-histogram';
export { stdpWindow, type StdpWindowOptions, type WeightChanges } from './stdp-window';
export { panels, type PanelOptions } from './panels';
export type { Figure, FigureSpec, ImageOptions } from './figure';
export type {
  AxisOptions,
  FigureOptions,
  HeightOptions,
  SeriesOptions,
  TimeOptions,
} from './options';
export type { Populations, Spikes } from './spikes';
export type { Synapses } from './weights';
export type { ScaleName } from './axes';
export type { Limits } from './checks';
export type { ThemeName } from '../plot/theme';

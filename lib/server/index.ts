export { serve, type Served, type ServeOptions } from './serve';
export { Streams } from './streams';
export type {
  ChangeOptions,
  Control,
  ChoiceOptions,
  ControlOptions,
  RangeOptions,
  ToggleOptions,
} from './control';
export type { MatrixOptions, MatrixStream } from './matrix';
export type { ScalarOptions, ScalarStream } from './scalar';
export type { SpikesOptions, SpikeStream } from './spikes';
export type { TraceOptions, TraceStream } from './trace';
export type { ValueOptions, ValueStream } from './value';
export type { StreamColor } from './protocol';

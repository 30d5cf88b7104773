// What server and viewer say to each other over one WebSocket (path /streams). Types only: the page
// is compiled on its own and shares nothing else with the server.
//
// Text frames are JSON: ServerMessage one way, ViewerMessage the other. Numbers of streams travel in
// binary frames, one stream a frame, little-endian:
//
//   byte  type  meaning
//    0    u8    kind of stream (FrameKinds)
//    1    u8    1: time or history has begun anew, what the viewer holds of the stream is void
//    2    u16   id of the stream, as announced in the message `streams`
//    4    u32   count: spikes, matrix elements, points or samples in this frame
//    8    u32   scalar: index of the first point; points held from there on are replaced
//               spikes, trace: how many events were left out before those of this frame
//   12    u32   0
//   16    f64   base: to be added to times and abscissae
//   24    f64   now: time until which the stream is known, spikes and trace only (ms)
//   32    …     spikes: f32 times [count], u16 rows [count]
//               matrix: f32 elements [count], row by row
//               scalar: f32 abscissae [count], f32 ordinates [count]; NaN is a gap
//               trace:  f32 times [count], f32 values [count × lines], sample by sample
//
// A viewer gets the list of streams first, and again, longer, when streams are added; then of every
// stream what is needed to draw it, and from there on what is new. Frames are made when a connection
// can take them: of a matrix, a value or a control always the latest, of spikes and traces what their
// window still holds. What a viewer missed costs it frames and the server nothing.

/** First byte of a binary frame. */
export interface FrameKinds {
  readonly spikes: 1;
  readonly matrix: 2;
  readonly scalar: 3;
  readonly trace: 4;
}

/** Colours that are told apart on dark and light ground, also by the colour-blind. */
export type StreamColor = 'blue' | 'orange' | 'green' | 'purple' | 'grey';

interface Described {
  readonly id: number;
  readonly name: string;
  readonly label: string;
  /** A sentence shown beneath the title. */
  readonly note?: string;
}

export interface SpikesDescription extends Described {
  readonly kind: 'spikes';
  /** Spikes of the same chart share its axes; those declared later are drawn over earlier ones. */
  readonly chart: string;
  readonly rows: number;
  /** ms */
  readonly window: number;
  readonly rowLabel: string;
  readonly color?: StreamColor;
}

export interface MatrixDescription extends Described {
  readonly kind: 'matrix';
  readonly rows: number;
  readonly columns: number;
  readonly unit: string;
  readonly rowLabel: string;
  readonly columnLabel: string;
  /** Ends of the colour scale; without it, those of the data. */
  readonly range?: readonly [number, number];
}

export interface ScalarDescription extends Described {
  readonly kind: 'scalar';
  readonly unit: string;
  /** Scalars of the same chart share its axes. */
  readonly chart: string;
  readonly xLabel: string;
  /** Title of the axis of y; without it, the unit, of a single scalar with its label. */
  readonly yLabel?: string;
  readonly range?: readonly [number, number];
  readonly color?: StreamColor;
}

export interface TraceDescription extends Described {
  readonly kind: 'trace';
  readonly unit: string;
  /** ms */
  readonly window: number;
  readonly lines: readonly string[];
  readonly range?: readonly [number, number];
}

export interface ValueDescription extends Described {
  readonly kind: 'value';
  /** How a page draws it; without one, as names and values. */
  readonly view?: string;
}

interface ControlDescribed extends Described {
  readonly kind: 'control';
  /** Key that works the control, as KeyboardEvent.key names it: `' '`, `'n'`. */
  readonly shortcut?: string;
}

export interface ToggleDescription extends ControlDescribed {
  readonly control: 'toggle';
}

export interface RangeDescription extends ControlDescribed {
  readonly control: 'range';
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly scale: 'linear' | 'log';
  readonly unit: string;
}

export interface ChoiceDescription extends ControlDescribed {
  readonly control: 'choice';
  readonly choices: readonly string[];
}

export type ControlDescription = ToggleDescription | RangeDescription | ChoiceDescription;

export type StreamDescription =
  | SpikesDescription
  | MatrixDescription
  | ScalarDescription
  | TraceDescription
  | ValueDescription
  | ControlDescription;

/** Text frames to the viewer. */
export type ServerMessage =
  | {
      readonly type: 'streams';
      readonly title: string;
      readonly description: string;
      readonly streams: readonly StreamDescription[];
    }
  /** The present value of a value stream or a control. */
  | { readonly type: 'value'; readonly id: number; readonly value: unknown }
  /** A message of this viewer was ignored. */
  | { readonly type: 'error'; readonly message: string };

/** Text frames from the viewer: a control was worked. */
export interface ViewerMessage {
  readonly type: 'control';
  readonly name: string;
  readonly value: boolean | number | string;
}

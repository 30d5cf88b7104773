// Lyon's cochlea as plainly as it can be written: poles and zeros as complex numbers, one array a
// signal, nothing in place. From the description in docs/legenstein.md.

type Complex = readonly [re: number, im: number];

const polar = (size: number, angle: number): Complex => [
  size * Math.cos(angle),
  size * Math.sin(angle),
];
const distance = ([a, b]: Complex, [c, d]: Complex): number => Math.hypot(a - c, b - d);

/** A pair of conjugate roots that rings at f Hz with a quality. */
const root = (f: number, quality: number, rate: number): Complex => {
  const turn = (2 * Math.PI * f) / rate;
  return polar(Math.exp(-turn / (2 * quality)), turn * Math.sqrt(1 - 1 / (4 * quality ** 2)));
};

/** A filter by its roots; its gain is 1 at some frequency, but for `gain`. */
interface Stage {
  readonly zeros: readonly Complex[];
  readonly poles: readonly Complex[];
  readonly gain: number;
  readonly at: number;
}

const conjugates = (z: Complex): Complex[] => [z, [z[0], -z[1]]];

const width = (f: number): number => Math.sqrt(f * f + 1e6) / 8;

export function plainChannels(rate: number): number[] {
  const top = rate / 2 - 0.5 * 0.25 * width(rate / 2);
  const lowest = 1000 / Math.sqrt(255);
  const reach = (f: number): number => f + Math.sqrt(f * f + 1e6);
  const count = Math.floor(32 * Math.log(reach(top) / reach(lowest)));
  const A = reach(top);
  return Array.from({ length: count }, (_, k) => {
    const n = k + 1;
    return (A * Math.exp(-n / 32) - (1e6 * Math.exp(n / 32)) / A) / 2;
  });
}

/** Two stages of the outer and middle ear, then one for each channel. */
export function plainStages(rate: number): Stage[] {
  const top = rate / 2 - 0.5 * 0.25 * width(rate / 2);
  const ear: Stage[] = [
    { zeros: [[Math.exp((-2 * Math.PI * 300) / rate), 0]], poles: [], gain: 1, at: rate / 4 },
    {
      zeros: [
        [1, 0],
        [-1, 0],
      ],
      poles: conjugates(root(top, top / width(top), rate)),
      gain: 1,
      at: rate / 4,
    },
  ];
  const channels = plainChannels(rate);
  return [
    ...ear,
    ...channels.map((f, i): Stage => {
      const zero = f + 1.5 * 0.25 * width(f);
      return {
        zeros: conjugates(root(zero, (5 * zero) / width(f), rate)),
        poles: conjugates(root(f, f / width(f), rate)),
        gain: (i > 0 ? channels[i - 1]! : top) / f,
        at: 0,
      };
    }),
  ];
}

const unscaled = ({ zeros, poles }: Stage, f: number, rate: number): number => {
  const point = polar(1, (2 * Math.PI * f) / rate);
  const product = (roots: readonly Complex[]): number =>
    roots.reduce((all, z) => all * distance(point, z), 1);
  return product(zeros) / product(poles);
};

/** How much a stage lets through at a frequency. */
export const plainGain = (stage: Stage, f: number, rate: number): number =>
  (stage.gain * unscaled(stage, f, rate)) / unscaled(stage, stage.at, rate);

/** Coefficients of Π (1 − z_k/z). */
function polynomial(roots: readonly Complex[]): number[] {
  if (roots.length === 0) return [1, 0, 0];
  if (roots.length === 1) return [1, -roots[0]![0], 0];
  const [[a, b], [c, d]] = roots as [Complex, Complex];
  return [1, -(a + c), a * c - b * d];
}

function through(stage: Stage, rate: number, signal: readonly number[]): number[] {
  const scale = stage.gain / unscaled(stage, stage.at, rate);
  const b = polynomial(stage.zeros).map((value) => value * scale);
  const [, a1, a2] = polynomial(stage.poles) as [number, number, number];
  const result: number[] = [];
  // The first stage of the ear answers a sample late: its zero has no pole to stand on.
  const late = stage.poles.length === 0 ? 1 : 0;
  const x = (t: number): number => signal[t - late] ?? 0;
  signal.forEach((_, t) => {
    result.push(
      b[0]! * x(t) +
        b[1]! * x(t - 1) +
        b[2]! * x(t - 2) -
        a1 * (result[t - 1] ?? 0) -
        a2 * (result[t - 2] ?? 0),
    );
  });
  return result;
}

/** Activity of all channels, a value a ms. */
export function plainCochleagram(samples: readonly number[], rate: number): number[][] {
  const [outer, middle, ...cascade] = plainStages(rate);
  let sound = through(middle!, rate, through(outer!, rate, samples));
  const outputs = cascade.map((stage) => (sound = through(stage, rate, sound)));
  const channels = outputs.length;
  const controls = [
    [0.0032, 0.64],
    [0.0016, 0.16],
    [0.0008, 0.04],
    [0.0004, 0.01],
  ].map(([target, tau]) => ({
    target: target!,
    kept: Math.exp(-1 / (tau! * rate)),
    state: Array.from({ length: channels }, () => 0),
  }));
  const smoothing = Math.exp(-1000 / (3 * rate));
  let once = Array.from({ length: channels }, () => 0);
  let twice = [...once];
  const frames: number[][] = [];
  samples.forEach((_, t) => {
    let now = outputs.map((output) => Math.max(output[t]!, 0));
    for (const control of controls) {
      const { state, target, kept } = control;
      now = now.map((value, i) => value * (1 - state[i]!));
      control.state = now.map((value, i) => {
        const around = [state[i - 1] ?? state[i]!, state[i]!, state[i + 1] ?? state[i]!];
        const mean = (around[0]! + around[1]! + around[2]!) / 3;
        return Math.min(kept * mean + ((1 - kept) * value) / target, 1 - 1e-6);
      });
    }
    const own = now.map((value, i) => (i === 0 ? value : Math.max(now[i - 1]! - value, 0)));
    once = once.map((value, i) => smoothing * value + (1 - smoothing) * own[i]!);
    twice = twice.map((value, i) => smoothing * value + (1 - smoothing) * once[i]!);
    if ((t + 1) * 1000 >= (frames.length + 1) * rate) frames.push(twice);
  });
  return Array.from({ length: channels }, (_, i) => frames.map((frame) => frame[i]!));
}

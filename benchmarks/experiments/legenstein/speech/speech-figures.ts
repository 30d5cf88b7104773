// What is heard of digits, and what a circuit answers (figures 10A to 10D of the paper).
import { mean } from '../../../../lib/analysis';
import { type Figure, matrices, stackedPanels } from '../../../../lib/plot';
import { BLUE, GREY, VERMILLION } from '../../colors';
import { STEP } from '../step';
import type { Response } from './liquid';
import { listeningTime } from './liquid-parameters';
import type { SpeechTrial } from './speech-plan';
import { type Digit, type Heard, INPUTS, levelled, toldBy, type Utterance } from './utterances';

export const DIGIT_NAMES: Readonly<Record<Digit, string>> = { 1: '“one”', 2: '“two”' };
const DIGIT_COLORS: Readonly<Record<Digit, string>> = { 1: VERMILLION, 2: BLUE };

/** Frames, ms, that a cell of a cochleagram covers. */
const CELL = 5;
/** One in so many excitatory neurons of a circuit has its spikes shown: some 200. */
const SHOWN = 2;

/** Means over cells, from low to high channels: rows go upwards. */
function cellsOf(activity: readonly Float64Array[], length: number): number[] {
  const cells = Math.floor(length / CELL);
  return activity
    .toReversed()
    .flatMap((channel) =>
      Array.from({ length: cells }, (_, k) => mean(channel.subarray(k * CELL, (k + 1) * CELL))),
    );
}

/** The first take of each digit: what the cochlea hears, and what its spikes say of that. */
export function cochleagramFigure(
  takes: readonly Heard[],
  utterances: readonly Utterance[],
  what: string,
): Figure {
  const shown = [1, 2].map((digit) => {
    const at = takes.findIndex((take) => take.digit === digit);
    return { take: takes[at]!, utterance: utterances[at]! };
  });
  const length = Math.min(...shown.map(({ take }) => take.activity[0]!.length));
  const titled = (title: string, of: (one: (typeof shown)[number]) => Float64Array[]) =>
    shown.map((one) => {
      const values = cellsOf(of(one), length);
      const largest = Math.max(...values) || 1;
      return {
        title: `${DIGIT_NAMES[one.take.digit]}: ${title}`,
        values: values.map((value) => value / largest),
      };
    });
  return {
    name: 'speech-cochleagram',
    spec: matrices({
      title: 'What is heard of two digits',
      subtitle: [what, `Take 0 of each; a cell is ${CELL} ms; each panel by its largest value`],
      rows: { title: 'channel', count: INPUTS },
      columns: { title: `time (${CELL} ms)`, count: Math.floor(length / CELL) },
      grid: [
        titled('cochleagram', ({ take }) => levelled(take)),
        titled('what its spikes say', ({ utterance }) => toldBy(utterance, length)),
      ],
      color: { title: 'activity', domain: [0, 1] },
      width: 330,
    }),
  };
}

/** Spikes of the input channels for the first take of each digit. */
export function inputFigure(utterances: readonly Utterance[], what: string): Figure {
  const shown = ([1, 2] as const).map((digit) => utterances.find((one) => one.digit === digit)!);
  return {
    name: 'speech-input',
    spec: stackedPanels({
      title: 'Spikes of the input channels',
      subtitle: [what, 'Take 0 of each digit; high channels on top'],
      x: { title: 'time (ms)', domain: [0, listeningTime(utterances)] },
      panels: shown.map(({ digit, times, channels }) => ({
        kind: 'raster' as const,
        title: 'channel',
        height: 150,
        legend: true,
        groups: [
          {
            name: DIGIT_NAMES[digit],
            color: DIGIT_COLORS[digit],
            trains: Array.from({ length: INPUTS }, (_, row) =>
              times.filter((_time, k) => channels[k] === INPUTS - 1 - row),
            ),
          },
        ],
      })),
    }),
  };
}

/** What the circuit answers: to one, to the other digit, to another take, and once more. */
export function liquidFigure(
  trials: readonly SpeechTrial[],
  responses: readonly Response[],
  { what, time }: { readonly what: string; readonly time: number },
): Figure {
  const takesOf = (digit: Digit): number[] => [
    ...new Set(trials.filter((trial) => trial.digit === digit).map(({ take }) => take)),
  ];
  const [first, second] = takesOf(1) as [number, number];
  const heard = (digit: Digit, take: number): Response[] =>
    responses.filter((_, i) => trials[i]!.digit === digit && trials[i]!.take === take);
  const [one, again] = heard(1, first) as [Response, Response | undefined];
  const series = (name: string, color: string, response: Response | undefined) => {
    const own = Array.from(response?.steps ?? []).flatMap((step, i) =>
      response!.neurons[i]! % SHOWN === 0 ? [{ x: step * STEP, y: response!.neurons[i]! }] : [],
    );
    return {
      ...{ name, color, shape: 'dots' as const },
      x: own.map(({ x }) => x),
      y: own.map(({ y }) => y),
    };
  };
  const base = series('a “one”', GREY, one);
  const other = [
    series('a “two”', BLUE, heard(2, takesOf(2)[0]!)[0]),
    series('another “one”', VERMILLION, heard(1, second)[0]),
    series('the same “one” again', VERMILLION, again),
  ];
  return {
    name: 'speech-liquid',
    spec: stackedPanels({
      title: 'What the circuit answers',
      subtitle: [what, 'Spikes of every second excitatory neuron'],
      x: { title: 'time (ms)', domain: [0, time] },
      panels: [[base], ...other.map((one_) => [base, one_])].map((shown) => ({
        kind: 'curves' as const,
        title: 'neuron',
        height: 150,
        series: shown,
      })),
    }),
  };
}

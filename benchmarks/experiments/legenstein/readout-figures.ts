// Figures of readouts: spikes over trials, rasters, and free potentials (figures 9 and 10 of the
// paper).
import { mean } from '../../../lib/analysis';
import { type Figure, type Series, stackedPanels } from '../../../lib/plot';
import { BLUE, GREY, VERMILLION } from '../colors';
import { type Classes, countsIn, ofClasses, type ReadoutRun } from './readout-measures';
import type { TrialPlan } from './readout-run';

/** Trials of a class over which a curve is a mean. */
const SMOOTHED = 20;
/** One in so many trials has its spikes shown. */
const SHOWN = 4;

const COLORS: Classes<string> = { rewarded: BLUE, punished: VERMILLION };

/** Runs and what they are called; each is drawn as a line of its own. */
export interface ShownReadouts {
  readonly title: string;
  /** What was simulated, in a line. */
  readonly what: string;
  readonly names: Classes<string>;
  readonly runs: readonly ReadoutRun[];
}

/** Upwards, as the paper has them: the rewarded class on top. */
const CLASSES = ['rewarded', 'punished'] as const;
const isOf = (plan: TrialPlan, name: (typeof CLASSES)[number]): boolean =>
  (plan.sign === 1) === (name === 'rewarded');

/** The figures of what has been done so far; `name` begins those of their files. */
export function readoutFigures(name: string, shown: ShownReadouts): Figure[] {
  const begun = shown.runs.filter(({ course }) => course.spikes.length > 0);
  if (begun.length === 0) return [];
  const so = { ...shown, runs: begun };
  return [
    { name, spec: countPanels(so) },
    { name: `${name}-rasters`, spec: rasterPanels(so) },
    ...potentialFigure(`${name}-potentials`, so),
  ];
}

/** Spikes a trial, with the usual threshold. */
function countPanels({ title, what, names, runs }: ShownReadouts): Figure['spec'] {
  const [{ job }] = runs as [ReadoutRun];
  const { trials, timing } = job;
  const curve = (of: (typeof CLASSES)[number], run: ReadoutRun): Series => {
    const own = run.course.spikes.flatMap((_, i) =>
      isOf(trials[i]!, of) && !trials[i]!.free
        ? [{ x: i + 1, y: mean(countsIn(run.job, run.course, i)) }]
        : [],
    );
    const smooth = own.map((_, i) =>
      mean(own.slice(Math.max(0, i - SMOOTHED + 1), i + 1).map(({ y }) => y)),
    );
    return { name: names[of], color: COLORS[of], x: own.map(({ x }) => x), y: smooth };
  };
  const learning = trials.flatMap(({ learns }, i) => (learns ? [i + 1] : []));
  return stackedPanels({
    title,
    subtitle: [
      what,
      `Spikes from the onset to ${timing.counted} ms; means over neurons and ${SMOOTHED} trials`,
    ],
    x: { title: 'trial', domain: [0, trials.length] },
    ...(learning.length > 0 && {
      marks: [{ name: 'learning begins, ends', color: GREY, x: [learning[0]!, learning.at(-1)!] }],
    }),
    panels: [
      {
        kind: 'curves',
        title: ['spikes', 'in a trial'],
        height: 240,
        zero: true,
        series: runs.flatMap((run) => CLASSES.map((of) => curve(of, run))),
      },
    ],
  });
}

/** Spikes of the first neuron of the first run, trial by trial upwards. */
function rasterPanels({ title, what, names, runs }: ShownReadouts): Figure['spec'] {
  const [{ job, course }] = runs as [ReadoutRun];
  const { trials, timing } = job;
  const rows = ofClasses((sign) =>
    course.spikes.flatMap((neurons, i) =>
      trials[i]!.sign === sign && !trials[i]!.free
        ? [neurons[0]!.filter((time) => time <= timing.counted)]
        : [],
    ),
  );
  return stackedPanels({
    title,
    subtitle: [what, `Spikes of the first neuron; upwards: before, during, after learning`],
    x: { title: 'time in a trial (ms)', domain: [0, timing.counted] },
    panels: CLASSES.map((of) => ({
      kind: 'raster' as const,
      title: `every ${SHOWN}th trial`,
      height: 260,
      legend: true,
      groups: [
        {
          name: names[of],
          color: COLORS[of],
          trains: rows[of].filter((_, i) => i % SHOWN === 0),
        },
      ],
    })),
  });
}

/** The potential of the first neuron in the first free trial of each class before, and after. */
function potentialFigure(name: string, { title, what, names, runs }: ShownReadouts): Figure[] {
  const [{ job, course }] = runs as [ReadoutRun];
  const { trials, timing } = job;
  const begins = trials.findIndex(({ learns }) => learns);
  const firstOf = (of: (typeof CLASSES)[number], after: boolean): readonly number[] =>
    course.potentials.find(
      (_, i) => trials[i]!.free && isOf(trials[i]!, of) && i > begins === after,
    )?.first ?? [];
  const series = (label: string, color: string, y: readonly number[]): Series => ({
    ...{ name: label, color, y },
    x: y.map((_, k) => k),
  });
  const shown = CLASSES.filter((of) => firstOf(of, false).length > 0);
  if (shown.length === 0) return [];
  return [
    {
      name,
      spec: stackedPanels({
        title,
        subtitle: [what, 'Potential of the first neuron, whose threshold is out of reach'],
        x: { title: 'time after the onset (ms)', domain: [0, timing.watched - timing.onset] },
        panels: shown.map((of) => ({
          kind: 'curves' as const,
          title: [names[of], '(mV)'],
          height: 150,
          series: [
            series(`${names[of]}: before learning`, GREY, firstOf(of, false)),
            series(`${names[of]}: after learning`, COLORS[of], firstOf(of, true)),
          ],
        })),
      }),
    },
  ];
}

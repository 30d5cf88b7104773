// docs/legenstein.md has the parameters that are simulated, and says what is not as published.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { biofeedbackDeviations } from '../../../benchmarks/experiments/legenstein/biofeedback';
import { CRITERIA } from '../../../benchmarks/experiments/legenstein/biofeedback-merits';
import {
  KINDS,
  networkTable,
  programTable,
  rewardTable,
  ruleTable,
  SHORT_TERM,
  spreadTable,
  weightDependentTable,
  weightTable,
} from '../../../benchmarks/experiments/legenstein/biofeedback-parameters';
import { cellTable, noiseTable } from '../../../benchmarks/experiments/legenstein/cell';
import { DRIFT_CRITERIA, driftDeviations } from '../../../benchmarks/experiments/legenstein/drift';
import {
  commonTable,
  EXPERIMENTS,
} from '../../../benchmarks/experiments/legenstein/drift-parameters';
import {
  DISCRIMINATION_CRITERIA,
  discriminationDeviations,
} from '../../../benchmarks/experiments/legenstein/discrimination';
import {
  networkTable as patternTable,
  protocolTable,
} from '../../../benchmarks/experiments/legenstein/discrimination-parameters';
import {
  IMITATION_CRITERIA,
  imitationDeviations,
} from '../../../benchmarks/experiments/legenstein/imitation';
import {
  networkTable as imitationTable,
  rewardTable as kappaTable,
  testTable,
} from '../../../benchmarks/experiments/legenstein/imitation-parameters';
import { plasticTable } from '../../../benchmarks/experiments/legenstein/plastic-parameters';
import { readoutTable } from '../../../benchmarks/experiments/legenstein/readout-parameters';
import {
  inputTable,
  liquidTable,
} from '../../../benchmarks/experiments/legenstein/speech/liquid-parameters';
import {
  SPEECH_CRITERIA,
  speechDeviations,
} from '../../../benchmarks/experiments/legenstein/speech/speech';
import { speechTable } from '../../../benchmarks/experiments/legenstein/speech/speech-parameters';
import {
  deviationsAsMarkdown,
  markdownOf,
  ORIGIN_MEANINGS,
  ORIGINS,
} from '../../../benchmarks/experiments/legenstein/sourced';
import { predictDrift } from '../../../benchmarks/experiments/legenstein/theory';

const page = readFileSync(path.join(__dirname, '../../../docs/legenstein.md'), 'utf8');

test.each(
  Object.entries({
    ...{ cellTable, noiseTable, networkTable, weightTable, spreadTable, rewardTable, programTable },
    ...{ ruleTable, weightDependentTable, commonTable },
    ...{ plasticTable, imitationTable, kappaTable, testTable },
    ...{ readoutTable, patternTable, protocolTable, liquidTable, inputTable, speechTable },
  }),
)('%s', (_, table) => {
  expect(page).toContain(`\n${markdownOf(table)}\n`);
});

test.each(KINDS)('short-term plasticity of %s', (kind) => {
  const { U, tau_rec, tau_fac } = SHORT_TERM[kind];
  expect(page).toContain(`\n| ${kind} | ${U} | ${tau_rec} | ${tau_fac} |\n`);
});

test.each(EXPERIMENTS.map((settings, i) => [i + 1, settings] as const))(
  'experiment %d of simulation 3',
  (number, settings) => {
    const cells = { ...settings, A_plus: settings.A_plus.toExponential(3) };
    expect(page).toContain(`\n| ${number} | ${Object.values(cells).join(' | ')} |\n`);
    const { shift, strong, weak } = predictDrift(settings);
    const signed = (value: number) => (value < 0 ? '−' : '+') + Math.abs(value).toFixed(3);
    expect(page).toContain(
      `\n| ${number} | ${shift.toFixed(2)} | ${signed(strong)} | ${signed(weak)} |\n`,
    );
  },
);

test('where values come from', () => {
  for (const [origin, name] of Object.entries(ORIGINS)) {
    const meaning = ORIGIN_MEANINGS[origin as keyof typeof ORIGINS];
    expect(page).toContain(`- *${name}*: ${meaning}\n`);
  }
});

test.each(
  Object.entries({
    ...{ biofeedbackDeviations, imitationDeviations, driftDeviations },
    ...{ discriminationDeviations, speechDeviations },
  }),
)('what is not as published: %s', (_, deviations) => {
  expect(page).toContain(`\n${deviationsAsMarkdown(deviations)}\n`);
});

test('what is judged of simulations 2, 4 and 5', () => {
  const { difference, angle, rise } = IMITATION_CRITERIA;
  const patterns = DISCRIMINATION_CRITERIA;
  const digits = SPEECH_CRITERIA;
  for (const text of [
    `end ${difference} w_max or more apart`,
    `is ${angle} rad or less`,
    `rises by ${rise.each} or more`,
    `by ${rise.mean} in the mean`,
    `${patterns.accuracy} or more of the trials`,
    `P gets ${patterns.difference} spikes more`,
    `less than ${patterns.before} before learning`,
    `${digits.accuracy} or more of the held-out trials after learning in each, ${digits.before} or less before`,
    `by more than ${digits.variance} times`,
    `${digits.dynamic.accuracy} or more and ${digits.dynamic.difference} spikes more for “two”`,
    `Digits that are made: ${digits.synthetic}`,
  ]) {
    expect(page).toContain(text);
  }
});

test('what is judged of drifts', () => {
  const { clear, large, tolerance } = DRIFT_CRITERIA;
  expect(page).toContain(`all signs of predictions above ${clear}`);
  expect(page).toContain(`within ±${100 * tolerance} % of predictions above ${large}`);
});

test('what is judged', () => {
  const { rateRatio, othersBand, weightLead, highest, populationBand, difference } = CRITERIA;
  for (const text of [
    `at least ${rateRatio} times`,
    `within ±${100 * othersBand} %`,
    `by ${weightLead['1']} w_max or more (reward × e: ${weightLead.e})`,
    `above ${highest} spikes/s`,
    `within ±${100 * populationBand} %`,
    `differ by ${difference} w_max`,
  ]) {
    expect(page).toContain(text);
  }
});

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

test('what is not as published', () => {
  expect(page).toContain(`\n${deviationsAsMarkdown(biofeedbackDeviations)}\n`);
  expect(page).toContain(`\n${deviationsAsMarkdown(driftDeviations)}\n`);
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

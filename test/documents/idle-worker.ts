// A thread of a sweep in which every experiment does nothing.
import { workerData } from 'node:worker_threads';
import type { Experiment } from '../../lib/cli/experiment';
import { answerRun, type AskedRun } from '../../lib/cli/sweep-worker';
import { nothing } from './idle';

const idle: Experiment = {
  ...{ name: (workerData as AskedRun).experiment, summary: '', reference: '' },
  ...{ defaultTime: 1, resolution: 1, options: {} },
  run: () => Promise.resolve(nothing),
};

void answerRun([idle]);

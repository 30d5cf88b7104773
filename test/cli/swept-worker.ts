import { answerRun } from '../../lib/cli/sweep-worker';
import { sweptExperiments } from './swept-experiments';

void answerRun(sweptExperiments);

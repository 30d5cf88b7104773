// A thread that runs one experiment of a sweep.
import { answerRun } from '../lib/cli/sweep-worker';
import { experiments } from './experiments';
import { speedExperiments } from './measuring';

void answerRun([...experiments, ...speedExperiments]);

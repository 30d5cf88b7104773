// Worker threads that run TypeScript as it is, for tests of what starts workers:
// jest.mock('node:worker_threads', () => jest.requireActual('<path of this file>'))
import path from 'node:path';
import type * as workerThreads from 'node:worker_threads';

const threads = jest.requireActual<typeof workerThreads>('node:worker_threads');
const register = path.join(__dirname, 'cli', 'register.cjs');

class TypeScriptWorker extends threads.Worker {
  constructor(file: string, options: workerThreads.WorkerOptions = {}) {
    super(file, { ...options, execArgv: ['-r', register] });
  }
}

module.exports = { ...threads, Worker: TypeScriptWorker };

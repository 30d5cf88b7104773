import { fork } from 'node:child_process';
import type { Control, Engine, Job, MeasureBandwidth } from '../../lib/bench/engine';
import { version } from '../../lib/generated/version';
import type { Reply, Request } from './measure-messages';

/** Bytes read to measure the bandwidth of memory: many times what any cache holds. */
const BYTES = 256 * 2 ** 20;
const PASSES = 5;

/** Why a process ended without an answer. */
function endOf(code: number | null, signal: NodeJS.Signals | null, errors: string): string {
  if (signal === 'SIGKILL') return 'its process was killed; is there enough memory?';
  const how = signal === null ? `with status ${code}` : `by ${signal}`;
  return `its process ended ${how}. ${errors.trim().split('\n').at(-1) ?? ''}`.trimEnd();
}

/** This simulator. `execArgv`: options of Node for the processes that measure. */
export function tegmentaEngine(execArgv: readonly string[] = process.execArgv): {
  readonly engine: Engine;
  readonly bandwidth: MeasureBandwidth;
} {
  const ask = (request: Request, control: Control): Promise<Reply> =>
    askChild(request, control, execArgv);
  return {
    engine: {
      name: 'tegmenta',
      version: version,
      runs: () => true,
      measure: async (job, control) => {
        const reply = await ask(requestFor(job), control);
        return reply.kind === 'measured' ? reply.quantities : [];
      },
    },
    bandwidth: async (threads, control) => {
      const reply = await ask(
        { kind: 'bandwidth', threads, bytes: BYTES, passes: PASSES },
        control,
      );
      return reply.kind === 'bandwidth' ? reply.value : NaN;
    },
  };
}

const requestFor = ({ benchmark, options, time, threads, seed }: Job): Request => ({
  kind: 'measure',
  experiment: benchmark.experiment.name,
  options,
  time,
  threads,
  seed,
});

function askChild(
  request: Request,
  { signal, progress }: Control,
  execArgv: readonly string[],
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child = fork(require.resolve('./measure-child'), [], {
      execArgv: [...execArgv],
      // Keeps NaN.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let errors = '';
    let answer: Reply | undefined;
    const abort = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', abort);
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('message', (reply: Reply) => {
      if (reply.kind === 'progress') progress(reply.phase, reply.fraction);
      else answer = reply;
    });
    child.on('error', reject);
    child.on('close', (code, ended) => {
      signal.removeEventListener('abort', abort);
      if (signal.aborted) reject(signal.reason as Error);
      else if (!answer) reject(new Error(endOf(code, ended, errors)));
      else if (answer.kind === 'failed') reject(new Error(answer.message));
      else resolve(answer);
    });
    child.send(request);
  });
}

// The process in which one workload is measured: it gets a request, tells how far it is, and sends
// what came out.
import type { Quantity } from '../../lib/cli/experiment';
import { native } from '../../lib/native';
import type { Reply, Request } from './measure-messages';
import { experimentNamed } from '../speed';

const send = (reply: Reply, sent?: () => void): void =>
  void process.send?.(reply, undefined, undefined, sent);

async function answer(request: Request): Promise<Reply> {
  if (request.kind === 'bandwidth') {
    const { threads, bytes, passes } = request;
    return { kind: 'bandwidth', value: native.memoryBandwidth(threads, bytes, passes) };
  }
  const { experiment, ...context } = request;
  const { quantities } = await experimentNamed(experiment).run({
    ...context,
    // The parent ends this process when the user interrupts.
    signal: new AbortController().signal,
    progress: (phase, fraction) => send({ kind: 'progress', phase, fraction }),
  });
  const peak: Quantity = {
    key: 'peak_memory',
    label: 'largest resident memory of the process',
    value: 1024 * process.resourceUsage().maxRSS,
    unit: 'B',
  };
  return { kind: 'measured', quantities: [...quantities, peak] };
}

// Ctrl-C reaches all processes of a terminal; what it means is the parent's business.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.once('message', (request: Request) => {
  void answer(request)
    .catch((error: unknown): Reply => {
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    })
    .then((reply) => send(reply, () => process.disconnect()));
});

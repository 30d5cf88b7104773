/** Where text goes; `isTTY` and `columns` as Node's terminal streams have them. */
export type TextStream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

/** Everything the command line touches of the process it runs in, so that tests can stand in. */
export interface CliIO {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /**
   * Calls `listener` at the first Ctrl-C or SIGTERM. Those that come within `sameInterrupt` of it
   * are the same one; a later one is not listened to and ends the process at once, even when it is
   * busy. Returns a function that stops listening.
   */
  onInterrupt(listener: () => void): () => void;
}

/**
 * Milliseconds. `npx` hands on what the terminal sends to all its processes, and `timeout` sends
 * its signal to the process and to its group.
 */
export const sameInterrupt = 250;

const interrupts = ['SIGINT', 'SIGTERM'] as const;

/** The real process. */
export const processIO: CliIO = {
  stdout: process.stdout,
  stderr: process.stderr,
  onInterrupt(listener) {
    const stop = (): void => {
      for (const signal of interrupts) process.off(signal, heard);
    };
    let first = true;
    const heard = (): void => {
      if (!first) return;
      first = false;
      setTimeout(stop, sameInterrupt).unref();
      listener();
    };
    for (const signal of interrupts) process.on(signal, heard);
    return stop;
  },
};

/** Exit codes of the command line. */
export const ExitCode = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What each of them says, for the help and the documents. */
export const exitMeanings: Readonly<Record<keyof typeof ExitCode, string>> = {
  done: 'done',
  failed: 'failed: the standard error says why',
  usage: 'wrong usage: nothing was done',
  interrupted: 'interrupted by Ctrl-C or SIGTERM: what was complete until then is written',
};

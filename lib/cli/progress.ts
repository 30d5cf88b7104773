import { Presets, SingleBar } from 'cli-progress';
import type { TextStream } from './io';

/** A progress bar for each phase of a run, on a terminal; silent anywhere else. */
export class Progress {
  readonly #stream: TextStream;
  #bar: SingleBar | undefined;
  #phase: string | undefined;
  #startedAt = 0;

  constructor(stream: TextStream) {
    this.#stream = stream;
  }

  /** Shows that `fraction` (0 … 1) of a phase is done; another phase starts a bar of its own. */
  update(phase: string, fraction: number): void {
    if (this.#stream.isTTY !== true) return;
    if (phase !== this.#phase) {
      this.stop();
      this.#bar = new SingleBar(
        {
          stream: this.#stream,
          format: `${phase} {bar} {percentage} %{left}`,
          clearOnComplete: true,
          // What Ctrl-C does is the command's business.
          gracefulExit: false,
        },
        Presets.shades_classic,
      );
      this.#bar.start(1, 0, { left: '' });
      this.#startedAt = performance.now();
      this.#phase = phase;
    }
    this.#bar?.update(fraction, { left: this.#timeLeft(fraction) });
  }

  /** Nothing before there is a pace to go by. */
  #timeLeft(fraction: number): string {
    if (!(fraction > 0)) return '';
    const elapsed = (performance.now() - this.#startedAt) / 1000;
    return `, ${Math.ceil((elapsed * (1 - fraction)) / fraction)} s left`;
  }

  /** Takes the bar off the terminal. */
  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#phase = undefined;
  }
}

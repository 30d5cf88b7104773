import { Presets, SingleBar } from 'cli-progress';
import type { TextStream } from './io';

/** Between two lines where there is no terminal, ms. */
const LINE_INTERVAL = 10_000;

/** A progress bar for each phase of a run on a terminal, a line now and then anywhere else. */
export class Progress {
  readonly #stream: TextStream;
  #bar: SingleBar | undefined;
  #phase: string | undefined;
  #startedAt = 0;
  readonly #now: () => number;
  #lineAt: number;

  /** `now`: a clock, ms. */
  constructor(stream: TextStream, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
    this.#lineAt = now() + LINE_INTERVAL;
  }

  /**
   * Shows that `fraction` (0 … 1) of a phase is done, and how things stand; another phase starts a
   * bar of its own.
   */
  update(phase: string, fraction: number, standing = ''): void {
    if (phase !== this.#phase) {
      this.stop();
      this.#startedAt = this.#now();
      this.#phase = phase;
    }
    const text = this.#timeLeft(fraction) + (standing && `, ${standing}`);
    if (this.#stream.isTTY === true) this.#draw(phase, fraction, text);
    else this.#writeLine(phase, fraction, text);
  }

  #draw(phase: string, fraction: number, text: string): void {
    if (!this.#bar) {
      this.#bar = new SingleBar(
        {
          stream: this.#stream,
          format: `${phase} {bar} {percentage} %{text}`,
          clearOnComplete: true,
          // What Ctrl-C does is the command's business.
          gracefulExit: false,
        },
        Presets.shades_classic,
      );
      this.#bar.start(1, 0, { text: '' });
    }
    this.#bar.update(fraction, { text });
  }

  #writeLine(phase: string, fraction: number, text: string): void {
    if (this.#now() < this.#lineAt) return;
    this.#lineAt = this.#now() + LINE_INTERVAL;
    this.#stream.write(`${phase}: ${Math.floor(100 * fraction)} %${text}\n`);
  }

  /** Nothing before there is a pace to go by. */
  #timeLeft(fraction: number): string {
    if (!(fraction > 0)) return '';
    const elapsed = (this.#now() - this.#startedAt) / 1000;
    return `, ${Math.ceil((elapsed * (1 - fraction)) / fraction)} s left`;
  }

  /** Takes the bar off the terminal. */
  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#phase = undefined;
  }
}

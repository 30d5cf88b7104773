import type * as Bars from 'cli-progress';
import { absent, missingPackages } from '../peers';
import type { TextStream } from './io';

/** Between two lines where there is no terminal, ms. */
const LINE_INTERVAL = 10_000;

/** What draws bars, which users need not have: loaded for a terminal only. */
function loadBars(): typeof Bars | undefined {
  try {
    return require('cli-progress') as typeof Bars;
  } catch (error) {
    return absent('cli-progress', error);
  }
}

/**
 * A progress bar for each phase of a run on a terminal, a line now and then anywhere else and where
 * no bars are installed.
 */
export class Progress {
  readonly #stream: TextStream;
  #bar: Bars.SingleBar | undefined;
  /** Undefined where there is no terminal, or where they are not installed. */
  readonly #bars: typeof Bars | undefined;
  #phase: string | undefined;
  #startedAt = 0;
  readonly #now: () => number;
  #lineAt: number;

  /** `now`: a clock, ms. */
  constructor(stream: TextStream, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
    this.#lineAt = now() + LINE_INTERVAL;
    if (stream.isTTY !== true) return;
    this.#bars = loadBars();
    if (this.#bars !== undefined) return;
    stream.write(`${missingPackages('A progress bar', ['cli-progress']).message}\n`);
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
    if (this.#bars === undefined) this.#writeLine(phase, fraction, text);
    else this.#draw(this.#bars, phase, fraction, text);
  }

  #draw(bars: typeof Bars, phase: string, fraction: number, text: string): void {
    if (!this.#bar) {
      this.#bar = new bars.SingleBar(
        {
          stream: this.#stream,
          format: `${phase} {bar} {percentage} %{text}`,
          clearOnComplete: true,
          // What Ctrl-C does is the command's business.
          gracefulExit: false,
        },
        bars.Presets.shades_classic,
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

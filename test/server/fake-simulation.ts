import { Streams } from '../../lib/server';

/** Stands in for a simulation that plays Pong and learns: publishes to streams of every kind. */
export class FakeSimulation {
  readonly streams = new Streams();
  iteration = 0;
  readonly #ball = { x: 0.8, y: 0.5 };
  readonly #speed = { x: 0.017, y: 0.009 };
  readonly #paddles: [number, number] = [0.5, 0.5];
  readonly score: [number, number] = [0, 0];
  readonly #game = this.streams.value('game', { label: 'Game', view: 'pong' });
  readonly pause = this.streams.control('pause', {
    ...{ kind: 'toggle', label: 'Pause', initial: false, shortcut: ' ' },
  });
  readonly noise = this.streams.control('noise', {
    ...{ kind: 'toggle', label: 'Noise', initial: true, shortcut: 'n' },
  });
  readonly speed = this.streams.control('speed', {
    ...{ kind: 'range', label: 'Speed', initial: 50, min: 1, max: 400, scale: 'log' },
    unit: 'iterations/s',
  });
  readonly threads = this.streams.control('threads', {
    ...{ kind: 'choice', label: 'Colours', initial: 'steady', choices: ['steady', 'bold'] },
  });
  readonly #rewards = (['rn', 'dn+'] as const).map((player, side) =>
    this.streams.scalar(`reward ${player}`, {
      ...{
        label: player,
        chart: 'Reward, mean of 100 iterations',
        xLabel: 'iteration',
        yLabel: 'reward',
      },
      ...{ range: [0, 1], color: side === 0 ? 'blue' : 'orange' },
    }),
  );
  readonly #input = this.streams.spikes('input rn', {
    ...{ label: 'input', chart: 'Motor neurons of rn', rows: 20, window: 2000, color: 'grey' },
  });
  readonly #rasters = (['rn', 'dn+'] as const).map((player, side) =>
    this.streams.spikes(`spikes ${player}`, {
      ...{ label: 'motor neurons', chart: `Motor neurons of ${player}`, rows: 20, window: 2000 },
      color: side === 0 ? 'blue' : 'orange',
    }),
  );
  readonly #weights = (['rn', 'dn+'] as const).map((player) =>
    this.streams.matrix(`weights ${player}`, {
      ...{ label: `Weights of ${player}`, rows: 20, columns: 20, unit: 'pA' },
      ...{ rowLabel: 'input neuron', columnLabel: 'motor neuron' },
    }),
  );
  readonly #potentials = this.streams.trace('potentials', {
    ...{ label: 'Membrane potentials of rn', unit: 'mV', window: 1000 },
    lines: ['neuron 3', 'neuron 10', 'neuron 17'],
  });
  readonly #engine = this.streams.value('engine', {
    label: 'Simulation',
    note: 'Striatum and pallidum are inert: setting their weights to 0 changes no bit.',
  });
  #random = 1;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Iterations without waiting in between. */
  advance(iterations: number): void {
    for (let i = 0; i < iterations; i++) this.#iterate();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      if (this.pause.value) {
        await this.pause.changed({ signal });
        continue;
      }
      this.#iterate();
      await new Promise((resolve) => setTimeout(resolve, 1000 / this.speed.value));
    }
  }

  #iterate(): void {
    this.iteration++;
    this.#moveBall();
    const row = Math.min(19, Math.max(0, Math.floor(this.#ball.y * 20)));
    const train = Float64Array.from({ length: 20 }, (_, k) => 200 * (this.iteration - 1) + 10 * k);
    this.#input.publish(train, new Uint16Array(20).fill(row), 200 * this.iteration);
    const skill = 1 - Math.exp(-this.iteration / 600);
    for (const side of [0, 1] as const) {
      this.#publishSpikes(side, row, skill);
      this.#publishWeights(side, skill);
      const noise = 0.1 * (this.#draw() - 0.5);
      this.#rewards[side]!.publish(this.iteration, 0.16 + (0.7 - 0.2 * side) * skill + noise);
    }
    this.#publishPotentials(row);
    this.#engine.publish({
      iterations: this.iteration,
      'real-time factor': 0.0163,
      noise: this.noise.value ? 'on' : 'off',
    });
    this.#game.publish({
      ...{ ball: this.#ball, paddles: this.#paddles, score: this.score },
      ...{ players: ['rn', 'dn+'], iteration: this.iteration, rows: 20 },
    });
  }

  #moveBall(): void {
    const [ball, speed] = [this.#ball, this.#speed];
    if (ball.y < 0.025 || ball.y > 0.975) speed.y = Math.sign(0.5 - ball.y) * Math.abs(speed.y);
    if (ball.x < 0.025 || ball.x > 1.575) {
      const side = ball.x < 0.8 ? 0 : 1;
      if (Math.abs(ball.y - this.#paddles[side]) > 0.1) this.score[1 - side]!++;
      speed.x = Math.sign(0.8 - ball.x) * Math.abs(speed.x);
    }
    ball.x += speed.x;
    ball.y += speed.y;
    for (const side of [0, 1] as const) {
      const step = 0.006 * Math.sign(ball.y - this.#paddles[side]);
      this.#paddles[side] = Math.min(1, Math.max(0, this.#paddles[side] + step));
    }
  }

  #publishSpikes(side: number, row: number, skill: number): void {
    const begin = (this.iteration - 1) * 200;
    const [times, rows]: [number[], number[]] = [[], []];
    for (let i = 0; i < 30; i++) {
      const learned = this.#draw() < 0.7 * skill;
      times.push(begin + this.#draw() * 200);
      rows.push(learned ? row : Math.floor(this.#draw() * 20));
    }
    this.#rasters[side]!.publish(Float64Array.from(times).sort(), rows, begin + 200);
  }

  #publishWeights(side: number, skill: number): void {
    const weights = new Float64Array(400);
    for (const i of weights.keys()) {
      const off = Math.abs(Math.floor(i / 20) - (i % 20));
      const gain = 300 * skill * Math.exp((-off * off) / (side === 0 ? 2 : 0.5));
      weights[i] = 1300 + gain + 40 * Math.sin(i * 12.9898);
    }
    this.#weights[side]!.publish(weights);
  }

  #publishPotentials(row: number): void {
    const begin = (this.iteration - 1) * 200;
    const times = Float64Array.from({ length: 40 }, (_, k) => begin + 5 * (k + 1));
    const values = new Float64Array(120);
    for (const [k, time] of times.entries()) {
      for (const [line, neuron] of [3, 10, 17].entries()) {
        const phase = (time / (neuron === row ? 25 : 80)) % 1;
        values[3 * k + line] = -70 + 14 * (1 - Math.exp(-3 * phase)) + this.#draw();
      }
    }
    this.#potentials.publish(times, values);
  }

  #draw(): number {
    this.#random = (this.#random * 48271) % 2147483647;
    return this.#random / 2147483647;
  }
}

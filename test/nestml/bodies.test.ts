// Compiled bodies give what they give when they are run as they are written, one neuron at a time.
import { Kernel } from '../../lib';
import { seeds, timeout } from '../fuzz/budget';
import { Draws } from '../fuzz/draws';
import { PlainModel } from './plain-model';
import { randomModel } from './random-bodies';

const NEURONS = 5;
const STEPS = 7;
const names = ['a', 'b', 'c', 'n', 'm', 'f', 'w_0', 'w_1', 'w_2'] as const;

const plainValue = (model: PlainModel, name: string): number | boolean =>
  name.startsWith('w_') ? model.get('w', Number(name.slice(2))) : model.get(name);

async function compare(seed: number): Promise<void> {
  const draws = new Draws(seed);
  const draw = (n: number): number => draws.below(n);
  const text = randomModel(draw);
  const kernel = new Kernel();
  try {
    await kernel.LoadModel(text);
    const starts = Array.from({ length: NEURONS }, () => ({
      ...{ a: (draw(400) - 200) / 16, b: (draw(400) - 200) / 16, n: draw(20) - 10 },
      ...{ f: draw(2) === 1, p: (draw(64) - 32) / 8 },
    }));
    const neurons = kernel.Create('drawn', NEURONS, {
      a: starts.map((one) => one.a),
      b: starts.map((one) => one.b),
      n: starts.map((one) => one.n),
      f: starts.map((one) => one.f),
      p: starts.map((one) => one.p),
    });
    const plain = starts.map((start) => {
      const model = new PlainModel(text);
      for (const [name, value] of Object.entries(start)) model.set(name, value);
      return model;
    });
    const spikes = kernel.Create('spike_recorder');
    kernel.Connect(neurons, spikes);
    let count = 0;
    for (let step = 0; step < STEPS; step++) {
      await kernel.Simulate(0.1);
      plain.forEach((model) => model.step());
      count += plain.reduce((sum, model) => sum + model.spikes, 0);
      for (const name of names) {
        const found = neurons.get(name) as readonly (number | boolean)[];
        const expected = plain.map((model) => plainValue(model, name));
        // 0 and −0 are the same here.
        if (found.every((value, i) => value === expected[i])) continue;
        throw new Error(
          `seed ${seed}, step ${step}, ${name}: ${found.join()}, not ${expected.join()}\n${text}`,
        );
      }
      expect(spikes.n_events).toBe(count);
    }
  } finally {
    await kernel[Symbol.asyncDispose]();
  }
}

it(
  'drawn bodies do what is written',
  async () => {
    for (const seed of seeds('bodies')) await expect(compare(seed)).resolves.toBeUndefined();
  },
  timeout,
);

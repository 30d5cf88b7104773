// Saves a state where there is not enough room for it; prints how that was refused.
import { Kernel, random } from '../../../lib';

const [file = ''] = process.argv.slice(2);
const kernel = new Kernel();
const neurons = kernel.Create('iaf_psc_exp', 1000);
kernel.Connect(neurons, neurons, 'all_to_all', { weight: random.uniform(0, 1) });

async function refused(): Promise<unknown[]> {
  const errors: unknown[] = [];
  await kernel.SaveState(file).catch((error: unknown) => errors.push(error));
  try {
    kernel.SaveStateSync(file);
  } catch (error) {
    errors.push(error);
  }
  return errors.map((error) => {
    const { name, reason, file: named } = error as Error & { reason?: unknown; file?: unknown };
    return { name, reason, file: named };
  });
}

void refused().then((errors) => {
  kernel.SimulateSync(1);
  console.log(JSON.stringify({ errors, bytes: kernel.SaveStateSync().length }));
});

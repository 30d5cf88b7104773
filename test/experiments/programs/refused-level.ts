// Prints the error of a kernel that cannot be made.
import { TegmentaError } from '../../../lib/errors';
import { Kernel } from '../../../lib/kernel';

try {
  new Kernel();
} catch (error) {
  if (!(error instanceof TegmentaError)) throw error;
  process.stdout.write(JSON.stringify({ ...error, name: error.name, message: error.message }));
}

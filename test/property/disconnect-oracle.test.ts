// Random programs that connect, disconnect, set and simulate, against a plain list of connections: what
// GetConnections gives, in its order, and what arrives at neurons that add up all that they get. A spike
// belongs to the connections that there are when it is emitted.
import { Program } from './disconnect-program';

test.each([1, 2, 3])(
  'random programs leave what a plain list has, and it arrives (%i threads)',
  (threads) => {
    let refused = 0;
    let removed = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const program = new Program(100 * threads + seed, threads);
      program.run(40);
      refused += program.refused;
      removed += program.removed;
    }
    expect(refused).toBeGreaterThan(5);
    expect(removed).toBeGreaterThan(500);
  },
);

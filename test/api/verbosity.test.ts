import { named } from './named';
import { Kernel, VerbosityLevel, type VerbosityName } from '../../lib';
import * as nest from '../../lib';

describe('verbosity', () => {
  it('is kept, also by ResetKernel', () => {
    const kernel = new Kernel();
    expect(kernel.get_verbosity()).toBe(VerbosityLevel.INFO);
    kernel.verbosity = VerbosityLevel.WARNING;
    expect([kernel.get_verbosity(), kernel.GetKernelStatus('verbosity')]).toEqual([20, 20]);
    for (const [name, level] of Object.entries(VerbosityLevel)) {
      kernel.set_verbosity(name as VerbosityName);
      expect(kernel.verbosity).toBe(level);
      kernel.set_verbosity(0);
      kernel.set_verbosity(`M_${name}` as VerbosityName);
      expect(kernel.verbosity).toBe(level);
    }
    kernel.ResetKernel();
    expect(kernel.verbosity).toBe(VerbosityLevel.QUIET);
    expect(kernel.print_time).toBe(false);
  });

  it('is that of the default kernel in the functions of the module', () => {
    nest.set_verbosity('M_ERROR');
    expect(nest.get_verbosity()).toBe(30);
    expect(nest.default.verbosity).toBe(30);
  });

  it.each<readonly [unknown, string, object]>([
    ['M_WARNIN', 'BadParameterValue', { suggestion: 'WARNING', parameter: 'level' }],
    ['loud', 'BadParameterValue', { value: 'loud' }],
    [101, 'BadProperty', { parameter: 'verbosity' }],
    [1.5, 'TypeMismatch', { parameter: 'verbosity' }],
    [null, 'TypeMismatch', { parameter: 'level' }],
  ])('is not %p', (level, name, fields) => {
    const kernel = new Kernel();
    expect(() => kernel.set_verbosity(level as number)).toThrow(named(name, fields));
    expect(kernel.verbosity).toBe(10);
  });
});

describe('print_time', () => {
  const printed = async (simulate: () => unknown): Promise<string> => {
    const shown: string[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation(((text: string) => {
      shown.push(text);
      return true;
    }) as typeof process.stderr.write);
    try {
      await simulate();
    } finally {
      write.mockRestore();
    }
    return shown.join('');
  };
  const LAST = /\r\[ 100% \] Model time: (\d+\.\d) ms, Real-time factor: \d+\.\d{4}\n$/;

  it.each([
    ['Simulate', (kernel: Kernel, ms: number) => kernel.Simulate(ms)],
    ['SimulateSync', (kernel: Kernel, ms: number) => kernel.SimulateSync(ms)],
  ])('tells the time of %s where it is set', async (_, simulate) => {
    const kernel = new Kernel();
    kernel.Create('iaf_psc_exp', 10);
    expect(await printed(() => simulate(kernel, 50))).toBe('');
    kernel.print_time = true;
    expect(LAST.exec(await printed(() => simulate(kernel, 50)))?.[1]).toBe('100.0');
    expect(LAST.exec(await printed(() => simulate(kernel, 20)))?.[1]).toBe('120.0');
    kernel.print_time = false;
    expect(await printed(() => simulate(kernel, 50))).toBe('');
  });

  it('tells it on the way, too, and leaves onProgress what it is', async () => {
    const kernel = new Kernel();
    kernel.Create('iaf_psc_exp', 10);
    kernel.print_time = true;
    const stop = new AbortController();
    let heard = 0;
    const text = await printed(() =>
      expect(
        kernel.Simulate(1e8, {
          signal: stop.signal,
          onProgress: () => {
            if (++heard === 3) stop.abort();
          },
        }),
      ).rejects.toThrow(named('AbortError')),
    );
    expect(text).toMatch(/^(\r\[ {3}\d% \] Model time: \d+\.\d ms, Real-time factor: [\d.]+)+$/);
    const failing = kernel.Simulate(1e8, {
      onProgress: () => {
        throw new Error('mine');
      },
    });
    await printed(() => expect(failing).rejects.toThrow('mine'));
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The library that makes allocations and threads of the addon fail, compiled for a test. */
export interface FailingLibrary {
  readonly file: string;
  remove(): void;
}

export function compileFailing(): FailingLibrary {
  const folder = mkdtempSync(path.join(tmpdir(), 'failing-'));
  const file = path.join(folder, 'failing.node');
  const source = path.join(__dirname, 'failing.c');
  const { include_dir } = createRequire(__filename)('node-api-headers') as { include_dir: string };
  const flags = ['-O2', '-shared', '-fPIC', '-I', include_dir, '-o', file, source];
  execFileSync(process.env.CC ?? 'cc', [...flags, '-ldl', '-lpthread']);
  return {
    file,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

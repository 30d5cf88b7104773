import { readFileSync } from 'node:fs';
import * as generator from '../../scripts/generate-types.cjs';
import { native } from '../../lib/native';

it('lib/models.generated.ts is what scripts/generate-types.cjs makes of the registry', () => {
  expect(readFileSync(generator.output, 'utf8')).toBe(generator.generate(native.models()));
});

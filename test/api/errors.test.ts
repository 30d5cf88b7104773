import { readFileSync } from 'node:fs';
import path from 'node:path';
import { named } from './named';
import * as errors from '../../lib/errors';
import { native } from '../../lib/native';
import { checkKeys, nearestName } from '../../lib/suggest';

describe('errors', () => {
  const classes = Object.entries(errors).filter(
    ([name]) => name !== 'makeError' && name !== 'TegmentaError',
  );

  it.each(classes)('%s has its name and a code made from it', (name) => {
    const error = errors.makeError(name, 'text', {});
    expect(error).toBeInstanceOf(errors.TegmentaError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(name);
    expect(error.constructor.name).toBe(name);
    expect(error.stack).toContain(`${name}: text`);
    expect(error.code.replaceAll('_', '').toLowerCase()).toBe(`errtegmenta${name.toLowerCase()}`);
  });

  it.each(native.errors())('of the core, $name is a class of that name', ({ name }) => {
    expect(Object.keys(errors)).toContain(name);
    expect(errors.makeError(name, '', {}).name).toBe(name);
  });

  it('have the codes that the documentation names', () => {
    const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'errors.md'), 'utf8');
    const documented = [...page.matchAll(/^\| `(\w+)` \| `(ERR_\w+)`/gm)];
    const codes = documented.map(([, name]) => [name, errors.makeError(name!, '', {}).code]);
    expect(documented.map(([, name, code]) => [name, code])).toEqual(codes);
    expect(codes.map(([name]) => name).sort()).toEqual(classes.map(([name]) => name).sort());
  });

  it('separates the words of a code', () => {
    expect(new errors.BadProperty('').code).toBe('ERR_TEGMENTA_BAD_PROPERTY');
    expect(new errors.UnaccessedDictionaryEntry('').code).toBe(
      'ERR_TEGMENTA_UNACCESSED_DICTIONARY_ENTRY',
    );
  });

  it('has its data as own enumerable properties', () => {
    const error = errors.makeError('BadProperty', 'text', {
      parameter: 'tau_m',
      value: -1,
      allowed: '> 0',
      message: 'not this',
    });
    expect({ ...error }).toEqual({
      code: 'ERR_TEGMENTA_BAD_PROPERTY',
      parameter: 'tau_m',
      value: -1,
      allowed: '> 0',
    });
    expect(error.message).toBe('text');
  });

  it('reports names it does not know as internal errors', () => {
    expect(errors.makeError('toString', 'text', {})).toBeInstanceOf(errors.InternalError);
  });
});

describe('suggestions', () => {
  it('finds the nearest name, whatever its case', () => {
    expect(nearestName('onprogress', ['signal', 'onProgress'])).toBe('onProgress');
    expect(nearestName('V_n', ['tau_m', 'V_m'])).toBe('V_m');
  });

  it('suggests nothing far away', () => {
    expect(nearestName('colour', ['signal', 'onProgress'])).toBeUndefined();
  });

  it('names what is known where nothing is near', () => {
    expect(() => checkKeys({ colour: 1 }, ['signal'], 'Simulate has no option')).toThrow(
      "Simulate has no option 'colour'; known: signal.",
    );
    expect(() => checkKeys({ sgnal: 1 }, ['signal'], 'Simulate has no option')).toThrow(
      named('UnaccessedDictionaryEntry', { parameter: 'sgnal', suggestion: 'signal' }),
    );
  });
});

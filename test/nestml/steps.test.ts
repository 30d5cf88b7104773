import { check, checkInSteps } from '../../lib/nestml/check';
import { parse, parseInSteps } from '../../lib/nestml/parse';
import { Problems } from '../../lib/nestml/source';
import { atOnce, inTurns, type Steps } from '../../lib/nestml/steps';

const model = (name: string): string => `model ${name}:
  state:
    x real = nono
  update:
    x = x + 1
`;
const text = ['a', 'b', 'c'].map(model).join('\n');

/** How often work stops. */
function stopsOf(steps: Steps<unknown>): number {
  let stops = 0;
  while (!steps.next().done) stops++;
  return stops;
}

test('work with stops gives what it gives without', async () => {
  const [one, other] = [new Problems(), new Problems()];
  const names = check(text, one).map((checked) => checked.text.name.text);
  const checked = await inTurns(checkInSteps(text, other));
  expect(checked.map((each) => each.text.name.text)).toEqual(names);
  expect(other.all).toEqual(one.all);
  expect(one.all).toHaveLength(3);
  expect(atOnce(parseInSteps(text, new Problems()))).toEqual(parse(text, new Problems()));
});

test('it stops for each line and model, and for each kind of check', () => {
  const lines = text.split('\n').length;
  const parsed = stopsOf(parseInSteps(text, new Problems()));
  expect(parsed).toBeGreaterThanOrEqual(lines);
  expect(stopsOf(checkInSteps(text, new Problems()))).toBeGreaterThanOrEqual(parsed + 3 * 5);
});

test('others have their turn where it takes long', async () => {
  let turns = 0;
  const others = setInterval(() => turns++, 0);
  function* long(): Steps<number> {
    for (let i = 0; i < 5; i++) {
      for (const began = performance.now(); performance.now() - began < 10;);
      yield;
    }
    return turns;
  }
  expect(await inTurns(long())).toBeGreaterThanOrEqual(3);
  clearInterval(others);
});

test('an error of the work is that of the call', async () => {
  function* failing(): Steps<number> {
    yield;
    throw new Error('broken');
  }
  await expect(inTurns(failing())).rejects.toThrow('broken');
  expect(() => atOnce(failing())).toThrow('broken');
});

import { check } from '../../lib/nestml/check';
import { compileModel } from '../../lib/nestml/compiler/compile';
import { descriptionOf } from '../../lib/nestml/compiler/descriptions';
import { Problems } from '../../lib/nestml/source';

const text = `# not this

# A neuron that
# -------------
#   rests.  \r
model a_neuron:
  # not of a line
  state:
    x real = 0   # what it is
    y, z mV = 0 mV # both  \r
    v[2] real = 0 ## a vector
    plain real = 0
    # above it,
    ##
    # where there is none behind
    w real = 0 #
  parameters:
    tau ms = 10 ms [[tau > 0 ms]] @homogeneous # a guarded # one
    long real = 1 + \\
      2 # over two lines
  equations:
    x' = -x / tau
    # not where there is one behind
    recordable inline twice real = 2 * x # seen, too
  input:
    I pA <- continuous # a current
  update:
    integrate_odes() # not this
`;

test('comments behind or above declarations are their descriptions, those above a model its own', () => {
  const [model] = check(text, new Problems());
  expect(descriptionOf(model!, text)).toBe('A neuron that rests.');
  const { declared } = compileModel(model!, text, 0.1)!;
  const all = [...declared.parameters, ...declared.states];
  const described = all.map(({ name, description }) => [name, description]);
  expect(described).toEqual([
    ['tau', 'a guarded # one'],
    ['long', 'over two lines'],
    ['x', 'what it is'],
    ['y', 'both'],
    ['z', 'both'],
    ['v_0', 'a vector'],
    ['v_1', 'a vector'],
    ['plain', ''],
    ['w', 'above it, where there is none behind'],
    ['twice', 'seen, too'],
  ]);
});

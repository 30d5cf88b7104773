'use strict';

// The table has every pair that the engine can serve; so one is taken out of the copy and added
// from the guide's text, and one that stays refused gets a text of its own.
const pair = `    {.sources = {kPoissonSource}, .targets = {kSpikeSink}, .kind = ConnectionKind::kInput},
`;

module.exports = {
  edits: [
    {
      file: 'cpp/connect/connection_pairs.cc',
      without: pair,
      after: 'constexpr ConnectionPair kPairs[] = {\n',
      insert: `${pair}    {.sources = {kSampler},
     .targets = {kPoissonSource},
     .text = "{source} asks for states, and {target} has none.",
     .named = End::kTarget},
`,
    },
  ],
  test: `
it('a pair of kinds is connected, another refused with its text, and both are documented', () => {
  const kernel = new nest.Kernel();
  const source = kernel.Create('poisson_generator', 1, { rate: 1000 });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(source, recorder);
  kernel.SimulateSync(100);
  expect(recorder.n_events).toBeGreaterThan(10);
  expect(() => kernel.Connect(kernel.Create('voltmeter'), source)).toThrow(
    'voltmeter asks for states, and poisson_generator has none.',
  );
  const page = textOf('docs/connections.md');
  expect(page).toContain('| {source} asks for states, and {target} has none. |');
});
`,
  covered: [['test/api/connection-pairs.test.ts', 'refuses multimeter, voltmeter']],
};

'use strict';

module.exports = {
  edits: [
    {
      file: 'cpp/kernel/kernel_attributes.cc',
      after: 'std::vector<KernelAttribute> network_attributes() {\n  return {\n',
      insert: `      {.name = "made_up_count",
       .type = ParameterType::kInt,
       .unit = "B",
       .description = "Made up",
       .read = [](Network& n) { return number(n.nodes.count() + 7); }},
`,
    },
  ],
  test: `
it('a kernel attribute is read, typed and documented', () => {
  const kernel = new nest.Kernel();
  const count: number = kernel.GetKernelStatus('made_up_count');
  expect(count).toBe(7);
  expect(kernel.GetKernelStatus().made_up_count).toBe(7);
  // @ts-expect-error: it can only be read
  expect(() => kernel.SetKernelStatus({ made_up_count: 3 })).toThrow('can only be read');
  expect(textOf('docs/kernel-status.md')).toContain('| \`made_up_count\` | integer | B | Made up. |');
});
`,
  covered: [['test/api/kernel-attributes.test.ts', 'made_up_count']],
};

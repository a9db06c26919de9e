import { expect, test } from 'vitest';
import { parseToolResult, writeToolResult } from './tool-result.js';

test.each([
  ['text', { ok: true, content: 'x'.repeat(1_000), output: 'x'.repeat(1_000) }],
  ['data', { ok: true, content: JSON.stringify({ rows: [1, 2] }), output: { rows: [1, 2] } }],
  ['null', { ok: true, content: 'null', output: null }],
  ['another output', { ok: false, content: 'no', output: { why: 'no' }, tool: 'pay' }],
  ['no output', { ok: false, content: 'no' }],
])('tool result: %s comes back as it was, and is written once', (_what, result) => {
  const text = writeToolResult(result);
  expect(parseToolResult(text)).toEqual(result);
  expect(text.length).toBeLessThan(JSON.stringify(result.content).length + 120);
});

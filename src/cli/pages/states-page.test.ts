import { expect, test } from 'vitest';
import { NO_COLORS } from '../terminal/palette.js';
import { renderStatesPage } from './states-page.js';

const style = { width: 120, palette: NO_COLORS };

test('states page: an empty text is seen, and steps of another run are said to be elsewhere', () => {
  const steps = [
    { step: 3, nodes: ['weigh'], state: { draft: '', n: 1 }, next: [{ node: 'write' }] },
    { step: 4, nodes: ['write'], state: { draft: 'x', n: 1 }, next: [] },
  ];
  const lines = renderStatesPage({ v: 1, graph: 'report', steps, left: 3 }, style);
  expect(lines[1]).toBe('3 steps before these not kept here: older, or of the run that this one continues');
  expect(lines[3]).toMatch(/^3 +weigh +write +draft: "", n: 1$/);
  const cleared = renderStatesPage(
    {
      v: 1,
      graph: 'g',
      left: 0,
      steps: steps.map((step) => ({ ...step, state: step.step === 3 ? { n: 1 } : {} })),
    },
    style,
  );
  expect(cleared.at(-1)).toMatch(/n: \(cleared\)$/);
  expect(lines[4]).toMatch(/^4 +write +END +draft: x$/);
});

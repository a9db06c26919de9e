import { describe, expect, test } from 'vitest';
import * as shown from './shown-path.js';
import * as paths from './step-path.js';

const HEAD = '0123456789abcdef';

describe('step paths', () => {
  // Byte for byte: a changed label could repeat an irreversible action after an upgrade.
  test.each<[string, string]>([
    [paths.joinPath('', 'a-0'), 'a-0'],
    [paths.joinPath('a-0', 'b'), 'a-0/b'],
    [paths.numberLabel('researcher', 0), 'researcher-0'],
    [paths.buildRoundPath(2), 'r2'],
    [paths.buildBranchPath('parallel-0', 2), 'parallel-0/2'],
    [paths.buildTurnPath('researcher-0', 3), 'researcher-0/turn-3'],
    [paths.buildTurnPath('', 3), 'turn-3'],
    [paths.buildToolCallPath('a-0', { tool: 'pay', head: HEAD, index: 1 }), 'a-0/pay-01234567-1'],
    [paths.buildRepeatPath('pay-0', 0), 'pay-0'],
    [paths.buildRepeatPath('pay-0', 2), 'pay-0/again-2'],
    [paths.buildOutcomePath('pay-0/again-1'), 'pay-0/again-1/outcome'],
    [paths.buildAskedPath('pay-0', 1), 'pay-0'],
    [paths.buildAskedPath('pay-0', 2), 'pay-0/asked-2'],
    [paths.buildAskBackPath('pay-0', 1), 'pay-0/ask-back-1'],
    [paths.buildClarifyPath('lead-0/clerk-1', 1), 'lead-0/clerk-1/clarify-1'],
    [paths.buildQuestionPath('clerk-1/clarify-1', 0), 'clerk-1/clarify-1/question-0'],
    [paths.buildRepairPath('clerk-1/clarify-1', 0), 'clerk-1/clarify-1'],
    [paths.buildRepairPath('clerk-1/clarify-1', 1), 'clerk-1/clarify-1/repair-1'],
    [paths.buildFanOutPath('lead-0', 2), 'lead-0/fan-out-2'],
    [paths.buildHopPath('lead-0', 'clerk', 1), 'lead-0/clerk-1'],
    [paths.buildPersonPath('bo-0', 'asked', 0), 'bo-0/asked'],
    [paths.buildPersonPath('bo-0', 'result', 1), 'bo-0/result-2'],
    [paths.buildRecoveryPath('clerk-0'), 'clerk-0/recovery'],
    [paths.buildRoutePersonPath('route-0'), 'route-0/person'],
    [paths.buildChildAgentPath('clerk-0'), 'clerk-0/specialist'],
    [paths.buildGraphStepPath('', 4), 'step-4'],
    [paths.interruptLabel('before'), 'interrupt-before'],
    [paths.buildSubtaskAgainLabel('part-1'), 'part-1-again'],
  ])('P0 path: %s is written so', (written, expected) => {
    expect(written).toBe(expected);
  });

  test('P0 path: a path reads back as it was built', () => {
    expect(paths.readTurn(paths.buildTurnPath('a-0/turn-1', 12))).toEqual({ path: 'a-0/turn-1', turn: 12 });
    expect(paths.readTurn('a-0/clarify-1')).toBeUndefined();
    for (const attempt of [0, 1, 9_999]) {
      expect(paths.readRepeat(paths.buildRepeatPath('pay-0/asked-2', attempt))).toEqual({
        path: 'pay-0/asked-2',
        attempt,
      });
    }
    expect(paths.toParentPath(paths.joinPath('a-0', 'b'))).toBe('a-0');
    expect(paths.toParentPath('a-0')).toBe('');
    expect(paths.readLastPart(paths.joinPath('a-0', 'b'))).toBe('b');
    expect(shown.isSubtaskAgain(paths.buildSubtaskAgainLabel('x'))).toBe(true);
    expect(shown.isPlan(paths.numberLabel('plan', 0))).toBe(true);
    expect(paths.readBranch(paths.joinPath(paths.buildBranchPath('parallel-0', 2), 'a-0'))).toBe(2);
    expect(paths.readBranch('a-0')).toBeUndefined();
    expect(shown.findBranchBelow('parallel-0', 'parallel-0/2/a-0')).toBe('2');
    expect(paths.formatNameAt('a', 'parallel-0/2/a-0')).toBe('a 3');
    expect(paths.formatNameAt('a', 'a-0')).toBe('a');
  });

  test.each(['pay-0/again-0', 'pay-0/again-01', 'pay-0/again-10000', 'pay-0/again-1/x'])(
    'P0 path: %s does not name a repeat',
    (step) => {
      expect(paths.readRepeat(step)).toEqual({ path: step, attempt: 0 });
    },
  );

  test('P0 path: people see neither the number of a branch nor the mark of a later execution', () => {
    expect(shown.toParentStep('parallel-0/2/a-0')).toBe('parallel-0');
    expect(shown.toParentStep('r1/a-0')).toBe('');
    expect(shown.toStepName('a-0/pay-01234567-1')).toBe('pay');
    expect(paths.isBelow('a-0/b', 'a-0')).toBe(true);
    expect(paths.isBelow('a-01', 'a-0')).toBe(false);
  });
});

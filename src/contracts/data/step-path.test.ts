import { describe, expect, test } from 'vitest';
import * as shown from './shown-path.js';
import * as paths from './step-path.js';

const HEAD = '0123456789abcdef';

describe('step paths', () => {
  // Byte for byte: a changed label could repeat an irreversible action after an upgrade.
  test.each<[string, string]>([
    [paths.joinPath('', 'a-0'), 'a-0'],
    [paths.joinPath('a-0', 'b'), 'a-0/b'],
    [paths.numberedLabel('researcher', 0), 'researcher-0'],
    [paths.roundPath(2), 'r2'],
    [paths.branchPath('parallel-0', 2), 'parallel-0/2'],
    [paths.turnPath('researcher-0', 3), 'researcher-0/turn-3'],
    [paths.turnPath('', 3), 'turn-3'],
    [paths.toolCallPath('a-0', { tool: 'pay', head: HEAD, index: 1 }), 'a-0/pay-01234567-1'],
    [paths.repeatPath('pay-0', 0), 'pay-0'],
    [paths.repeatPath('pay-0', 2), 'pay-0/again-2'],
    [paths.outcomePath('pay-0/again-1'), 'pay-0/again-1/outcome'],
    [paths.askedPath('pay-0', 1), 'pay-0'],
    [paths.askedPath('pay-0', 2), 'pay-0/asked-2'],
    [paths.askBackPath('pay-0', 1), 'pay-0/ask-back-1'],
    [paths.clarifyPath('lead-0/clerk-1', 1), 'lead-0/clerk-1/clarify-1'],
    [paths.questionPath('clerk-1/clarify-1', 0), 'clerk-1/clarify-1/question-0'],
    [paths.repairPath('clerk-1/clarify-1', 0), 'clerk-1/clarify-1'],
    [paths.repairPath('clerk-1/clarify-1', 1), 'clerk-1/clarify-1/repair-1'],
    [paths.fanOutPath('lead-0', 2), 'lead-0/fan-out-2'],
    [paths.hopPath('lead-0', 'clerk', 1), 'lead-0/clerk-1'],
    [paths.personPath('bo-0', 'asked', 0), 'bo-0/asked'],
    [paths.personPath('bo-0', 'result', 1), 'bo-0/result-2'],
    [paths.recoveryPath('clerk-0'), 'clerk-0/recovery'],
    [paths.routePersonPath('route-0'), 'route-0/person'],
    [paths.childAgentPath('clerk-0'), 'clerk-0/specialist'],
    [paths.graphStepPath('', 4), 'step-4'],
    [paths.interruptLabel('before'), 'interrupt-before'],
    [paths.subtaskAgainLabel('part-1'), 'part-1-again'],
  ])('P0 path: %s is written so', (written, expected) => {
    expect(written).toBe(expected);
  });

  test('P0 path: what is written is read back', () => {
    expect(paths.readTurn(paths.turnPath('a-0/turn-1', 12))).toEqual({ path: 'a-0/turn-1', turn: 12 });
    expect(paths.readTurn('a-0/clarify-1')).toBeUndefined();
    for (const attempt of [0, 1, 9_999]) {
      expect(paths.readRepeat(paths.repeatPath('pay-0/asked-2', attempt))).toEqual({
        path: 'pay-0/asked-2',
        attempt,
      });
    }
    expect(paths.parentPath(paths.joinPath('a-0', 'b'))).toBe('a-0');
    expect(paths.parentPath('a-0')).toBe('');
    expect(paths.lastPart(paths.joinPath('a-0', 'b'))).toBe('b');
    expect(shown.isSubtaskAgain(paths.subtaskAgainLabel('x'))).toBe(true);
    expect(shown.isPlan(paths.numberedLabel('plan', 0))).toBe(true);
    expect(paths.branchOf(paths.joinPath(paths.branchPath('parallel-0', 2), 'a-0'))).toBe(2);
    expect(paths.branchOf('a-0')).toBeUndefined();
    expect(shown.branchBelow('parallel-0', 'parallel-0/2/a-0')).toBe('2');
    expect(paths.nameAt('a', 'parallel-0/2/a-0')).toBe('a 3');
    expect(paths.nameAt('a', 'a-0')).toBe('a');
  });

  test.each(['pay-0/again-0', 'pay-0/again-01', 'pay-0/again-10000', 'pay-0/again-1/x'])(
    'P0 path: %s is no repeat of anything',
    (step) => {
      expect(paths.readRepeat(step)).toEqual({ path: step, attempt: 0 });
    },
  );

  test('P0 path: people see neither the number of a branch nor the mark of a later execution', () => {
    expect(shown.parentStep('parallel-0/2/a-0')).toBe('parallel-0');
    expect(shown.parentStep('r1/a-0')).toBe('');
    expect(shown.stepName('a-0/pay-01234567-1')).toBe('pay');
    expect(paths.isBelow('a-0/b', 'a-0')).toBe(true);
    expect(paths.isBelow('a-01', 'a-0')).toBe(false);
  });
});

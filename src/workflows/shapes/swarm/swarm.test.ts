import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agent } from '../../../contracts/definitions/agent.js';
import { team } from '../../../contracts/definitions/team.js';
import { swarm } from './swarm.js';

const front = agent({ name: 'front', goal: 'Greet.' });
const other = agent({ name: 'other', goal: 'Wait.' });
const counts = agent({ name: 'counts', goal: 'Count.', input: z.object({ n: z.number() }) });
const desk = team({ name: 'desk', agents: [front, counts] });

describe('swarm: invalid definitions', () => {
  test.each([
    [
      'an entry that is not on the team',
      { entry: other },
      /its entry other is not on team desk, which has: front, counts/,
    ],
    ['an entry that takes no text', { entry: counts }, /counts has an input schema that takes no text/],
    ['an idle time that is none', { idle: 'soon' as never }, /swarm talk, idle is "soon"/],
    ['a limit that is none', { context: { maxTokens: 0 } }, /context\.maxTokens is 0/],
    ['turns that are none', { turnsPerExecution: 0.5 }, /turnsPerExecution must be a whole number/],
    ['a budget that is none', { perMessage: { turns: -1 } }, /turns/],
  ])('%s', (_what, wrong, message) => {
    expect(() => swarm({ name: 'talk', team: desk, entry: front, ...wrong })).toThrow(message);
  });

  test('an entry may take text by its schema', () => {
    const reads = agent({ name: 'reads', goal: 'Read.', input: z.string() });
    expect(swarm({ name: 'talk', team: team({ name: 't', agents: [reads] }), entry: reads })).toBeTypeOf(
      'function',
    );
  });
});

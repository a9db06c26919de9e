/** Definitions of crews: invalid ones are refused, and placeholders are found and filled. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agent } from '../../../contracts/definitions/agent.js';
import { crewAgent } from '../../../contracts/crew/agent.js';
import { readValues } from '../../../contracts/crew/check.js';
import { fillPlaceholders, findPlaceholders } from '../../../contracts/crew/placeholders.js';
import { crewTask } from '../../../contracts/crew/task.js';
import type { CrewSpec } from '../../../contracts/crew/spec.js';
import { describeOrchestration } from '../../../contracts/definitions/orchestration.js';
import { team } from '../../../contracts/definitions/team.js';
import { crew } from './crew.js';
import { crewFromSpec } from './from-spec.js';
import { kickoffForEach } from './kickoff-for-each.js';

const ann = crewAgent({ name: 'ann', role: 'r', goal: 'Look into {topic}', backstory: 'b' });
const bob = crewAgent({ name: 'bob', role: 'r', goal: 'g', backstory: '' });
const task = (name: string, further: object = {}) =>
  crewTask({ name, description: 'Do {what}', expectedOutput: 'x', agent: ann, ...further });
const one = task('one');
const two = task('two', { context: [one] });

describe('crew: invalid definitions', () => {
  test.each([
    ['no agents', { agents: [] }, /crew c: it has no agents/],
    ['no tasks', { tasks: [] }, /crew c: it has no tasks/],
    ['two agents of one name', { agents: [ann, ann] }, /two of its agents are named ann/],
    ['two tasks of one name', { tasks: [one, one] }, /two of its tasks are named one/],
    [
      'an agent who is not in the crew',
      { agents: [bob] },
      /one is for ann, who is not among its agents, which are bob/,
    ],
    [
      'a task for nobody',
      { tasks: [crewTask({ name: 'lone', description: 'd', expectedOutput: '' })] },
      /lone has no agent/,
    ],
    [
      'a context that is not there',
      { tasks: [two] },
      /two has one as context, which is not among its tasks: two/,
    ],
    [
      'a context that comes later',
      { tasks: [two, one] },
      /two has one as context, which comes after it: put one first/,
    ],
    ['a context twice', { tasks: [one, task('two', { context: [one, one] })] }, /has one as context twice/],
    [
      'a manager who works',
      { process: 'hierarchical', manager: ann },
      /its manager ann is one of its agents/,
    ],
    ['a manager of nobody', { manager: bob }, /its process is sequential/],
    [
      'an agent with an input schema',
      { agents: [ann, agent({ name: 'eve', goal: 'g', input: z.string() })] },
      /eve has an input schema/,
    ],
    [
      'an agent who is not on its team',
      { agents: [ann, bob], team: team({ name: 't', agents: [ann] }) },
      /bob is not on its team t/,
    ],
    [
      'a judge who is not on its team',
      { tasks: [task('one', { guardrails: ['It is true.'] })], team: team({ name: 't', agents: [ann] }) },
      /its judge c_guardrail is not on its team t: give it as "judge"/,
    ],
    [
      'a manager who is not on its team',
      { process: 'hierarchical', team: team({ name: 't', agents: [ann] }) },
      /its manager c_manager is not on its team t/,
    ],
    ['a bad name', { name: 'a crew' }, /a name has 1 to 64 letters/],
  ])('%s', (_what, wrong, message) => {
    const spec = { name: 'c', agents: [ann], tasks: [one], ...wrong };
    expect(() => crew(spec as never)).toThrow(message);
  });

  test.each([
    [{ description: ' ' }, /crew task t: it has no description/],
    [{ guardrailRetries: -1 }, /guardrailRetries is -1/],
    [{ humanReview: { rounds: 0.5 } }, /humanReview.rounds is 0.5/],
    [{ humanReview: { deadline: 'soon' } }, /crew task t, humanReview/],
    [{ outputFile: '' }, /its outputFile is empty/],
    [{ output: z.date() }, /date/],
  ])('a task with %j', (wrong, message) => {
    expect(() => task('t', wrong)).toThrow(message);
  });

  test('kickoffForEach: an orchestration that is not a crew is refused', () => {
    expect(() => kickoffForEach(() => Promise.resolve(1))).toThrow(/that is not a crew/);
  });
});

describe('crew: placeholders', () => {
  test('names in braces, each once; braces around anything else are text, and values are not filled again', () => {
    const text = 'On {topic} and {topic}: {"a": {b-1}} { c } {2} {}';
    expect(findPlaceholders(text)).toEqual(['topic', 'b-1']);
    expect(fillPlaceholders(text, { topic: '{b-1}', constructor: 'x' })).toBe(
      'On {b-1} and {b-1}: {"a": {b-1}} { c } {2} {}',
    );
    expect(fillPlaceholders('{constructor}', {})).toBe('{constructor}');
    expect(fillPlaceholders('{a}', { a: "$& $1 $'" })).toBe("$& $1 $'");
  });

  test('kickoff: a crew lists the texts that it needs', () => {
    const told = crew({ name: 'c', agents: [ann, bob], tasks: [one] });
    expect(describeOrchestration(told)?.asks).toEqual({ topic: null, what: null });
  });

  test('kickoff: an error names open inputs with their places; numbers become text, lists and objects JSON, null is refused', () => {
    const parts = { name: 'c', agents: [ann, bob], tasks: [one], process: 'sequential' } as const;
    expect(() => readValues(parts, null)).toThrow(
      'leaves open {topic} in agent ann (goal); {what} in task one (description). It has nothing.',
    );
    expect(readValues(parts, { topic: 1, what: 'tea', more: true })).toEqual({
      topic: '1',
      what: 'tea',
      more: 'true',
    });
    expect(readValues(parts, { topic: ['a', 'b'], what: { name: 'tea' } })).toEqual({
      topic: '["a","b"]',
      what: '{"name":"tea"}',
    });
    expect(() => readValues(parts, { topic: null })).toThrow('has a topic that is null');
    expect(() => readValues(parts, 'tea')).toThrow('must be an object');
  });
});

describe('crew: of a spec', () => {
  const member = (name: string, tools: string[] = []) => ({
    name,
    role: 'r',
    goal: 'g',
    backstory: 'b',
    tools,
  });
  const work = (name: string, further: object = {}) => ({
    name,
    description: 'd',
    expectedOutput: 'e',
    agent: 'ann',
    ...further,
  });
  const spec = (further: object = {}): CrewSpec => ({
    name: 'c',
    process: 'sequential',
    agents: [member('ann'), member('bob')],
    tasks: [work('one'), work('two', { context: ['one'], guardrail: ['It is short.'] })],
    ...further,
  });

  test('its names are resolved', () => {
    expect(crewFromSpec(spec())).toBeTypeOf('function');
    const managed = { process: 'hierarchical', manager: 'bob', tasks: [work('one')] };
    expect(crewFromSpec(spec(managed))).toBeTypeOf('function');
  });

  test.each([
    [
      'a tool',
      { agents: [member('ann', ['Find'])] },
      /agent ann has the tool Find, which is not given; given are none/,
    ],
    [
      'an agent',
      { tasks: [work('one', { agent: 'eve' })] },
      /one is eve, who is not among its agents, which are ann, bob/,
    ],
    ['a manager', { process: 'hierarchical', manager: 'eve' }, /its manager is eve/],
    ['a context', { tasks: [work('one', { context: ['none'] })] }, /which is not among its tasks: one/],
    [
      'a circle',
      { tasks: [work('one', { context: ['two'] }), work('two', { context: ['one'] })] },
      /which is not before it/,
    ],
    ['two agents', { agents: [member('ann'), member('ann')] }, /two of its agents are named ann/],
    ['two tasks', { tasks: [work('one'), work('one')] }, /two of its tasks are named one/],
  ])('%s that cannot be is refused', (_what, wrong, message) => {
    expect(() => crewFromSpec(spec(wrong))).toThrow(message);
  });
});

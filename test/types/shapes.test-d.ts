/** The compiler's knowledge of the shapes. Each `@ts-expect-error` fails the gate when its line compiles. */
import { agent, human, team } from '@batonhq/baton';
import { startRun } from '@batonhq/baton/client';
import {
  append,
  END,
  graph,
  loop,
  node,
  orchestration,
  runSubflow,
  swarm,
  type Orchestration,
  crew,
  crewAgent,
  crewTask,
  kickoffForEach,
  type CrewOutput,
  type CrewValue,
} from '@batonhq/baton/workflow';
import type { Client } from '@temporalio/client';
import { z } from 'zod';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(yes: Same<A, B>): void;
declare const client: Client;

const front = agent({ name: 'front', goal: 'Greet.' });
const boss = human({ name: 'boss', roles: ['boss'], input: z.string(), output: z.string() });
const desk = team({ name: 'desk', agents: [front, boss] });

// --- a conversation ---

export const talk = swarm({ name: 'talk', team: desk, entry: front });
await startRun<typeof talk>(client, 'talk', { say: 'hello' });
await startRun<typeof talk>(client, 'talk', null);
// @ts-expect-error: what is said is text.
await startRun<typeof talk>(client, 'talk', { say: 1 });
// @ts-expect-error: a person does not begin a conversation.
swarm({ name: 'talk', team: desk, entry: boss });
// @ts-expect-error: a duration has a unit.
swarm({ name: 'talk', team: desk, entry: front, idle: '7 moons' });

// --- parts ---

const part = orchestration(
  { input: z.object({ n: z.number() }), output: z.string() },
  async ({ n }) => `${n}`,
);
export const whole = orchestration({ team: desk }, async (_input: null, verbs) => {
  const text = await runSubflow(verbs, part, { n: 1 });
  same<typeof text, string>(true);
  // @ts-expect-error: the part's input has a number.
  await runSubflow(verbs, part, { n: 'one' });
  return text;
});

// --- loops ---

export const counts = loop(
  {},
  async (start: { readonly input: number } | { readonly state: { readonly n: number } }, _verbs, loop) => {
    const n = 'state' in start ? start.state.n : start.input;
    loop.turn();
    if (loop.due()) return loop.goOn({ n: n + 1 });
    return `${n}`;
  },
);
same<typeof counts, Orchestration<number, string>>(true);

// --- a state graph ---

const State = z.object({
  task: z.string(),
  research_results: z.array(z.string()),
  draft: z.string(),
});
const researcher = agent({ name: 'researcher', goal: 'Find.', input: z.object({ topic: z.string() }) });

export const report = graph({
  name: 'report',
  state: State,
  reducers: { research_results: append },
  initial: { research_results: [], draft: '' },
  nodes: {
    orchestrator: (state) => {
      same<typeof state, z.infer<typeof State>>(true);
      return {};
    },
    researcher: node(researcher, {
      input: (state) => ({ topic: state.task }),
      output: (result) => ({ research_results: [result] }),
    }),
  },
  entry: 'orchestrator',
  edges: ({ edge, conditionalEdge }) => [
    edge('researcher', 'orchestrator'),
    conditionalEdge('orchestrator', (state) => (state.draft === '' ? 'researcher' : END), [
      'researcher',
      END,
    ]),
  ],
});
await startRun<typeof report>(client, 'report', { task: 'a' });
// @ts-expect-error: the task is not given initially.
await startRun<typeof report>(client, 'report', { draft: 'a' });

graph({
  name: 'wrong',
  state: State,
  nodes: { one: () => ({}), two: () => ({ draft: 'x' }) },
  // @ts-expect-error: there is no such node.
  entry: 'three',
  edges: ({ edge, conditionalEdge, fanOut }) => [
    edge('one', 'two'),
    // @ts-expect-error: there is no such node.
    edge('two', 'four'),
    // @ts-expect-error: the router names what it does not declare.
    conditionalEdge('two', () => 'one', [END]),
    fanOut('one', (state) => state.research_results, 'two'),
  ],
  // @ts-expect-error: there is no such node.
  interruptBefore: ['five'],
  // @ts-expect-error: there is no such node.
  join: { five: 'all' },
});

graph({
  name: 'wrong',
  state: State,
  // @ts-expect-error: a list is joined with a list.
  reducers: { research_results: (a: string) => a },
  nodes: {
    // @ts-expect-error: the draft is text.
    one: () => ({ draft: 1 }),
    two: node(researcher, {
      // @ts-expect-error: the agent takes a topic.
      input: (state) => ({ subject: state.task }),
      output: () => ({}),
    }),
  },
  entry: 'one',
  edges: ({ edge }) => [edge('one', END)],
});

// --- crews ---

const scout = crewAgent({ name: 'scout', role: '{topic} Scout', goal: 'Find', backstory: 'Of {city}.' });
const scribe = crewAgent({ name: 'scribe', role: 'Scribe', goal: 'Write', backstory: '' });
const find = crewTask({ name: 'find', description: 'Find {topic}', expectedOutput: 'Facts', agent: scout });
const tell = crewTask({
  name: 'tell',
  description: 'Tell of it as {"title": "…"} in {words} words',
  expectedOutput: 'An article',
  agent: scribe,
  context: [find],
  output: z.object({ title: z.string() }),
  guardrails: [({ title }) => title !== '' || 'It has no title.', 'It is true.'],
});
crewTask({
  name: 'told',
  description: 'Tell',
  expectedOutput: 'Text',
  // @ts-expect-error: the output is text, which has no title.
  guardrails: [({ title }) => title !== ''],
});
export const crewed = crew({ name: 'crewed', agents: [scout, scribe, boss], tasks: [find, tell] });
same<
  typeof crewed,
  Orchestration<Readonly<Record<'topic' | 'city' | 'words', CrewValue>>, CrewOutput<{ title: string }>>
>(true);
await startRun<typeof crewed>(client, 'crewed', { topic: ['tea'], city: { name: 'Ulm' }, words: 100 });
// @ts-expect-error: null stands for nothing.
await startRun<typeof crewed>(client, 'crewed', { topic: null, city: 'Ulm', words: '100' });
// @ts-expect-error: nothing stands for {city}.
await startRun<typeof crewed>(client, 'crewed', { topic: 'tea', words: '100' });
export const crews = kickoffForEach(crewed);
await startRun<typeof crews>(client, 'crews', [{ topic: 'tea', city: 'Ulm', words: '100' }]);
// @ts-expect-error: one of them is not a list.
await startRun<typeof crews>(client, 'crews', { topic: 'tea', city: 'Ulm', words: '100' });
// @ts-expect-error: a crew's process is one of two.
crew({ name: 'crewed', agents: [scout], tasks: [find], process: 'anarchic' });

/**
 * The calls that the compiler allows in an orchestration. Each `@ts-expect-error` fails the gate when its line
 * compiles.
 */
import type { Client } from '@temporalio/client';
import type { ErrorCode, OutputOf, Remembered } from '@batonhq/baton';
import { agent, classifier, contract, firstOf, memory, rules, similarity, team, tool } from '@batonhq/baton';
import type { Approved, Kept, Moved, Orchestration, Performed, Rejected } from '@batonhq/baton/workflow';
import { decide, startRun } from '@batonhq/baton/client';
import { orchestration } from '@batonhq/baton/workflow';
import { z } from 'zod';
import {
  account,
  author,
  byMeaning,
  byModel,
  cashier,
  desk,
  echo,
  file,
  judge,
  lead,
  pay,
  researcher,
  triage,
  type Verdict as VerdictSchema,
  writer,
} from '../fixtures/team.js';

type Verdict = z.infer<typeof VerdictSchema>;

/** Exactly the same type: each is assignable to the other, `any` to neither. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(yes: Same<A, B>): void;
declare const condition: boolean;

// --- payloads ---

export const payloads = orchestration(
  { team: desk, input: z.object({ n: z.number() }) },
  async (input, { delegate, handoff }) => {
    same<typeof input, { n: number }>(true);
    await delegate(lead, { findings: ['one'] });
    // @ts-expect-error a list of texts is wanted
    await delegate(lead, { findings: 'one' });
    // @ts-expect-error the payload is missing
    await delegate(lead);
    // @ts-expect-error an author takes a brief
    await handoff(author, { findings: [] });
    // @ts-expect-error a brief has points
    await handoff(author, { title: 't' });
    return handoff(author, { title: 't', points: [] });
  },
);

export const withoutSchema = orchestration(async (question: string, { delegate }) => {
  same<Awaited<ReturnType<typeof delegate<typeof researcher>>>, string>(true);
  await delegate(researcher, { any: ['json', 1, null], absent: undefined });
  // @ts-expect-error a function has no JSON form
  await delegate(researcher, { act: () => question });
  // @ts-expect-error a Date does not survive the wire
  await delegate(researcher, { at: new Date() });
});

// --- a union of destinations ---

const short = agent({
  name: 'short',
  goal: 'g',
  input: z.object({ text: z.string() }),
  output: z.object({ words: z.number() }),
});
const long = agent({
  name: 'long',
  goal: 'g',
  input: z.object({ text: z.string(), tone: z.enum(['dry', 'warm']) }),
  output: z.object({ pages: z.number() }),
});

export const either = orchestration(async (text: string, { delegate, handoff }) => {
  const chosen = condition ? short : long;
  const result = await delegate(chosen, { text, tone: 'dry' });
  same<typeof result, { words: number } | { pages: number }>(true);
  // @ts-expect-error `long` needs a tone, so both must get one
  await delegate(chosen, { text });
  // @ts-expect-error a tone that `long` does not know
  await delegate(chosen, { text, tone: 'loud' });
  return handoff(condition ? short : long, { text, tone: 'warm' });
});
same<typeof either, Orchestration<string, { words: number } | { pages: number }>>(true);

// --- a team: who may be addressed, and whose result comes back ---

export const inTeam = orchestration({ team: desk }, async (_input: null, { delegate, handoff }) => {
  const weighed = await delegate(lead, { findings: [] });
  same<typeof weighed, Verdict | string>(true);
  same<typeof weighed, OutputOf<typeof lead> | OutputOf<typeof author>>(true);
  const judged = await delegate(judge, 'task');
  same<typeof judged, Verdict>(true);
  const written = await delegate(author, { title: 't', points: [] });
  same<typeof written, string>(true);
  // @ts-expect-error the writer is not on the team
  await delegate(writer, 'task');
  // @ts-expect-error nor is the cashier
  await handoff(cashier, 'task');
  const moved = await handoff(lead, { findings: [] });
  same<typeof moved, Moved<Verdict | string>>(true);
  return moved;
});
same<typeof inTeam, Orchestration<null, Verdict | string>>(true);

const third = agent({ name: 'third', goal: 'g', input: z.object({ text: z.string() }), output: z.number() });
const authorToThird = contract({
  name: 'author-to-third',
  version: 1,
  from: author,
  to: third,
  payload: z.object({ text: z.string() }),
});
const thirdToLead = contract({
  name: 'third-to-lead',
  version: 1,
  from: third,
  to: lead,
  payload: z.object({ findings: z.array(z.string()) }),
  limit: 3,
});
const ring = team({
  name: 'ring',
  agents: [lead, author, third],
  contracts: [desk.contracts[0], authorToThird, thirdToLead],
});

/** A task may travel as far as the contracts lead, in a circle too. */
export const aroundTheRing = orchestration({ team: ring }, async (_input: null, { delegate }) => {
  const result = await delegate(author, { title: 't', points: [] });
  same<typeof result, Verdict | string | number>(true);
});

// --- contracts ---

contract({
  name: 'wrong-payload',
  version: 1,
  from: lead,
  to: author,
  // @ts-expect-error an author takes a brief
  payload: z.object({ findings: z.array(z.string()) }),
});

// --- tools ---

const count = tool({
  name: 'count',
  description: 'd',
  input: z.object({ of: z.string() }),
  output: z.number(),
  effect: 'idempotent',
});

export const tools = orchestration(async (_input: null, { perform }) => {
  const paid = await perform(pay, { to: 'bob', cents: 250 });
  same<typeof paid, Performed<{ receipt: string }>>(true);
  // @ts-expect-error whether it was performed must be asked first
  paid.output;
  if (paid.outcome === 'performed') same<typeof paid.output, { receipt: string }>(true);
  const filed = await perform(file, { name: 'n' });
  same<typeof filed, Performed<{ key: string }>>(true);
  const said = await perform(echo, { text: 't' });
  same<typeof said, string>(true);
  const counted = await perform(count, { of: 'x' });
  same<typeof counted, number>(true);
  await perform(pay, {
    to: 'bob',
    // @ts-expect-error cents are a number, and the error stands where they are
    cents: '250',
  });
  // @ts-expect-error an agent is not a tool
  await perform(lead, { findings: [] });
});

// --- branches ---

export const branches = orchestration(async (_input: null, { delegate, parallel, collect, race }) => {
  const [verdict, text, number] = await parallel([
    () => delegate(judge, 'a'),
    () => delegate(writer, 'b'),
    async () => 3 as const,
  ]);
  same<typeof verdict, Verdict>(true);
  same<typeof text, string>(true);
  same<typeof number, 3>(true);
  const many = await parallel(['a', 'b'].map((task) => () => delegate(judge, task)));
  same<(typeof many)[number], Verdict>(true);
  const fastest = await race([() => delegate(judge, 'a'), async () => 3 as const]);
  same<typeof fastest, Verdict | 3>(true);
  const [first] = await collect([() => delegate(judge, 'a')]);
  if (first.ok) same<typeof first.value, Verdict>(true);
  else same<typeof first.error.code, ErrorCode>(true);
  // @ts-expect-error there were three branches
  (await parallel([async () => 1, async () => 2, async () => 3]))[3];
});

// --- approvals ---

export const approvals = orchestration(async (_input: null, { approval }) => {
  const approved = await approval({ question: 'q', deadline: '30 days' });
  same<typeof approved, Approved>(true);
  const verdict = await approval({ question: 'q', onReject: 'return' });
  same<typeof verdict, Approved | Rejected>(true);
  if (verdict.outcome === 'rejected') same<typeof verdict.reason, string>(true);
  // @ts-expect-error a question is what is asked
  await approval({ deadline: '1 day' });
  // @ts-expect-error no time is forty-two ponies
  await approval({ question: 'q', deadline: '42 ponies' });
  // @ts-expect-error nor an object
  await approval({ question: 'q', deadline: { days: 3 } });
});

// --- what an orchestration takes and gives ---

export const inferred = orchestration(
  { input: z.object({ id: z.string() }), output: z.object({ done: z.boolean() }) },
  async ({ id }) => ({ done: id !== '' }),
);
same<typeof inferred, Orchestration<{ id: string }, { done: boolean }>>(true);

export const plain = orchestration(async (n: number) => n + 1);
same<typeof plain, Orchestration<number, number>>(true);

export const wrongOutput = orchestration(
  { output: z.object({ done: z.boolean() }) },
  // @ts-expect-error the declared output is an object
  async () => 'done',
);

export const wrongMove = orchestration(
  { output: z.object({ done: z.boolean() }) },
  // @ts-expect-error the writer's text is not the declared output
  async (_input: null, { handoff }) => handoff(writer, 'task'),
);

/** A handoff's return value cannot be used as a value. */
export const movedIsOpaque = orchestration(async (_input: null, { handoff }) => {
  const moved = await handoff(writer, 'task');
  // @ts-expect-error the writer's text belongs to the run now
  moved.length;
  return moved;
});

// --- clients ---

export async function starts(client: Client): Promise<void> {
  await startRun(client, 'hello', { question: 'why?', tags: ['a'], depth: null });
  // @ts-expect-error a Date is not JSON
  await startRun(client, 'hello', { at: new Date() });
  // @ts-expect-error a function is not JSON
  await startRun(client, 'hello', () => 'why?');
  await startRun<typeof movedIsOpaque>(client, 'movedIsOpaque', null);
  // @ts-expect-error the orchestration takes null
  await startRun<typeof movedIsOpaque>(client, 'movedIsOpaque', 'why?');
  // @ts-expect-error the input is missing
  await startRun(client, 'hello');
  // @ts-expect-error a decision names an option
  await decide(client, { request: 'run/0123456789ab' });
}

// --- routes ---

export const routing = orchestration(async (text: string, { route }) => {
  const kept = await route({ input: text, by: byMeaning, fallback: 'keep' });
  same<typeof kept.to, 'billing' | 'technical' | 'account' | 'keep'>(true);
  if (kept.to === 'keep') return same<typeof kept, Kept>(true);
  same<typeof kept.agent.name, 'billing' | 'technical' | 'account'>(true);
  // @ts-expect-error nothing can be routed to the judge
  if (kept.to === 'judge') return kept;
  const sent = await route({ input: text, by: byModel, fallback: account });
  same<typeof sent.to, 'billing' | 'technical' | 'account'>(true);
  const chained = await route({ input: text, by: firstOf(byModel, byMeaning), fallback: 'person' });
  same<typeof chained.to, 'billing' | 'technical' | 'account' | 'keep'>(true);
  // @ts-expect-error the rules take a ticket
  await route({ input: text, by: triage, fallback: 'keep' });
  // @ts-expect-error a fallback is declared
  await route({ input: text, by: byModel });
  return sent;
});

export const routingInTeam = orchestration({ team: desk }, async (text: string, { route }) =>
  // @ts-expect-error billing is not on the team
  route({ input: text, by: byMeaning, fallback: 'keep' }),
);

// @ts-expect-error a description of somebody who is not a destination
similarity({ name: 'x', among: [judge, lead], describe: { writer: 'writes' } });
// @ts-expect-error the same of a classifier
classifier({ name: 'x', among: [judge, lead], describe: { writer: 'writes' } });
// @ts-expect-error a rule leads to an agent, not to a name
rules({ name: 'x', rules: [{ name: 'always', when: () => true, to: 'judge' }] });
// @ts-expect-error a chain is made of routers
firstOf(byModel, judge);

// --- shared memory ---

const cases = memory({ name: 'case', description: 'd', schema: z.object({ text: z.string() }) });
export const mindful = agent({ name: 'mindful', goal: 'g', memory: [cases] });

export const memories = orchestration(async (_input: null, { perform }) => {
  const value = { text: 'new' };
  const wrote = await perform(cases.remember, { key: 'k', value, expectedVersion: null });
  if (wrote.outcome === 'conflict') same<typeof wrote.current, Remembered<{ text: string }> | null>(true);
  else same<typeof wrote.version, number>(true);
  const read = await perform(cases.recall, { key: 'k', version: 'newest' });
  if (read.found) same<typeof read.value, { text: string }>(true);
  same<(typeof cases)['remember']['name'], 'remember_case'>(true);
  // @ts-expect-error: which version was seen must be said
  await perform(cases.remember, { key: 'k', value });
  // @ts-expect-error: the value is of the namespace's schema
  await perform(cases.remember, { key: 'k', value: 'new', expectedVersion: null });
});

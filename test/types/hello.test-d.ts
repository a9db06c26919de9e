/** The first minute of the design, letter for letter but for the goals: it compiles, and its types are inferred. */
import { agent } from '@batonhq/baton';
import type { Orchestration } from '@batonhq/baton/workflow';
import { orchestration } from '@batonhq/baton/workflow';

const researcher = agent({ name: 'researcher', goal: 'Find what is known about a question.' });
const writer = agent({ name: 'writer', goal: 'Write a clear answer from facts.' });

export const hello = orchestration(async (question: string, { delegate, handoff, approval }) => {
  const facts = await delegate(researcher, question);
  await approval({ question: 'Publish?' });
  return handoff(writer, { question, facts });
});

export const typed: Orchestration<string, string> = hello;
// @ts-expect-error hello takes text
void hello(42);
// @ts-expect-error hello gives text
const wrong: Promise<number> = hello('why?');
void wrong;

/** An agent as it is for one task: its placeholders filled in, and the shape of the result that the task asks for. */
import type { Entry } from '../../contracts/wire/model-call.js';
import { z } from 'zod';
import type { AgentDefinition } from '../../contracts/definitions/agent.js';
import { fillPlaceholders } from '../../contracts/crew/placeholders.js';
import type { TaskTerms } from '../../contracts/handoff/envelope.js';
import type { Message } from '../../contracts/handoff/messages.js';

/** What holds for the task that a conversation is about: it stands where the task does. */
export function findTaskTerms(entries: readonly Entry[], before: readonly Message[]): TaskTerms | undefined {
  const task = entries.find((entry) => entry.kind === 'task');
  if (task !== undefined) return task.terms;
  const message = before.findLast((each) => each.role === 'user' && each.source === 'task');
  return message?.role === 'user' ? message.terms : undefined;
}

export function applyTerms(agent: AgentDefinition, terms: TaskTerms | undefined): AgentDefinition {
  if (terms === undefined) return agent;
  const { values = {}, output } = terms;
  const { goal, role, instructions } = agent;
  return {
    ...agent,
    goal: fillPlaceholders(goal, values),
    ...(role === undefined ? {} : { role: fillPlaceholders(role, values) }),
    ...(instructions === undefined ? {} : { instructions: fillPlaceholders(instructions, values) }),
    ...(output === undefined ? {} : { output: z.fromJSONSchema(output as z.core.JSONSchema.BaseSchema) }),
  };
}

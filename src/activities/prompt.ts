/** What a model is told: who it is, what it may do, and the task. */
import { z } from 'zod';
import type { Entry } from '../contracts/activities.js';
import type { AgentDefinition } from '../contracts/agent.js';
import type { ContractDefinition } from '../contracts/contract.js';
import type { Json } from '../contracts/json.js';
import type { UserMessage } from '../contracts/messages.js';
import { handoffToolName } from '../contracts/names.js';
import type { Schema } from '../contracts/schema.js';
import type { ToolSpec } from '../models/model.js';

type TaskEntry = Extract<Entry, { kind: 'task' }>;

export function systemPrompt(agent: AgentDefinition, contracts: readonly ContractDefinition[]): string {
  const parts = [
    agent.role ? `You are ${agent.role}. Your name is ${agent.name}.` : `You are ${agent.name}.`,
    `Your goal: ${agent.goal}`,
  ];
  if (agent.instructions) parts.push(agent.instructions);
  for (const contract of contracts) {
    parts.push(
      `You may hand the task over to ${contract.to.name} (${contract.to.goal}) with ${handoffToolName(contract.to.name)}.` +
        `${contract.when ? ` When: ${contract.when}` : ''} Handing over ends your part: call it alone, with everything the receiver needs.`,
    );
  }
  if (agent.output)
    parts.push('Your final answer is one JSON value that fits the given schema, and nothing else.');
  return parts.join('\n\n');
}

export function taskMessage({ input, handedOverBy, redirectedBy }: TaskEntry): UserMessage {
  const task = typeof input === 'string' ? input : JSON.stringify(input, null, 2);
  const redirected = redirectedBy === undefined ? '' : ` The task was moved to you by ${redirectedBy}`;
  const content =
    handedOverBy === undefined
      ? task
      : `You take over from ${handedOverBy}.${redirected} This is what you were handed:\n\n${task}`;
  return { role: 'user', source: 'task', content, data: input };
}

export function toolSpecs(agent: AgentDefinition, contracts: readonly ContractDefinition[]): ToolSpec[] {
  return [
    ...agent.tools.map((tool) => ({
      name: tool.name,
      description: tool.description,
      parameters: jsonSchema(tool.input),
    })),
    ...contracts.map((contract) => ({
      name: handoffToolName(contract.to.name),
      description: `Hands the task over to ${contract.to.name}: ${contract.to.goal}${contract.when ? ` Use it when: ${contract.when}` : ''}`,
      parameters: jsonSchema(contract.payload),
    })),
  ];
}

export function outputSpec(agent: AgentDefinition): { name: string; schema: Json } | undefined {
  return agent.output && { name: agent.name, schema: jsonSchema(agent.output) };
}

/** The JSON Schema of a wire schema, as providers take it. */
export function jsonSchema(schema: Schema): Json {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { target: 'draft-7' });
  return rest as Json;
}

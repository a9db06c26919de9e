/** The model's instructions: who it is, what it may do, and the task. */
import { defined } from '../../contracts/data/defined.js';
import type { AwaitedAcknowledgement } from '../../contracts/wire/model-call.js';
import type { AgentDefinition } from '../../contracts/definitions/agent.js';
import type { ContractDefinition } from '../../contracts/definitions/contract.js';
import type { Json } from '../../contracts/data/json.js';
import type { Message } from '../../contracts/handoff/messages.js';
import { ACKNOWLEDGEMENTS, toHandoffToolName } from '../../contracts/data/names.js';
import type { ToolDefinition } from '../../contracts/definitions/tool.js';
import type { ModelRequest, ToolSpec } from '../../models/model/model.js';
import { withConfidence } from './confidence.js';
import { Clarification } from '../handoff/shapes.js';
import { listAcknowledgementSpecs, buildHandoffSpec, buildJsonSchema } from '../handoff/tool-specs.js';

/** The input of a turn. */
export interface Asking {
  readonly agent: AgentDefinition;
  readonly contracts: readonly ContractDefinition[];
  readonly conversation: readonly Message[];
  /** The agent's permissions for its task. */
  readonly permissions: readonly string[];
  /** Whether a policy considers the agent's confidence in a call of this tool. */
  readonly weighs: (tool: ToolDefinition) => boolean;
  /** Set until the agent has accepted its task. */
  readonly acknowledge: AwaitedAcknowledgement | undefined;
  /** A receiver's questions, when the turn answers only these. */
  readonly questions: readonly string[] | undefined;
}

export function buildModelRequest(asking: Asking): ModelRequest {
  const { agent, conversation, acknowledge, questions } = asking;
  const common = {
    agent: agent.name,
    messages: conversation,
    input: readTask(conversation),
  };
  if (questions !== undefined) {
    return {
      ...common,
      system: renderSystemPrompt({ ...asking, contracts: [] }),
      tools: [],
      output: { name: 'answers', schema: buildJsonSchema(Clarification) },
      questions,
    };
  }
  const output = agent.output && { name: agent.name, schema: buildJsonSchema(agent.output) };
  return {
    ...common,
    system: renderSystemPrompt(asking),
    tools: listToolSpecs(asking),
    ...defined({ output, handoff: acknowledge }),
  };
}

function renderSystemPrompt({
  agent,
  contracts,
  acknowledge,
  questions,
}: Omit<Asking, 'conversation' | 'permissions' | 'weighs'>): string {
  const parts = [
    agent.role ? `You are ${agent.role}. Your name is ${agent.name}.` : `You are ${agent.name}.`,
    `Your goal: ${agent.goal}`,
  ];
  if (agent.instructions) parts.push(agent.instructions);
  for (const contract of contracts) {
    parts.push(
      `You may hand the task off to ${contract.to.name} (${contract.to.goal}) with ${toHandoffToolName(contract.to.name)}.` +
        `${contract.when ? ` When: ${contract.when}` : ''} A handoff ends your part. Call it alone, and pass everything that the receiver needs.`,
    );
  }
  if (questions !== undefined) {
    parts.push(
      'The approver of your call, or the receiver of your task, has questions first. Answer only the questions, from what you know. Use null for an unknown answer.',
    );
    return parts.join('\n\n');
  }
  if (acknowledge !== undefined) {
    parts.push(
      `The task was handed off to you, and you have not accepted it yet. Your first answer must call ${ACKNOWLEDGEMENTS.accept} and name every required item, or call ${ACKNOWLEDGEMENTS.clarify}, ${ACKNOWLEDGEMENTS.decline} or ${ACKNOWLEDGEMENTS.misrouted}.`,
    );
  }
  if (agent.output)
    parts.push('Your final answer must be one JSON value that fits the schema, and nothing else.');
  return parts.join('\n\n');
}

function listToolSpecs({ agent, contracts, acknowledge, permissions, weighs }: Asking): ToolSpec[] {
  const isPermitted = ({ permission }: ToolDefinition): boolean =>
    permission === undefined || permissions.includes(permission);
  return [
    ...agent.tools.filter(isPermitted).map((tool) => ({
      name: tool.name,
      description: tool.description,
      parameters: weighs(tool) ? withConfidence(buildJsonSchema(tool.input)) : buildJsonSchema(tool.input),
    })),
    ...contracts.map(buildHandoffSpec),
    ...(acknowledge === undefined ? [] : listAcknowledgementSpecs(agent)),
  ];
}

function readTask(conversation: readonly Message[]): Json {
  const task = conversation.findLast((message) => message.role === 'user' && message.source === 'task');
  return task?.role === 'user' ? (task.data ?? task.content) : null;
}

/** The tools that models use to hand off, and to accept or decline a task. */
import type { Json } from '../../contracts/data/json.js';
import { z } from 'zod';
import type { AgentDefinition } from '../../contracts/definitions/agent.js';
import { describeHandoffTool, type ContractDefinition } from '../../contracts/definitions/contract.js';
import { ACKNOWLEDGEMENTS, toHandoffToolName } from '../../contracts/data/names.js';
import type { Schema } from '../../contracts/data/schema.js';
import type { ToolSpec } from '../../models/model/model.js';
import { acceptArguments, Clarify, Decline, buildHandoffArguments, Misrouted } from './shapes.js';

export function buildHandoffSpec(contract: ContractDefinition): ToolSpec {
  const { to, payload } = contract;
  return {
    name: toHandoffToolName(to.name),
    description: describeHandoffTool(contract),
    parameters: buildJsonSchema(buildHandoffArguments(payload)),
  };
}

export function listAcknowledgementSpecs(agent: AgentDefinition): ToolSpec[] {
  const spec = (name: string, description: string, shape: Schema): ToolSpec => ({
    name,
    description,
    parameters: buildJsonSchema(shape),
  });
  return [
    spec(
      ACKNOWLEDGEMENTS.accept,
      'Accepts the task, naming every required item. Other calls may follow in the same answer; with a final answer you have finished.',
      acceptArguments(agent.output),
    ),
    spec(ACKNOWLEDGEMENTS.clarify, 'Asks the sender before you accept the task.', Clarify),
    spec(ACKNOWLEDGEMENTS.decline, 'Declines the task.', Decline),
    spec(ACKNOWLEDGEMENTS.misrouted, 'Says who should have the task instead.', Misrouted),
  ];
}

export function buildJsonSchema(schema: Schema): Json {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { target: 'draft-7' });
  return rest as Json;
}

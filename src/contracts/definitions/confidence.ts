/** How confident the agent and the router are that a call is right. Neither value can be proven. */
import type { ApprovalPolicy } from './policy.js';
import type { ToolDefinition } from './tool.js';

/** Values from 0 to 1. */
export interface Confidence {
  /** The agent's confidence in this call. */
  readonly stated?: number;
  /** The confidence of the routing that chose the agent, if there was one. */
  readonly routed?: number;
}

/** The lower of the two values. Undefined if the agent did not state its confidence: then the call counts as unsure. */
export function findLeast({ stated, routed = 1 }: Confidence): number | undefined {
  return stated === undefined ? undefined : Math.min(stated, routed);
}

/** The text that people read. */
export function formatConfidence({ stated, routed }: Confidence): string {
  const said =
    stated === undefined
      ? 'The agent has not said how sure it is of this call'
      : `The agent is ${stated} sure of this call, where 1 is certain`;
  return routed === undefined
    ? `${said}.`
    : `${said}; the routing that gave it the task was ${routed} sure of it.`;
}

/** Whether a policy needs the confidence of a call to this tool. */
export function needsConfidence(
  policies: readonly ApprovalPolicy[],
  { name, risk }: Pick<ToolDefinition, 'name' | 'risk'>,
): boolean {
  return policies.some(
    ({ when, tools }) =>
      when.on === 'low-confidence' && (tools?.includes(name) ?? true) && (when.risk?.includes(risk) ?? true),
  );
}

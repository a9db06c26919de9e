/** How sure it is that a call is right: what its agent says of it, and how sure the routing was. Neither can be proven. */
import type { ApprovalPolicy } from './policy.js';
import type { ToolDefinition } from './tool.js';

/** From 0 to 1. */
export interface Confidence {
  /** By the agent, of this call. */
  readonly stated?: number;
  /** Of the routing that gave the agent its task, where one was asked. */
  readonly routed?: number;
}

/** The least of them; undefined where the agent has said nothing: then nobody is sure. */
export function findLeast({ stated, routed = 1 }: Confidence): number | undefined {
  return stated === undefined ? undefined : Math.min(stated, routed);
}

/** What people read of it. */
export function formatConfidence({ stated, routed }: Confidence): string {
  const said =
    stated === undefined
      ? 'The agent has not said how sure it is of this call'
      : `The agent is ${stated} sure of this call, where 1 is certain`;
  return routed === undefined
    ? `${said}.`
    : `${said}; the routing that gave it the task was ${routed} sure of it.`;
}

/** Whether a policy needs to know how sure a call of this tool is. */
export function needsConfidence(
  policies: readonly ApprovalPolicy[],
  { name, risk }: Pick<ToolDefinition, 'name' | 'risk'>,
): boolean {
  return policies.some(
    ({ when, tools }) =>
      when.on === 'low-confidence' && (tools?.includes(name) ?? true) && (when.risk?.includes(risk) ?? true),
  );
}

/** What an auditor's own configuration demands: its policies and its tools, whatever a history says. */
import { findDemands, isProven } from '../activities/approvals/policies.js';
import type { Json } from '../contracts/data/json.js';
import type { CallToolInput } from '../contracts/wire/tool-call.js';
import { loadConfig } from './load-config.js';

/** @throws {BatonError} `BAD_CONFIG` */
export async function loadAuditPolicies(file: string) {
  const { policies, definitions, tools: implementations } = await loadConfig(file);
  const defined = definitions.flatMap((each) => (each.kind === 'tool' ? [each] : []));
  const tools = new Map(
    [...defined, ...implementations.map(({ tool }) => tool)].map((tool) => [tool.name, tool]),
  );
  const provable = isProven(policies);
  return {
    demands: ({ tool: name, agent, confidence }: CallToolInput, args: Json) => {
      const tool = tools.get(name);
      if (tool === undefined) return undefined;
      const { effect, risk } = tool;
      const said = confidence === undefined ? {} : { confidence };
      return findDemands(provable, { agent, tool: name, effect, risk, args, ...said });
    },
    effectOf: (name: string) => tools.get(name)?.effect,
  };
}

/** The checks of what a worker serves. */
import type { AgentDefinition } from '../../contracts/definitions/agent.js';
import { describeNearest } from '../../contracts/data/nearest.js';
import { createConfigError, createNoModelError } from '../../contracts/errors.js';
import type { ToolDefinition } from '../../contracts/definitions/tool.js';
import type { Model } from '../../models/model/model.js';
import type { Notifier } from '../../notices/notifier.js';
import type { ToolImplementation } from '../tools/implement.js';
import { isServed, type Serves } from './serves.js';

export function assertFree<T>(map: ReadonlyMap<string, T>, what: string, name: string, value: T): void {
  const other = map.get(name);
  if (other === undefined || other === value) return;
  throw createConfigError(`Two ${what} are named ${name}. A worker finds them by name: rename one.`, {
    name,
  });
}

export function assertOfUser({ tool }: ToolImplementation, builtIns: ReadonlyMap<string, unknown>): void {
  if (!builtIns.has(tool.name)) return;
  throw createConfigError(
    `The configuration implements ${tool.name}, which is a tool of the shared memory or of crews: Baton implements it.`,
    { tool: tool.name },
  );
}

export function assertImplemented(
  agent: AgentDefinition,
  missing: ToolDefinition,
  { there, serves }: { readonly there: ReadonlySet<string>; readonly serves: Serves },
): void {
  if (!isServed(missing, serves) || there.has(missing.name)) return;
  const elsewhere =
    missing.permission === undefined
      ? ''
      : ` Or run a separate worker for it: \`baton worker --permission ${missing.permission}\` there, --without-permissions here.`;
  throw createConfigError(
    `Agent ${agent.name} uses the tool ${missing.name}, which has no implementation. Add implement(${missing.name}, …) to "tools" of the configuration.${elsewhere}`,
    { agent: agent.name, tool: missing.name },
  );
}

export function assertModel(
  agent: AgentDefinition,
  models: ReadonlyMap<string, Model>,
  { allowsFallback = false }: { readonly allowsFallback?: boolean | undefined },
): void {
  const model = models.get(agent.model);
  if (model && (allowsFallback || !model.isFallback)) return;
  if (model)
    throw createNoModelError(
      `No provider is configured for agent ${agent.name}: algorithms would answer instead of a model. Set OPENAI_API_KEY (or OPENAI_BASE_URL) and BATON_MODEL. If offline models are what you want, set BATON_OFFLINE=1 or configure offlineModel().`,
      { agent: agent.name, model: agent.model },
    );
  throw createNoModelError(
    `Agent ${agent.name} names the model "${agent.model}"; the configuration has: ${[...models.keys()].join(', ')}.${describeNearest(agent.model, [...models.keys()])}`,
    { agent: agent.name, model: agent.model },
  );
}

/** The notifiers by name. */
export function nameNotifiers(notifiers: readonly Notifier[] = []): ReadonlyMap<string, Notifier> {
  const named = new Map<string, Notifier>();
  for (const notifier of notifiers) {
    assertFree(named, 'notifiers', notifier.name, notifier);
    named.set(notifier.name, notifier);
  }
  return named;
}

/**
 * Assigns agents to tasks on the command line where the files do not say it. CrewAI says it in code, which is
 * not read.
 */
import type { CrewTaskSpec } from '../../contracts/crew/spec.js';
import { createUsageError } from '../../contracts/errors.js';
import type { CrewCode } from './crew-code.js';
import type { YamlFile } from './yaml-file.js';

/** Agents by task name. */
export type Assigned = Readonly<Record<string, string>>;

/**
 * Reads `write_task=writer,edit_task=editor`.
 *
 * @throws {BatonError} `BAD_USAGE`.
 */
export function readAssigned(text: string | undefined): Assigned {
  const pairs = (text ?? '')
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [task, agent, ...more] = pair.split('=').map((part) => part.trim());
      if (task && agent && more.length === 0) return [task, agent] as const;
      throw createUsageError(`--assign has TASK=AGENT,TASK=AGENT, not ${JSON.stringify(pair)}.`);
    }),
  );
}

/** @throws {BatonError} `BAD_USAGE` for an unknown task or agent. */
export function assertAssigned(
  assigned: Assigned,
  tasks: readonly string[],
  agents: readonly string[],
): void {
  for (const [task, agent] of Object.entries(assigned)) {
    const stray = tasks.includes(task) ? undefined : `task ${task}: there are ${tasks.join(', ')}`;
    const nobody = agents.includes(agent) ? undefined : `agent ${agent}: there are ${agents.join(', ')}`;
    const what = stray ?? nobody;
    if (what !== undefined) throw createUsageError(`--assign ${task}=${agent} names no ${what}.`);
  }
}

/** @throws {BatonError} `BAD_INPUT` naming every task without an agent, and how to assign one. */
export function assertEachHasAgent(
  file: YamlFile,
  tasks: readonly { readonly spec: CrewTaskSpec; readonly line: number }[],
  { agents, code }: { readonly agents: readonly string[]; readonly code: CrewCode | undefined },
): void {
  const [first, ...others] = tasks.filter(({ spec }) => spec.agent === undefined);
  if (first === undefined) return;
  const also = others.map(({ spec, line }) => `${spec.name} (line ${line})`).join(', ');
  const known = (task: string): string | undefined => {
    const agent = code?.agents.get(task);
    return agent !== undefined && agents.includes(agent) ? agent : undefined;
  };
  const wanted = [first, ...others]
    .map(({ spec: { name } }) => `${name}=${known(name) ?? 'AGENT'}`)
    .join(',');
  const asCode = [first, ...others].some(({ spec }) => known(spec.name) !== undefined);
  throw file.wrong(
    first.line,
    [
      `task ${first.spec.name} has no agent${also === '' ? '' : `, nor have ${also}`}.`,
      `Name one of ${agents.join(', ')} with "agent:", or say it here${asCode && code ? `, as ${code.name} does` : ''}:`,
      `  --assign ${wanted}`,
      'With --process hierarchical a manager gives the tasks',
    ].join('\n'),
  );
}

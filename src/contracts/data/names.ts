/** Checks the names of definitions in queues, tools, histories and search. */
import { createDefinitionError } from '../errors.js';

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

export function isName(name: unknown): boolean {
  return typeof name === 'string' && NAME.test(name);
}

export function assertName(kind: string, name: unknown): void {
  if (isName(name)) return;
  throw createDefinitionError(
    `${kind} ${JSON.stringify(name)}: a name has 1 to 64 letters, digits, "-" or "_", and begins with a letter.`,
    { kind, name },
  );
}

/** The first repeated name; undefined if all names are unique. */
export function findRepeated(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index);
}

/** Rejects a tool name that the runtime uses itself: a model would get two tools with one name. */
export function assertNotReserved(tool: string): void {
  const taken: readonly string[] = Object.values(ACKNOWLEDGEMENTS);
  if (!taken.includes(tool) && !tool.startsWith(toHandoffToolName(''))) return;
  throw createDefinitionError(
    `tool ${tool}: the name is Baton's own: by ${toHandoffToolName('…')} agents hand off, and by ${taken.join(', ')} they answer to a handoff. Choose another.`,
    { tool },
  );
}

/** Providers limit the length of a tool's name and of its description. */
const TOOL_NAME_LIMIT = 64;
const DESCRIPTION_LIMIT = 1_024;

/** Rejects a tool that providers would reject, since every request of its agents would fail. */
export function assertToolFits(owner: string, name: string, description: string): void {
  if (name.length > TOOL_NAME_LIMIT)
    throw createDefinitionError(
      `${owner}: the tool ${name} has a name of ${name.length} characters, and providers take ${TOOL_NAME_LIMIT}. Shorten it by ${name.length - TOOL_NAME_LIMIT}.`,
      { name },
    );
  if (description.length > DESCRIPTION_LIMIT)
    throw createDefinitionError(
      `${owner}: the description of the tool ${name} has ${description.length} characters, and providers take ${DESCRIPTION_LIMIT}. Shorten it; what is longer belongs in the agent's instructions.`,
      { name },
    );
}

/** The name of the tool that a model calls to hand off to another agent. */
export function toHandoffToolName(to: string): string {
  return `transfer_to_${to}`;
}

/** The tools that a receiver calls to accept or decline a task. */
export const ACKNOWLEDGEMENTS = {
  accept: 'accept_handoff',
  clarify: 'clarify_handoff',
  decline: 'decline_handoff',
  misrouted: 'misrouted_handoff',
} as const;

/** The property in which an agent states its confidence in a call. No tool may have a property with this name. */
export const CONFIDENCE_PROPERTY = 'baton_confidence';

/** Checks the names by which definitions are known in queues, tools, histories and search. */
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

/** The first name that stands there once more; undefined where each stands there once. */
export function findRepeated(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index);
}

/** Refuses a tool's name that the runtime gives to tools of its own: a model would be offered two under one name. */
export function assertNotReserved(tool: string): void {
  const taken: readonly string[] = Object.values(ACKNOWLEDGEMENTS);
  if (!taken.includes(tool) && !tool.startsWith(toHandoffToolName(''))) return;
  throw createDefinitionError(
    `tool ${tool}: the name is Baton's own: by ${toHandoffToolName('…')} agents hand off, and by ${taken.join(', ')} they answer to a handoff. Choose another.`,
    { tool },
  );
}

/** So many characters of a tool's name, and of its description, providers take. */
const TOOL_NAME_LIMIT = 64;
const DESCRIPTION_LIMIT = 1_024;

/** Refuses a tool that providers would refuse, with the request of every agent that is offered it. */
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

/** The tool by which a model hands off to another agent. */
export function toHandoffToolName(to: string): string {
  return `transfer_to_${to}`;
}

/** The tools by which a receiver says whether it takes a task on. */
export const ACKNOWLEDGEMENTS = {
  accept: 'accept_handoff',
  clarify: 'clarify_handoff',
  decline: 'decline_handoff',
  misrouted: 'misrouted_handoff',
} as const;

/** The property by which an agent says of a call how sure it is; no tool has one of that name. */
export const CONFIDENCE_PROPERTY = 'baton_confidence';

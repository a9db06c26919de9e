/** The title of one tool call, in the developer's words. It is display only: no digest covers it. */
import type { Json } from '../data/json.js';
import { clip } from '../data/preview.js';
import type { ToolDefinition } from './tool.js';

/** The longest title; the rest is cut. */
export const TITLE_LIMIT = 200;

/** One line of bounded length; undefined if the tool has no title for these arguments. */
export function buildActionTitle(
  { title }: Pick<ToolDefinition, 'title'>,
  args: Json | undefined,
): string | undefined {
  if (title === undefined) return undefined;
  try {
    // A copy: this code must not change the arguments that people approve.
    const text: unknown = title(JSON.parse(JSON.stringify(args ?? null)) as Json);
    // A rejected promise would fail the workflow.
    if (typeof text !== 'string') void Promise.resolve(text).catch(() => {});
    // Half of a surrogate pair cannot be stored.
    else return clip(text.replace(/\p{Cs}/gu, '\ufffd'), TITLE_LIMIT) || undefined;
  } catch {
    // A mistake in a display text must not stop an action.
  }
  return undefined;
}

/** Under what name the result of a tool call is kept. Pure: the workflow refers to it, and the worker finds it. */
import type { CallToolInput } from './tool-call.js';
import { digest } from '../data/canonical-json.js';

/**
 * A call out of a conversation is named by its step, which names the conversation too. One with arguments of its own is
 * named by them as well: a reset gives its step the same name, but may have come to other arguments.
 */
export function formatResultName(step: string, call: CallToolInput['call']): string {
  return 'args' in call ? `${step}:${digest(call.args).slice(0, 16)}` : step;
}

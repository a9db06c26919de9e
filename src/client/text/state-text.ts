/** The state of a run when it opened a request, in one line. */
import type { StateWhenAsked } from '../../contracts/requests/request-parts.js';
import { pluralize } from './plural.js';
import { formatSteps } from '../../contracts/wire/steps-text.js';

export function describeState({ owner, steps, modelCalls, toolCalls }: StateWhenAsked): string {
  return `${owner} has control; ${formatSteps(steps)}, ${pluralize(modelCalls, 'model call')} and ${pluralize(toolCalls, 'tool call')} used`;
}

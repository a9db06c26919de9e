/** Where a run stood when it asked, in a line. */
import type { StateWhenAsked } from '../../contracts/requests/request-parts.js';
import { formatSteps } from '../../contracts/wire/steps-text.js';

export function describeState({ owner, steps, modelCalls, toolCalls }: StateWhenAsked): string {
  return `${owner} has control; ${formatSteps(steps)}, ${countNoun(modelCalls, 'model call')} and ${countNoun(toolCalls, 'tool call')} used`;
}

const countNoun = (many: number, noun: string): string => `${many} ${noun}${many === 1 ? '' : 's'}`;

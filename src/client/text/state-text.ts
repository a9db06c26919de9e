/** Where a run stood when it asked, in a line. */
import type { StateWhenAsked } from '../../contracts/requests/request-parts.js';
import { stepsText } from '../../contracts/wire/steps-text.js';

export function stateText({ owner, steps, modelCalls, toolCalls }: StateWhenAsked): string {
  return `${owner} has control; ${stepsText(steps)}, ${count(modelCalls, 'model call')} and ${count(toolCalls, 'tool call')} used`;
}

const count = (many: number, noun: string): string => `${many} ${noun}${many === 1 ? '' : 's'}`;

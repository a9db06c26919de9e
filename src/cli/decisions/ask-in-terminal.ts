/** Asks the person at the terminal for a decision. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { isCancel, select, text } from '@clack/prompts';
import { escapeText } from '../terminal/escape-text.js';
import { getOptionRow, needsReason } from '../../contracts/requests/decision-options.js';

/** One that a developer has declared says what it comes to. */
function describeChoice({ id, label = id, declared, means }: WaitingRequest['options'][number]): string {
  return declared
    ? `${id}: ${label} (the run’s words${means === undefined ? '' : `, counts as ${means}`})`
    : label;
}

export interface TerminalAnswer {
  readonly option: string;
  readonly reason?: string;
}

const LATER = Symbol('later');

/** `interrupted` on Ctrl-C, and when the signal aborts. */
export async function askInTerminal(
  request: WaitingRequest,
  signal: AbortSignal,
): Promise<TerminalAnswer | 'later' | 'interrupted'> {
  const common = { output: process.stderr, signal };
  const option = await select<string | typeof LATER>({
    ...common,
    message: 'Your decision',
    options: [
      // Their consequences stand above, with the request; what carries something has a command of its own.
      ...request.options
        .filter(({ id }) => getOptionRow(id).carries === undefined)
        .map((option) => ({ value: option.id, label: escapeText(describeChoice(option)) })),
      { value: LATER, label: 'Decide later', hint: 'the run keeps waiting' },
    ],
  });
  if (isCancel(option)) return 'interrupted';
  if (option === LATER) return 'later';
  if (!needsReason(option)) return { option };
  const reason = await text({
    ...common,
    message: 'Why? The run is told the reason.',
    validate: (value) => ((value ?? '').trim() === '' ? 'It needs a reason.' : undefined),
  });
  return isCancel(reason) ? 'interrupted' : { option, reason };
}

/** Asks the person at the terminal for a decision. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { isCancel, select, text } from '@clack/prompts';
import { escapeToLines } from '../terminal/escape-text.js';
import type { Without } from '../../contracts/requests/decision.js';
import { getOptionRow } from '../../contracts/requests/decision-options.js';
import { askCarried, canAskFor, type PromptSettings } from './ask-carried.js';

/** A custom option is described by its declared meaning. */
function describeChoice({ id, label = id, declared, means }: WaitingRequest['options'][number]): string {
  return declared
    ? `${id}: ${label} (the run’s words${means === undefined ? '' : `, counts as ${means}`})`
    : label;
}

/** A decision made at a prompt, without the request that it is about. */
export type TerminalAnswer = Without<'request' | 'by' | 'digest' | 'revision'>;

const LATER = Symbol('later');

/** Returns `interrupted` on Ctrl-C, and when the signal aborts. */
export async function askInTerminal(
  request: WaitingRequest,
  signal: AbortSignal,
): Promise<TerminalAnswer | 'later' | 'interrupted'> {
  const common = { output: process.stderr, signal };
  const option = await select<string | typeof LATER>({
    ...common,
    message: 'Your decision',
    options: [
      // The request is printed above, with the consequences of each option.
      ...request.options
        .filter(({ id }) => canAskFor(request, id))
        .map((option) => ({ value: option.id, label: escapeToLines(describeChoice(option)) })),
      { value: LATER, label: 'Decide later', hint: 'the run keeps waiting' },
    ],
  });
  if (isCancel(option)) return 'interrupted';
  if (option === LATER) return 'later';
  const carried = await askCarried(request, option, common);
  if (carried === undefined) return 'interrupted';
  const reason = await askReason(option, common);
  return reason === 'interrupted' ? reason : ({ option, ...carried, ...reason } as TerminalAnswer);
}

/** A reason where the option requires one, and optional advice where it accepts some. */
async function askReason(
  option: string,
  common: PromptSettings,
): Promise<{ readonly reason?: string } | 'interrupted'> {
  const { reason: takes } = getOptionRow(option);
  if (takes !== 'why' && takes !== 'guidance') return {};
  const given = await text({
    ...common,
    message: takes === 'why' ? 'Reason (the run records it)' : 'Advice for the next try (optional)',
    validate: (value) =>
      takes === 'why' && (value ?? '').trim() === '' ? 'A reason is required.' : undefined,
  });
  if (isCancel(given)) return 'interrupted';
  return given.trim() === '' ? {} : { reason: given };
}

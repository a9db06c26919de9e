/** Asks the person at the terminal for a decision. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { isCancel, select, text } from '@clack/prompts';
import { requiresReason } from '../../contracts/requests/needs-reason.js';

export interface TerminalAnswer {
  readonly option: string;
  readonly reason?: string;
  /** Of the action as it was shown: when it has been edited meanwhile, the decision is refused. */
  readonly digest?: string;
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
      // Their consequences stand above, with the request.
      ...request.options.filter(isAsked).map(({ id, label }) => ({ value: id, label: label ?? id })),
      { value: LATER, label: 'Decide later', hint: 'the run keeps waiting' },
    ],
  });
  if (isCancel(option)) return 'interrupted';
  if (option === LATER) return 'later';
  const shown = request.digest === undefined || option === 'abort' ? {} : { digest: request.digest };
  if (!requiresReason(option)) return { option, ...shown };
  const reason = await text({
    ...common,
    message: 'Why? The run is told the reason.',
    validate: (value) => ((value ?? '').trim() === '' ? 'It needs a reason.' : undefined),
  });
  return isCancel(reason) ? 'interrupted' : { option, reason, ...shown };
}

/** What a list can ask for; the others carry something, and have commands of their own. */
function isAsked({ id }: { readonly id: string }): boolean {
  return !['edit', 'redirect', 'answer', 'clarify', 'ask-back'].includes(id);
}

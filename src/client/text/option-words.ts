/** What people read of each way to decide, beside its row in the table of options: a workflow needs none of it. */
import type { DECISION_OPTIONS, OptionId } from '../../contracts/requests/decision-options.js';

export interface OptionWords {
  readonly tone: 'yes' | 'no' | 'wait' | 'plain';
  /** What its command is for; without, it has none but `baton decide`. */
  readonly command?: string;
  /** What a ticket says. */
  readonly done?: string;
  /** What happens where it decides on an action, if that says more. */
  readonly ofAction?: string;
}

/** Each option has its words, and those of its command where it has one of its own. */
type Complete = {
  readonly [Id in OptionId]: (typeof DECISION_OPTIONS)[Id] extends { readonly ownCommand: false }
    ? Pick<OptionWords, 'tone'>
    : OptionWords & Required<Pick<OptionWords, 'command' | 'done'>>;
};

/** In the order of the help. */
export const OPTION_WORDS = {
  approve: {
    tone: 'yes',
    command: 'approve what a run waits for',
    done: 'Approved',
    ofAction: 'The action is released with exactly these arguments.',
  },
  reject: { tone: 'no', command: 'reject what a run waits for', done: 'Rejected' },
  edit: {
    tone: 'wait',
    command: 'change the arguments of what waits; it then waits for a decision on these',
    done: 'Edited',
  },
  answer: { tone: 'yes', command: 'answer what a run asks', done: 'Answered' },
  'ask-back': {
    tone: 'wait',
    command: 'ask whoever wants a decision, before you decide; the request stays open',
    done: 'Asked, and the request stays open;',
  },
  claim: {
    tone: 'wait',
    command: 'say that you look into a request; for 15 minutes, and others may decide all the same',
    done: 'Claimed',
  },
  release: { tone: 'wait', command: 'give a request back that you have claimed', done: 'Given back' },
  accept: {
    tone: 'yes',
    command: 'take on a task that is handed to you; it waits for your answer',
    done: 'Taken on',
  },
  decline: { tone: 'no', command: 'do not take on a task that is handed to you', done: 'Declined' },
  clarify: { tone: 'wait', command: 'ask whoever hands you a task, before you take it on', done: 'Asked' },
  retry: { tone: 'plain', command: 'have a task that failed tried once more', done: 'To be tried again' },
  redirect: {
    tone: 'plain',
    command: 'give the task to another agent; the action is not carried out',
    done: 'Redirected',
  },
  abort: { tone: 'no', command: 'end the run that waits, instead of deciding', done: 'Run ended' },
  'was-done': { tone: 'plain' },
  'do-again': { tone: 'plain' },
  keep: { tone: 'plain' },
} as const satisfies Complete;

/** The words for an option; one that a developer has declared is told of by its id. */
export function getOptionWords(id: string): OptionWords {
  const all: Readonly<Record<string, OptionWords>> = OPTION_WORDS;
  return (Object.hasOwn(all, id) ? all[id] : undefined) ?? { tone: 'plain' };
}

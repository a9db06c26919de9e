/** The words that people read about each option. Workflows do not need them, so they are not in the table of options. */
import type { DECISION_OPTIONS, OptionId } from '../../contracts/requests/decision-options.js';

export interface OptionWords {
  readonly tone: 'yes' | 'no' | 'wait' | 'plain';
  /** The summary of its command. An option without one is available through `baton decide` only. */
  readonly command?: string;
  /** The word that a ticket shows. */
  readonly done?: string;
  /** The effect on an action, if it differs. */
  readonly ofAction?: string;
}

/** Each option has words; an option with a command also has the words of the command. */
type Complete = {
  readonly [Id in OptionId]: (typeof DECISION_OPTIONS)[Id] extends { readonly ownCommand: false }
    ? Pick<OptionWords, 'tone'>
    : OptionWords & Required<Pick<OptionWords, 'command' | 'done'>>;
};

/** In the order of the help. */
export const OPTION_WORDS = {
  approve: {
    tone: 'yes',
    command: 'approve a pending request',
    done: 'Approved',
    ofAction: 'The action is approved with exactly these arguments.',
  },
  reject: { tone: 'no', command: 'reject a pending request', done: 'Rejected' },
  edit: {
    tone: 'wait',
    command: 'edit a pending action (it needs a new approval)',
    done: 'Edited',
  },
  answer: { tone: 'yes', command: 'answer a question of a run', done: 'Answered' },
  'ask-back': {
    tone: 'wait',
    command: 'ask the requester before you decide',
    done: 'Asked (the request stays pending)',
  },
  claim: {
    tone: 'wait',
    command: 'mark a request as yours for 15 minutes',
    done: 'Claimed',
  },
  release: { tone: 'wait', command: 'remove your claim from a request', done: 'Released' },
  accept: {
    tone: 'yes',
    command: 'accept a task that was handed off to you',
    done: 'Accepted',
  },
  decline: { tone: 'no', command: 'decline a task that was handed off to you', done: 'Declined' },
  clarify: { tone: 'wait', command: 'ask the sender before you accept a task', done: 'Asked' },
  retry: { tone: 'plain', command: 'retry a failed task', done: 'Retry approved' },
  redirect: {
    tone: 'plain',
    command: 'give the task to another agent instead',
    done: 'Redirected',
  },
  abort: { tone: 'no', command: 'end the waiting run as failed', done: 'Run ended' },
  'was-done': { tone: 'plain' },
  'do-again': { tone: 'plain' },
  keep: { tone: 'plain' },
} as const satisfies Complete;

/** Returns the words for an option. A declared option uses its id. */
export function getOptionWords(id: string): OptionWords {
  const all: Readonly<Record<string, OptionWords>> = OPTION_WORDS;
  return (Object.hasOwn(all, id) ? all[id] : undefined) ?? { tone: 'plain' };
}

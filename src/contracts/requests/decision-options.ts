/**
 * Every way to decide, a row each; whatever else knows of an option reads it here. Plain data: the sandbox evaluates it,
 * so that what only people read stands in the words beside it.
 */

/** What a decision may carry. */
export const CARRIED = ['args', 'to', 'answer', 'questions'] as const;
export type Carried = (typeof CARRIED)[number];

export interface OptionRow {
  readonly label: string;
  /** What happens when it is chosen, unless whoever offers it says more. */
  readonly consequence: string;
  /** `vote`: as many must say so as the request needs; one person alone does the others. `open`: the request stays open. */
  readonly effect: 'vote' | 'decide' | 'open' | 'claim' | 'end';
  readonly carries?: Carried;
  /** `why` is required; an optional note without. */
  readonly reason?: 'why' | 'guidance' | 'none';
  /** An option that a developer declares may mean it. */
  readonly declarable?: true;
  /** It has no command but `baton decide`. */
  readonly ownCommand?: false;
  /** What Baton's own code says of it in a place, by the place: names in braces come from the request. */
  readonly wordings?: Readonly<Record<string, Wording>>;
}

export type Wording = Partial<Pick<OptionRow, 'label' | 'consequence'>>;

/** In the order of the help. */
export const DECISION_OPTIONS = {
  approve: {
    label: 'Approve',
    consequence: 'The run goes on.',
    effect: 'vote',
    declarable: true,
    wordings: {
      keyed: {
        consequence:
          '{tool} is carried out with exactly these arguments, once: the other side knows a repeat by its key.',
      },
      none: {
        consequence:
          '{tool} is carried out with exactly these arguments, and never repeated unasked. The other side takes no key: should the worker die in the middle, nobody knows whether it happened, and you are asked.',
      },
      repeatable: {
        consequence:
          '{tool} is carried out with exactly these arguments. A repeat of it changes nothing further.',
      },
      graph: { label: 'Go on', consequence: 'The graph goes on with exactly this state.' },
      crew: { label: 'Take it', consequence: 'The crew goes on with exactly this output.' },
    },
  },
  reject: {
    label: 'Reject',
    consequence: 'The run is told no, with your reason.',
    effect: 'decide',
    reason: 'why',
    declarable: true,
    wordings: {
      tool: { consequence: 'Nothing is carried out; the run is told why.' },
      outcome: { label: 'Leave it', consequence: 'The run treats the action as refused.' },
      graph: { label: 'End it', consequence: 'The run ends with your reason.' },
      again: {
        label: 'Send it back',
        consequence: 'The task is done again, with your reason as what is to be better.',
      },
      last: {
        label: 'End it',
        consequence: 'The run ends with your reason: the output has been sent back as often as it may.',
      },
    },
  },
  edit: {
    label: 'Edit',
    consequence: 'The arguments are changed to yours, and the request waits for a decision on them.',
    effect: 'open',
    carries: 'args',
  },
  answer: {
    label: 'Answer',
    consequence: 'The run goes on with your answer.',
    effect: 'vote',
    carries: 'answer',
    wordings: {
      task: { consequence: 'Your answer is the result of the task, and finishes it.' },
      recovery: { label: 'Answer yourself', consequence: 'Your answer is the result of the task.' },
      clarification: { consequence: '{askedBy} is told your answer, and goes on.' },
    },
  },
  'ask-back': {
    label: 'Ask back',
    consequence: 'Your questions are answered; the request stays open, and nothing is decided by it.',
    effect: 'open',
    carries: 'questions',
    reason: 'none',
    wordings: {
      asker: {
        consequence:
          '{askedBy} answers your questions; the request stays open, and nothing is decided by it.',
      },
    },
  },
  claim: {
    label: 'I look into it',
    consequence: 'For 15 minutes; others may decide all the same.',
    effect: 'claim',
    reason: 'none',
  },
  release: {
    label: 'Give it back',
    consequence: 'Nobody looks into it.',
    effect: 'claim',
    reason: 'none',
  },
  accept: {
    label: 'Take it on',
    consequence: 'The task is yours; it waits for your result.',
    effect: 'decide',
  },
  decline: {
    label: 'Decline',
    consequence: 'You do not take it on; what the team declares for that follows, with your reason.',
    effect: 'decide',
    reason: 'why',
    wordings: {
      taken: {
        label: 'Give it back',
        consequence:
          'The task is no longer yours; what the team declares for that follows, with your reason.',
      },
    },
  },
  clarify: {
    label: 'Ask first',
    consequence: 'Your questions go to whoever hands it to you; you are asked again with the answers.',
    effect: 'decide',
    carries: 'questions',
    reason: 'none',
  },
  retry: {
    label: 'Try again',
    consequence: 'The task is tried once more, with what went wrong and what you advise.',
    effect: 'vote',
    reason: 'guidance',
  },
  redirect: {
    label: 'Redirect',
    consequence: 'Nothing is carried out; the task goes to somebody else.',
    effect: 'decide',
    carries: 'to',
    wordings: {
      listed: {
        consequence: 'Nothing is carried out; the task goes to somebody else: {redirectTo}.',
      },
    },
  },
  abort: {
    label: 'Abort the run',
    consequence: 'The whole run ends here, as failed, with your reason.',
    effect: 'end',
    reason: 'why',
  },
  'was-done': {
    label: 'It was done',
    consequence: 'The run goes on without repeating the action.',
    effect: 'vote',
    ownCommand: false,
  },
  'do-again': {
    label: 'Do it again',
    consequence: 'The action is carried out again: twice, if it was done before.',
    effect: 'vote',
    ownCommand: false,
  },
  keep: {
    label: 'Keep it',
    consequence: 'It goes to nobody; the orchestration keeps it.',
    effect: 'vote',
    ownCommand: false,
  },
} as const satisfies Readonly<Record<string, OptionRow>>;

export type OptionId = keyof typeof DECISION_OPTIONS;

/** The options that carry something, by what it is. */
export type Carrying<What extends Carried> = {
  [Id in OptionId]: (typeof DECISION_OPTIONS)[Id] extends { readonly carries: What } ? Id : never;
}[OptionId];

/** Whether it is Baton's own: what such a one is called and does stands here, whatever a run says of it. */
export function isOwnOption(id: string): boolean {
  return Object.hasOwn(DECISION_OPTIONS, id);
}

/** What is known of an option; one that a developer has declared is counted, and carries nothing. */
export function getOptionRow(id: string): OptionRow {
  const rows: Readonly<Record<string, OptionRow>> = DECISION_OPTIONS;
  const own = isOwnOption(id) ? rows[id] : undefined;
  return own ?? { label: id, consequence: '', effect: 'vote', ownCommand: false };
}

/** An option as a request offers it, in the words of its row or in better ones. */
export function createOffer(
  id: OptionId,
  better: Partial<Pick<OptionRow, 'label' | 'consequence'>> = {},
): { id: OptionId; label: string; consequence: string } {
  const { label, consequence } = getOptionRow(id);
  return { id, label, consequence, ...better };
}

export function needsReason(id: string): boolean {
  return getOptionRow(id).reason === 'why';
}

/** What an option comes to: for Baton's own, itself. */
export function resolveOption(
  options: readonly { readonly id?: string; readonly means?: string }[],
  option: string,
): string {
  return (isOwnOption(option) ? undefined : options.find(({ id }) => id === option)?.means) ?? option;
}

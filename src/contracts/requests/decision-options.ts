/**
 * The table of decision options. All other code reads options from here. Plain data, because the sandbox evaluates
 * it. Texts that only people read are in `client/text/option-words.ts`.
 */

/** The data that a decision can carry. */
export const CARRIED = ['args', 'to', 'answer', 'questions'] as const;
export type Carried = (typeof CARRIED)[number];

export interface OptionRow {
  readonly label: string;
  /** The effect of the option; a request can give a more specific text. */
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
  /** More specific texts by the place that offers the option. Names in braces come from the request. */
  readonly wordings?: Readonly<Record<string, Wording>>;
}

export type Wording = Partial<Pick<OptionRow, 'label' | 'consequence'>>;

/** In the order of the help. */
export const DECISION_OPTIONS = {
  approve: {
    label: 'Approve',
    consequence: 'The run continues.',
    effect: 'vote',
    declarable: true,
    wordings: {
      keyed: {
        consequence:
          '{tool} runs once with exactly these arguments. The API recognizes a repeat by its idempotency key.',
      },
      none: {
        consequence:
          '{tool} runs with exactly these arguments and is never repeated without approval. The API takes no idempotency key: if the worker dies during the call, the outcome is unknown and you are asked.',
      },
      repeatable: {
        consequence: '{tool} runs with exactly these arguments. A repeat changes nothing further.',
      },
      graph: { label: 'Continue', consequence: 'The graph continues with exactly this state.' },
      crew: { label: 'Take it', consequence: 'The crew continues with exactly this output.' },
    },
  },
  reject: {
    label: 'Reject',
    consequence: 'The request is rejected. The run gets your reason.',
    effect: 'decide',
    reason: 'why',
    declarable: true,
    wordings: {
      tool: { consequence: 'The action does not run. The run gets your reason.' },
      outcome: { label: 'Leave it', consequence: 'The run treats the action as refused.' },
      graph: { label: 'End it', consequence: 'The run ends with your reason.' },
      again: {
        label: 'Send it back',
        consequence: 'The task is done again, with your reason as guidance.',
      },
      last: {
        label: 'End it',
        consequence: 'The run ends with your reason: the output was sent back as often as allowed.',
      },
    },
  },
  edit: {
    label: 'Edit',
    consequence: 'The action gets your arguments and needs a new approval.',
    effect: 'open',
    carries: 'args',
  },
  answer: {
    label: 'Answer',
    consequence: 'The run continues with your answer.',
    effect: 'vote',
    carries: 'answer',
    wordings: {
      task: { consequence: 'Your answer is the result of the task, and finishes it.' },
      recovery: { label: 'Answer yourself', consequence: 'Your answer is the result of the task.' },
      clarification: { consequence: '{askedBy} gets your answer and continues.' },
    },
  },
  'ask-back': {
    label: 'Ask back',
    consequence: 'You get answers to your questions. The request stays pending.',
    effect: 'open',
    carries: 'questions',
    reason: 'none',
    wordings: {
      asker: {
        consequence: '{askedBy} answers your questions. The request stays pending.',
      },
    },
  },
  claim: {
    label: 'Claim',
    consequence: 'Marks the request as yours for 15 minutes. Others can still decide.',
    effect: 'claim',
    reason: 'none',
  },
  release: {
    label: 'Release',
    consequence: 'Removes your claim.',
    effect: 'claim',
    reason: 'none',
  },
  accept: {
    label: 'Accept',
    consequence: 'You own the task. Submit the result later.',
    effect: 'decide',
  },
  decline: {
    label: 'Decline',
    consequence: 'You do not accept the task. The team’s rule for declined tasks applies, with your reason.',
    effect: 'decide',
    reason: 'why',
    wordings: {
      taken: {
        label: 'Give it back',
        consequence:
          'You no longer own the task. The team’s rule for declined tasks applies, with your reason.',
      },
    },
  },
  clarify: {
    label: 'Ask the sender',
    consequence: 'Your questions go to the sender. You decide after the answers.',
    effect: 'decide',
    carries: 'questions',
    reason: 'none',
  },
  retry: {
    label: 'Try again',
    consequence: 'The task is retried once, with the error and your advice.',
    effect: 'vote',
    reason: 'guidance',
  },
  redirect: {
    label: 'Redirect',
    consequence: 'The action does not run. The task goes to another receiver.',
    effect: 'decide',
    carries: 'to',
    wordings: {
      listed: {
        consequence: 'The action does not run. The task goes to another receiver: {redirectTo}.',
      },
    },
  },
  abort: {
    label: 'Abort the run',
    consequence: 'The whole run fails with your reason.',
    effect: 'end',
    reason: 'why',
  },
  'was-done': {
    label: 'It was done',
    consequence: 'The run continues without repeating the action.',
    effect: 'vote',
    ownCommand: false,
  },
  'do-again': {
    label: 'Do it again',
    consequence: 'The action runs again. If it was done before, it happens twice.',
    effect: 'vote',
    ownCommand: false,
  },
  keep: {
    label: 'Keep it',
    consequence: 'The task goes to no agent. The orchestration keeps it.',
    effect: 'vote',
    ownCommand: false,
  },
} as const satisfies Readonly<Record<string, OptionRow>>;

export type OptionId = keyof typeof DECISION_OPTIONS;

/** The options that carry something, by what it is. */
export type Carrying<What extends Carried> = {
  [Id in OptionId]: (typeof DECISION_OPTIONS)[Id] extends { readonly carries: What } ? Id : never;
}[OptionId];

/** Whether it is one of Baton's own options. Their names and effects come from this table, never from a run. */
export function isOwnOption(id: string): boolean {
  return Object.hasOwn(DECISION_OPTIONS, id);
}

/** Returns the row of an option. A declared option counts as a vote and carries nothing. */
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

/** Returns the meaning of an option: for Baton's own, the option itself. */
export function resolveOption(
  options: readonly { readonly id?: string; readonly means?: string }[],
  option: string,
): string {
  return (isOwnOption(option) ? undefined : options.find(({ id }) => id === option)?.means) ?? option;
}

/** The text of a notice: a headline and facts, one line each. Nothing in it counts as markup. */
import type { Notice } from '../contracts/requests/notice.js';
import { makeVisible } from '../contracts/data/visible-text.js';
import { describeOrigin } from '../contracts/requests/origin-text.js';
import { clip } from '../contracts/data/preview.js';

export interface NoticeText {
  readonly headline: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

const ORIGIN_NAMES = { task: 'Task', handoff: 'Handoff', read: 'Read', origin: 'Origin' } as const;

const LINE_LIMIT = 600;

export function describeNotice(notice: Notice): NoticeText {
  const { request, run, decision } = notice;
  const facts: (readonly [string, string | undefined])[] = [
    ['Decision', decision && `${decision.option}, by ${decision.by}${HOW_KNOWN[decision.identity]}`],
    ['Why', decision?.reason],
    ['Amount', request.amount],
    ['Question', request.title === undefined ? undefined : request.question],
    ['Action', request.tool && `${request.tool} (${request.argsPreview ?? ''})`],
    ['Asked by', request.askedBy],
    ...(decision ? [] : describeOrigin(request.origin)).map(
      ({ name, text }) => [ORIGIN_NAMES[name], text] as const,
    ),
    ['For', describeEligible(notice)],
    ['Deadline', decision ? undefined : request.deadline],
    ['Run', run.workflowId],
    ['Request', request.id],
  ];
  return {
    headline: formatLine(`${formatHeadline(notice)}: ${request.title ?? request.question}`),
    facts: facts.flatMap(([name, value]) => (value ? [[name, formatLine(value)] as const] : [])),
  };
}

const HOW_KNOWN = { signed: '', gateway: '', claimed: ' (as they say; nothing proves it)' } as const;

function formatHeadline({ test, event, decision, occurrence }: Notice): string {
  if (test) return 'Test, nothing waits';
  return {
    opened: 'Waits for a decision',
    reminded: `Still waits for a decision (reminder ${occurrence})`,
    escalated: 'Escalated to more people',
    decided: `Decided (${decision?.option ?? ''})`,
    expired: 'Nobody decided in time',
  }[event];
}

function describeEligible({ to, request }: Notice): string {
  const people = to.length === 0 ? 'anybody' : to.join(', ');
  const quorum = request.needs?.quorum ?? 1;
  return quorum > 1 ? `${people}; it takes ${quorum} of them` : people;
}

function formatLine(text: string): string {
  return clip(makeVisible(text.replace(/\s+/g, ' ')), LINE_LIMIT);
}

/**
 * The rejections of people. An agent that repeats exactly the same call in its task gets the earlier rejection, and no one
 * is asked again. A call with other arguments is a new question.
 */
import { digest } from '../../contracts/data/canonical-json.js';
import { clip } from '../../contracts/data/preview.js';
import { toParentPath } from '../../contracts/data/step-path.js';
import { formatReason, type Rejected } from '../approvals/approval.js';
import { readConfidence } from '../approvals/build-request.js';
import type { DecisionWord } from '../approvals/wait-for-decision.js';
import type { Run } from '../runtime/run.js';
import type { AskedAction } from './ask-before-tool.js';

type Call = Pick<AskedAction, 'args' | 'askedBy' | 'confidence' | 'path' | 'tool'>;

export interface Refused {
  readonly kind: 'rejected';
  readonly verdict: Rejected;
}

/** The rejection of the same call in the same task; undefined for the orchestration's own code, which knows what it asks. */
export function findRefusal(
  { effects }: Pick<Run, 'effects'>,
  action: Call & { readonly returns: 'reference' | 'value' },
): DecisionWord | undefined {
  const before = action.returns === 'reference' ? effects.refusals.get(nameCall(action)) : undefined;
  if (before === undefined) return undefined;
  const said = formatReason(before);
  return {
    ...before,
    reason: `Nobody was asked again about the same arguments.${said === '' ? '' : ` ${said}`}`,
  };
}

/** Records a rejection, and keeps a plain one for a repeated call. */
export function noteRefusal(run: Pick<Run, 'effects' | 'record'>, action: Call, word: DecisionWord): Refused {
  const { refusals } = run.effects;
  const name = nameCall(action);
  if (word.option === 'reject' && !refusals.has(name)) refusals.set(name, word);
  const told = {
    kind: 'tool',
    agent: action.askedBy,
    tool: action.tool,
    ...readConfidence(action.confidence),
    outcome: 'refused',
    preview: clip(formatReason(word), 160),
  } as const;
  run.record(told, action.path);
  return toRefusalOutcome(word);
}

export function toRefusalOutcome(word: DecisionWord): Refused {
  const { by, option } = word;
  const verdict = { outcome: 'rejected', by, reason: formatReason(word) } as const;
  return { kind: 'rejected', verdict: option === 'reject' ? verdict : { ...verdict, option } };
}

function nameCall({ path, tool, args }: Call): string {
  return digest({ task: toParentPath(path), tool, args: args ?? null });
}

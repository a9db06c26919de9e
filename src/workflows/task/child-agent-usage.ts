/**
 * What a child agent had used and carried out when it failed. It has no result to say it with,
 * so the failure does: whoever takes the task over must know what cannot be undone.
 */
import { defined } from '../../contracts/data/defined.js';
import { BatonError } from '../../contracts/errors.js';
import type { ChildAgentResult } from '../../contracts/wire/wire.js';
import type { Run } from '../runtime/run.js';
import { buildChildAgentPath } from '../../contracts/data/step-path.js';

interface Account extends Pick<ChildAgentResult, 'counts' | 'costs' | 'models' | 'read'> {
  /** What cannot be undone, in words. */
  readonly carriedOut: readonly string[];
  /** The items that it named when it took its task on; undefined when it had not. */
  readonly acknowledged?: readonly string[];
}

/** The same failure, with the account of the child agent's run. */
export function withUsage(
  run: Pick<Run, 'effects' | 'origin' | 'view'>,
  path: string,
  error: unknown,
  acknowledged: readonly string[] | undefined,
): unknown {
  if (!(error instanceof BatonError)) return error;
  const { counts, models, costs } = run.view();
  const account: Account = {
    counts,
    models,
    ...(costs ? { costs } : {}),
    carriedOut: run.effects.below(path),
    read: run.origin.read,
    ...defined({ acknowledged }),
  };
  return new BatonError(error.code, error.message, { ...error.facts, account }, { cause: error.cause });
}

/** Adds the account that a failure brings to the run that the child agent is part of; what is left is the failure. */
export function takeUsage(
  run: Pick<Run, 'effects' | 'origin' | 'usage'>,
  place: string,
  error: unknown,
  told: (account: Account) => void,
): unknown {
  if (!(error instanceof BatonError)) return error;
  const { account, ...facts } = error.facts;
  if (!isAccount(account)) return error;
  run.usage.add(account);
  run.origin.add(account.read ?? []);
  told(account);
  for (const text of account.carriedOut) run.effects.note(buildChildAgentPath(place), text);
  return new BatonError(
    error.code,
    error.message,
    { ...facts, used: account.counts },
    { cause: error.cause },
  );
}

function isAccount(value: unknown): value is Account {
  return typeof value === 'object' && value !== null && 'counts' in value && 'carriedOut' in value;
}

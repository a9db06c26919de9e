/**
 * The usage and the actions of a child agent that failed. A failed child has no result, so the failure carries them: the
 * next receiver must know which actions are irreversible.
 */
import { defined } from '../../contracts/data/defined.js';
import { BatonError } from '../../contracts/errors.js';
import type { ChildAgentResult } from '../../contracts/wire/wire.js';
import type { Run } from '../runtime/run.js';
import { buildChildAgentPath } from '../../contracts/data/step-path.js';

interface Account extends Pick<ChildAgentResult, 'counts' | 'costs' | 'models' | 'read'> {
  /** The irreversible actions, in words. */
  readonly carriedOut: readonly string[];
  /** The items that it named when it accepted its task; undefined when it had not accepted. */
  readonly acknowledged?: readonly string[];
}

/** The same failure, with the records of the child agent's run. */
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

/** Adds the records of a failure to the run that the child agent is part of; returns the failure itself. */
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

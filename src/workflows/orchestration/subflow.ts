/** An orchestration as a part of another: it runs in the same run at its own path, and control returns. */
import { createInputError } from '../../contracts/errors.js';
import { clip } from '../../contracts/data/preview.js';
import { parseDeclaredInput, parseDeclaredOutput } from './parse-declared.js';
import { getDefinition, type Orchestration } from './definition.js';
import { Loop } from './loop.js';
import type { Run } from '../runtime/run.js';
import { runWithinTime } from '../runtime/deadline.js';
import { Control, getRun, type Verbs } from './verbs.js';

/** Whether a value is an orchestration that can be a part of another. */
export function isSubflow(value: unknown): value is Orchestration<never, unknown> {
  return getDefinition(value) !== undefined;
}

/** The name of a part in paths and errors. */
export function getSubflowName(part: unknown): string {
  return getDefinition(part)?.options.name ?? 'part';
}

/**
 * Runs an orchestration within another one, and returns its result. Its requests belong to the outer run and are decided
 * there. A handoff inside the part ends the part, and control returns, also when it fails. Its budget counts within the
 * run's budget. The run's team applies in it: members, contracts, policies and recovery. If the run has no team, the part's
 * team applies.
 *
 * @throws {BatonError} `BAD_INPUT`, `OUTPUT_INVALID`, and the errors of the part; `UNKNOWN_AGENT` when it gives a task to a
 * participant who is not on the run's team.
 */
export function runSubflow<In, Out>(
  verbs: Verbs<never> | Verbs<undefined>,
  part: Orchestration<In, Out>,
  input: In,
): Promise<Out> {
  const run = getRun(verbs);
  const named = { name: getSubflowName(part) };
  return run.effects.verbs.track('runSubflow', named, () => runSubflowIn(run, part, input)) as Promise<Out>;
}

/** Like {@link runSubflow}, for shapes that use the run directly. */
export async function runSubflowIn(run: Run, part: unknown, input: unknown): Promise<unknown> {
  const definition = getDefinition(part);
  if (definition === undefined)
    throw createInputError(
      `runSubflow(verbs, part, input): ${clip(String(part), 80)} is not an orchestration.`,
    );
  const { options, body } = definition;
  const name = getSubflowName(part);
  const value = parseDeclaredInput(options, name, input);
  const place = run.scopes.next(name);
  const control = new Control(run);
  const owner = run.owner;
  const played = (): Promise<unknown> =>
    run.scopes.within(place, () => body({ input: value }, control.verbs(), new Loop(run)));
  const ledger = options.budget
    ? run.budget.part(options.budget, `the part at ${place}`, Date.now())
    : run.budget;
  const terms = { team: run.team ?? options.team, ledger };
  try {
    const output = control.unwrap(await runWithinTime(run, ledger, () => run.scopes.under(terms, played)));
    return parseDeclaredOutput(options, name, output);
  } finally {
    if (run.owner !== owner && !run.scopes.inBranch) run.moveOwnership(owner);
  }
}

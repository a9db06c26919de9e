/** An orchestration as a part of another: it runs in the same run, at a path of its own, and control comes back. */
import { createInputError } from '../../contracts/errors.js';
import { clip } from '../../contracts/data/preview.js';
import { parseDeclaredInput, parseDeclaredOutput } from './parse-declared.js';
import { getDefinition, type Orchestration } from './definition.js';
import { Loop } from './loop.js';
import type { Run } from '../runtime/run.js';
import { runWithinTime } from '../runtime/deadline.js';
import { Control, getRun, type Verbs } from './verbs.js';

/** Whether a value is an orchestration, and so can be a part of another. */
export function isSubflow(value: unknown): value is Orchestration<never, unknown> {
  return getDefinition(value) !== undefined;
}

/** What a part is called in paths and errors. */
export function getSubflowName(part: unknown): string {
  return getDefinition(part)?.options.name ?? 'part';
}

/**
 * Carries out an orchestration within another one, and gives its result. Its requests wait and are decided in the run
 * that it is a part of; a handoff in it ends the part, and control comes back, also where it fails. Its budget counts
 * within that of the run. The run's team counts in it: members, contracts, policies and recovery. Where the run has none,
 * that of the part does.
 *
 * @throws {BatonError} `BAD_INPUT`, `OUTPUT_INVALID`, and whatever the part fails with; `UNKNOWN_AGENT` where it gives a
 * task to somebody who is not on the run's team.
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

/** The same for shapes that are made of a run's own account. */
export async function runSubflowIn(run: Run, part: unknown, input: unknown): Promise<unknown> {
  const definition = getDefinition(part);
  if (definition === undefined)
    throw createInputError(`runSubflow(verbs, part, input): ${clip(String(part), 80)} is no orchestration.`);
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

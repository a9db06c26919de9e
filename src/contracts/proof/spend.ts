/**
 * What a worker asks before it carries out an action: whether the people whom it trusts itself have let this very
 * action happen. It takes nothing from the workflow on trust: a workflow is code that others may have started.
 */
import { z } from 'zod';
import type { Requirement, SaidMeanwhile } from '../requests/request-parts.js';
import { SAID_AT_MOST, SAID_CHARACTERS } from '../requests/said-bounds.js';
import type { RootRun } from './claims.js';
import type { Json } from '../data/json.js';
import { parseRequestId } from '../requests/request-id.js';
import type { ApproverRegistry } from './approver.js';
import { assertEligible, type Requester } from './eligible.js';
import { QUORUM_LIMIT } from '../requests/requirement.js';
import { canonicalJson } from '../data/canonical-json.js';
import { OPTIONS_AT_MOST, TEXT_LIMIT } from '../definitions/declared-option.js';
import { digestAction, buildRequestId, listDeclared, toRootRun, type DeclaredWords } from './root.js';
import { readSignedDecision } from './signed-decision.js';
import type { BatonError } from '../errors.js';
import { createUnprovenError, type Signer } from './signer.js';
import { buildOutcomePath, readRepeat, buildRepeatPath } from '../data/step-path.js';

/** What a workflow shows for an action: the decisions as they were signed. */
export interface Proof {
  /** The run as the server knows it: its root is made of this. */
  readonly run: RootRun;
  /** The request that asked whether the action may be carried out. */
  readonly request: string;
  /** Compact JWS. */
  readonly decisions: readonly string[];
  /** What was offered beside Baton's own options, in the words that whoever signed has read. */
  readonly options?: readonly DeclaredWords[];
  /** What was said to the run before they decided, as they have read it. */
  readonly said?: readonly SaidMeanwhile[];
  /** For a repeat after an unknown outcome: the decisions that it be done again. */
  readonly again?: readonly string[];
  /** What was said to the run before these. */
  readonly saidAgain?: readonly SaidMeanwhile[];
  /** Who asked for the run, as whoever signed was shown. */
  readonly requester?: string;
}

/** The action, as the worker that is to carry it out knows it. */
export interface ProofToVerify {
  readonly root: string;
  /** Where in the run; a repeat ends in its number. */
  readonly step: string;
  /** The workflow that asks for it, as the server says. */
  readonly workflowId: string;
  readonly tool: string;
  /** The real arguments. */
  readonly args: Json;
  /** By the worker's own policy. */
  readonly requirement: Requirement;
  /** What the worker's own policy declares beside `approve`. Without, the words count that were shown: nobody else knows any. */
  readonly declared?: readonly DeclaredWords[];
  /** Which options are a yes; `approve` without. */
  readonly yes?: readonly string[];
  readonly requester: Requester;
  readonly registry: ApproverRegistry;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Checks every signature, time, role and the quorum, over exactly this action at exactly this step of this run.
 *
 * @throws {BatonError} `DECISION_UNPROVEN`.
 */
export function verifyProof(proof: Proof | undefined, spending: ProofToVerify): readonly Signer[] {
  const { tool, root } = spending;
  assertProof(proof, tool);
  if (toRootRun(proof.run) !== root) {
    throw createUnprovenError('other-run', `The proof is of another run than the one that asks for ${tool}.`);
  }
  const { path, attempt } = readRepeat(spending.step);
  const request = buildRequestId(spending, path);
  if (proof.request !== request) {
    throw createUnprovenError(
      'other-request',
      `The proof is of request ${proof.request}; this step's is ${request}.`,
    );
  }
  if (proof.requester !== spending.requester?.subject) {
    throw createUnprovenError(
      'other-requester',
      `Whoever signed was shown ${proof.requester ?? 'nobody'} as who asked for the run; it was ${spending.requester?.subject ?? 'nobody who has proven it'}.`,
    );
  }
  const { options = [], said, decisions } = proof;
  const approvers = assertSaid(spending, {
    request,
    yes: listYes(spending, options),
    decisions,
    options,
    said,
  });
  if (attempt === 0) return approvers;
  assertSaid(spending, {
    request: buildRequestId(spending, buildOutcomePath(buildRepeatPath(path, attempt - 1))),
    yes: ['do-again'],
    decisions: proof.again ?? [],
    said: proof.saidAgain,
  });
  return approvers;
}

/**
 * That there is a proof to look at. Whoever can schedule an activity writes its input, and each signature that is looked
 * at costs the worker time.
 *
 * @throws {BatonError} `DECISION_UNPROVEN`.
 */
export function assertProof(proof: Proof | undefined, tool: string): asserts proof is Proof {
  if (!proof) throw createUnprovenError('no-proof', `Nobody has signed that ${tool} may be carried out.`);
  if (BoundedProof.safeParse(proof).success) return;
  throw createUnprovenError('malformed', `What was shown for ${tool} is no proof that could hold.`);
}

/** A yes in the words of the house is one only where these very words were read. */
function listYes(
  { yes = ['approve'], declared }: ProofToVerify,
  shown: readonly DeclaredWords[],
): readonly string[] {
  if (declared === undefined) return yes;
  const find = (options: readonly DeclaredWords[], id: string): string =>
    canonicalJson(listDeclared(options.filter((option) => option.id === id)) ?? []);
  return yes.filter((id) => id === 'approve' || find(declared, id) === find(shown, id));
}

const few = z.array(z.string()).max(QUORUM_LIMIT);
const createWords = (atMost: number, longest: number) =>
  z.array(z.record(z.string(), z.string().max(longest))).max(atMost);
const meanwhile = createWords(SAID_AT_MOST + 1, SAID_CHARACTERS * 2).optional();
const BoundedProof = z.object({
  run: z.object({}),
  requester: z.string().optional(),
  decisions: few,
  options: createWords(OPTIONS_AT_MOST, TEXT_LIMIT * 2).optional(),
  said: meanwhile,
  saidAgain: meanwhile,
  again: few.optional(),
});

interface Said {
  readonly request: string;
  /** Which options count. */
  readonly yes: readonly string[];
  readonly decisions: readonly string[];
  readonly options?: readonly DeclaredWords[];
  readonly said?: readonly SaidMeanwhile[] | undefined;
}

function assertSaid(
  spending: ProofToVerify,
  { request, yes, decisions, options, said }: Said,
): readonly Signer[] {
  const { tool, args, root, registry, now, requirement, requester } = spending;
  const bound = { options, said, requester: requester?.subject };
  const expected = digestAction({ request, run: root, tool, args, ...bound });
  const people = new Map<string, Signer>();
  let chosen: string | undefined;
  let shown: number | undefined;
  for (const signed of decisions) {
    const { claims, ...signer } = readSignedDecision({ signed }, registry, now);
    const { decision } = claims;
    if (decision.request !== request || !parseRequestId(request)) {
      throw createUnprovenError(
        'other-request',
        `${signer.subject} signed for request ${decision.request}.`,
        signer,
      );
    }
    // Several people say the same: one who sets another condition has not agreed to theirs.
    chosen ??= decision.option;
    if (decision.option !== chosen || !yes.includes(chosen)) {
      throw createUnprovenError(
        'other-option',
        `${signer.subject} signed "${decision.option}", not "${yes.includes(chosen) ? chosen : yes.join('" or "')}".`,
        signer,
      );
    }
    // Votes for an earlier revision have lapsed, also where an edit was taken back.
    shown ??= decision.revision;
    if (decision.revision === undefined || decision.revision !== shown) {
      throw createUnprovenError(
        'other-revision',
        `${signer.subject} signed revision ${decision.revision ?? 'none'}, not ${shown ?? 'the one that was shown'}.`,
        signer,
      );
    }
    if (decision.digest !== expected) {
      throw createUnprovenError(
        'other-action',
        `${signer.subject} signed another action than ${tool} with these arguments.`,
        signer,
      );
    }
    assertEligible(signer, requirement, requester);
    people.set(signer.subject, signer);
  }
  if (people.size >= requirement.quorum) return [...people.values()];
  throw createQuorumError(tool, requirement, [...people.keys()]);
}

function createQuorumError(tool: string, { quorum }: Requirement, people: readonly string[]): BatonError {
  const have =
    people.length === 0
      ? 'nobody has'
      : `${people.join(' and ')} alone ${people.length === 1 ? 'has' : 'have'}`;
  return createUnprovenError('quorum', `${tool} needs the word of ${quorum}; ${have} given it.`);
}

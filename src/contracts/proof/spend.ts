/**
 * The check that a worker makes before it runs an action: have the approvers that the worker itself trusts approved
 * exactly this action? It does not trust the workflow: others may have started that code.
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

/** The proof that a workflow presents for an action: the signed decisions. */
export interface Proof {
  /** The run as the server identifies it; its root is computed from this. */
  readonly run: RootRun;
  /** The request that asked for the approval of the action. */
  readonly request: string;
  /** Compact JWS. */
  readonly decisions: readonly string[];
  /** The custom options, in the words that the signers have read. */
  readonly options?: readonly DeclaredWords[];
  /** The messages to the run before the decision, as the signers have read them. */
  readonly said?: readonly SaidMeanwhile[];
  /** For a repeat after an unknown outcome: the decisions to repeat it. */
  readonly again?: readonly string[];
  /** The messages to the run before the decisions to repeat. */
  readonly saidAgain?: readonly SaidMeanwhile[];
  /** The requester of the run, as the signers have seen it. */
  readonly requester?: string;
}

/** The action, as the worker that will run it knows it. */
export interface ProofToVerify {
  readonly root: string;
  /** The step in the run; a repeat ends with its number. */
  readonly step: string;
  /** The workflow that calls the action, as the server reports it. */
  readonly workflowId: string;
  readonly tool: string;
  /** The real arguments. */
  readonly args: Json;
  /** From the worker's own policy. */
  readonly requirement: Requirement;
  /**
   * The custom options of the worker's own policy. Without them, the options in the proof apply: the worker knows no
   * others.
   */
  readonly declared?: readonly DeclaredWords[];
  /** The options that approve. Default: `approve`. */
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
      `The approver was shown ${proof.requester ?? 'no requester'} as the requester of the run; it is ${spending.requester?.subject ?? 'unproven'}.`,
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
 * Checks that there is a proof to verify, and its size. Anyone who can schedule an activity writes its input, and each
 * signature costs the worker time.
 *
 * @throws {BatonError} `DECISION_UNPROVEN`.
 */
export function assertProof(proof: Proof | undefined, tool: string): asserts proof is Proof {
  if (!proof) throw createUnprovenError('no-proof', `Nobody has signed that ${tool} may be carried out.`);
  if (BoundedProof.safeParse(proof).success) return;
  throw createUnprovenError('malformed', `The proof for ${tool} is malformed.`);
}

/** A custom approval counts only if the signer read exactly these words. */
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
  /** The options that count. */
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
    // All approvers must choose the same option: one with another condition has not agreed to theirs.
    chosen ??= decision.option;
    if (decision.option !== chosen || !yes.includes(chosen)) {
      throw createUnprovenError(
        'other-option',
        `${signer.subject} signed "${decision.option}", not "${yes.includes(chosen) ? chosen : yes.join('" or "')}".`,
        signer,
      );
    }
    // Votes for an earlier revision have lapsed, even if an edit was reverted.
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

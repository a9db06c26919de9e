/**
 * Keeps what a model was sent besides its conversation: the system prompt, the tools and the output schema. With the
 * conversation, which the store has anyway, this is the whole request. It is deleted with the run's other texts.
 */
import { defined } from '../../contracts/data/defined.js';
import { cutToBytes } from '../../contracts/data/within-bytes.js';
import type { Usage } from '../../contracts/handoff/messages.js';
import { computeDigest } from '../../store/chain.js';
import type { Store } from '../../store/store.js';
import type { ModelRequest } from '../../models/model/model.js';

/** The record of one call. Its key begins with this. */
export const CALLS = 'prompt:';
/** The parts that calls share: they are kept once. */
const FRAMES = 'prompt-frame:';

/** A longer system prompt is cut, and more tools are kept as names. */
const MOST_BYTES = 256_000;

/** One call in the store. */
export interface KeptCall {
  readonly v: 1;
  readonly step: string;
  readonly agent: string;
  readonly model: string;
  /** The conversation, with the answer as its last message. */
  readonly head: string;
  readonly usage: Usage;
  /** The digest of the frame. */
  readonly frame: string;
}

/** The parts of a request that are not messages. */
export interface PromptFrame {
  readonly system: string;
  readonly tools: readonly unknown[];
  readonly output?: ModelRequest['output'];
}

export async function keepPrompt(
  store: Pick<Store, 'keep'>,
  root: string,
  call: Omit<KeptCall, 'v' | 'frame'>,
  request: ModelRequest,
): Promise<void> {
  const text = JSON.stringify(toFrame(request));
  const frame = computeDigest(text).slice(0, 32);
  await store.keep(root, `${FRAMES}${frame}`, text);
  const kept: KeptCall = { v: 1, ...call, frame };
  await store.keep(root, `${CALLS}${call.step}:${call.head}`, JSON.stringify(kept));
}

export async function readFrame(
  store: Pick<Store, 'record'>,
  root: string,
  frame: string,
): Promise<PromptFrame> {
  const text = await store.record(root, `${FRAMES}${frame}`);
  return text === undefined ? { system: '', tools: [] } : (JSON.parse(text) as PromptFrame);
}

function toFrame({ system, tools, output }: ModelRequest): PromptFrame {
  const isSmall = Buffer.byteLength(JSON.stringify([tools, output])) <= MOST_BYTES;
  return {
    system: cutToBytes(system, MOST_BYTES),
    tools: isSmall ? tools : tools.map(({ name }) => name),
    ...(isSmall ? defined({ output }) : {}),
  };
}

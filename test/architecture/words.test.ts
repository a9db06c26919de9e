/**
 * The words that stand in histories and memos, pinned as literals: an open run holds them, and clients in other
 * languages compare with them. One that is added needs a line here; one that is changed breaks them.
 */
import { expect, test } from 'vitest';
import { publishedSchemas } from '../fixtures/published.js';

/** The words that open runs store and receive. test/architecture/public.test.ts pins the codes of failures. */
const SCHEMAS = [
  'model-call',
  'child-agent-input',
  'approval-request',
  'decision-ticket',
  'timeline',
  'run-view',
  'run-memo',
];

const WORDS: Readonly<Record<string, readonly string[]>> = {
  RequestReason: [
    'asked-by-orchestration',
    'clarification',
    'compliance',
    'handoff',
    'irreversible-effect',
    'low-confidence',
    'recovery-exhausted',
    'unknown-outcome',
  ],
  RunState: ['completed', 'failed', 'running', 'waiting'],
  Trigger: ['domain-completion', 'error-recovery', 'parallelization', 'privilege', 'specialization'],
  RoutedBy: [
    'agent',
    'classifier',
    'code',
    'fallback',
    'misrouted',
    'person',
    'recovery',
    'rules',
    'similarity',
  ],
  by: ['classifier', 'fallback', 'person', 'rules', 'similarity'],
  carried: ['all', 'none'],
  control: ['delegate', 'handoff'],
  fate: ['dropped', 'kept', 'reference', 'summarized', 'withheld'],
  history: ['all', 'last-n', 'none', 'summarize'],
  whenOver: ['drop', 'summarize'],
  identity: ['agent', 'claimed', 'code', 'gateway', 'signed'],
  kind: [
    'accepted',
    'answer',
    'asked',
    'asked-back',
    'claimed',
    'clarification',
    'context',
    'decided',
    'declined',
    'delegated',
    'edited',
    'escalated',
    'expired',
    'granted',
    'handoff',
    'misrouted',
    'note',
    'recovery',
    'reminded',
    'repair',
    'returned',
    'routed',
    'run-ended',
    'run-started',
    'said',
    'sent-back',
    'task',
    'tool',
    'tool-refused',
    'tool-result',
    'turn',
    'voted',
  ],
  means: ['approve', 'reject'],
  onExpiry: ['reject'],
  outcome: ['completed', 'done', 'failed', 'refused', 'unknown-outcome'],
  state: ['done', 'failed', 'replaced', 'skipped', 'waiting', 'working'],
  step: ['agent', 'alternative', 'end', 'person', 'resolved', 'retry'],
  via: ['signal', 'update'],
};

/** Every word that a schema lists, by the property or the definition that holds it. */
function* wordsOf(node: unknown, holder = ''): Generator<[holder: string, word: string]> {
  if (typeof node !== 'object' || node === null) return;
  const { const: only, enum: some = [] } = node as { readonly const?: unknown; readonly enum?: unknown[] };
  for (const word of [only, ...some]) if (typeof word === 'string') yield [holder, word];
  for (const [key, value] of Object.entries(node)) {
    const passes = ['properties', 'items', 'oneOf', 'anyOf', '$defs'].includes(key) || /^\d+$/.test(key);
    yield* wordsOf(value, passes ? holder : key);
  }
}

test('words: those of histories and memos keep their spelling', () => {
  const found: Record<string, Set<string>> = {};
  for (const name of SCHEMAS)
    for (const [holder, word] of wordsOf(publishedSchemas.get(name))) (found[holder] ??= new Set()).add(word);
  const { ErrorCode: codes, ...words } = found;
  expect(codes?.has('REJECTED')).toBe(true);
  expect(
    Object.fromEntries(Object.entries(words).map(([holder, some]) => [holder, [...some].toSorted()])),
  ).toEqual(WORDS);
});

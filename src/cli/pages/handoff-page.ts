/**
 * One handoff as a page: the owner and the transition that allows it, the context that the receiver got, and
 * what was dropped.
 */
import type { HandoffStory } from '../../schemas/documents/handoff.js';
import type { ContextManifest, ManifestPart } from '../../contracts/handoff/context-manifest.js';
import type { LineStyle, Palette } from '../terminal/palette.js';
import { escapeText } from '../terminal/escape-text.js';
import { formatTable } from '../terminal/table.js';
import { measureWidth, wrap, wrapUnder } from '../terminal/text-width.js';
import { formatClock } from '../../client/text/time.js';
import { CHOSEN_BY } from '../../client/text/handoff-text.js';

export function renderHandoffPage(told: HandoffStory, style: LineStyle): string[] {
  const handoff = escapeText(told);
  const row = (name: string, text: string): string[] =>
    wrapUnder(`  ${style.palette.quiet(name.padEnd(10))}`, text, style.width);
  const { at, contract, schema, preview, context } = handoff;
  return [
    ...renderHeading(handoff, style),
    ...row('offered', `${formatClock(at)}, ${describeTrigger(handoff)}`),
    ...row(
      'contract',
      `${contract}${schema === undefined ? ', anything may be passed' : `, schema ${schema}`}`,
    ),
    ...row('owner', describeOwner(handoff)),
    ...row('answer', describeAnswer(handoff)),
    ...handoff.clarifications.flatMap(({ question, answer, by }) =>
      row('asked', `${question} ${by}: ${answer}`),
    ),
    ...row('passed', preview),
    ...row('context', describeContext(context)),
    ...(context === undefined ? [] : ['', ...renderParts(context.parts, style)]),
  ];
}

/** On one line, or where long names leave no room, on one line for each part. */
function renderHeading(handoff: HandoffStory, { width, palette }: LineStyle): string[] {
  const { kind, from, to, number, of } = handoff;
  const way = `${from} → ${to}`;
  const rest = [
    `${kind === 'handoff' ? 'handoff' : 'delegation'} ${number} of ${of}`,
    formatState(handoff, palette),
  ];
  const line = [palette.strong(way), ...rest].join('  ');
  if (measureWidth(line) <= width) return [line];
  return [...wrap(way, width).map((part) => palette.strong(part)), rest.join('  ')];
}

function formatState({ state }: HandoffStory, palette: Palette): string {
  return {
    offered: palette.wait('○ offered, not accepted yet'),
    accepted: palette.good('✓ accepted'),
    declined: palette.bad('✗ declined'),
    misrouted: palette.wait('✗ misrouted'),
    'sent-back': palette.wait('✗ sent back'),
    failed: palette.bad('✗ failed before it was accepted'),
  }[state];
}

function describeTrigger({ trigger, by, router, confidence }: HandoffStory): string {
  const sure = confidence === undefined ? '' : `, confidence ${confidence.toFixed(2)}`;
  return `trigger ${trigger}; chosen ${CHOSEN_BY[by]}${router === undefined ? '' : ` (${router}${sure})`}`;
}

function describeOwner({ owner, acceptance }: HandoffStory): string {
  if (acceptance === undefined || acceptance.owner === owner) return owner;
  return `${acceptance.owner} since ${formatClock(acceptance.at)}; ${owner} before`;
}

function describeAnswer({ to, acceptance, refusal }: HandoffStory): string {
  if (refusal !== undefined) {
    const next = refusal.to === undefined ? '' : `; next: ${refusal.to}`;
    return `${formatClock(refusal.at)} ${refusal.reason}${refusal.code ? ` [${refusal.code}]` : ''}${next}`;
  }
  if (acceptance === undefined) return `none yet: ${to} has not answered`;
  const { at, items } = acceptance;
  return `${formatClock(at)} accepted, ${items.length === 0 ? 'nothing had to be named' : `has ${items.join(', ')}`}`;
}

function describeContext(context: ContextManifest | undefined): string {
  if (context === undefined) return 'none composed yet';
  const { tokens, maxTokens, countedBy } = context;
  return `${tokens} tokens${maxTokens === undefined ? '' : ` of at most ${maxTokens}`}, counted by ${countedBy}`;
}

const FATES: Readonly<Record<ManifestPart['fate'], string>> = {
  kept: 'kept',
  summarized: 'summarized',
  dropped: 'dropped',
  withheld: 'not given by the contract',
  reference: 'by reference',
};

function renderParts(parts: readonly ManifestPart[], style: LineStyle): string[] {
  const rows = parts.map(({ part, fate, tokens, pinned }) => [
    part,
    `${FATES[fate]}${pinned ? ', pinned' : ''}`,
    String(tokens).padStart(6),
  ]);
  const columns = [{ title: 'PART', flexible: true }, { title: 'FATE' }, { title: 'TOKENS' }];
  return formatTable(columns, rows, { ...style, width: style.width - 2 }).map((line) => `  ${line}`);
}

/** The filter of the waiting list, as its address names it. Pure. */
import type { InboxRequest } from '../../schemas/documents/inbox.js';
import { listEligibleRoles } from '../../contracts/requests/waits-for.js';

export const PAGE_SIZE = 25;

/** The ages to choose from, in milliseconds. */
export const AGES = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

const NAMES = ['q', 'team', 'role', 'agent', 'older'] as const;

export interface WaitingFilter extends Readonly<Record<(typeof NAMES)[number], string>> {
  /** From 1. */
  readonly page: number;
}

const LONGEST = 200;

export function readFilter(query: Readonly<Record<string, string>>): WaitingFilter {
  const [q = '', team = '', role = '', agent = '', older = ''] = NAMES.map((name) =>
    (query[name] ?? '').trim().slice(0, LONGEST),
  );
  const page = /^[1-9]\d{0,4}$/.test(query['page'] ?? '') ? Number(query['page']) : 1;
  return { q, team, role, agent, older: Object.hasOwn(AGES, older) ? older : '', page };
}

/** The address of a page of the same list. */
export function buildListPath(filter: WaitingFilter, page = filter.page): string {
  const query = new URLSearchParams();
  for (const name of NAMES) if (filter[name] !== '') query.set(name, filter[name]);
  if (page > 1) query.set('page', String(page));
  const text = query.toString();
  return text === '' ? '/' : `/?${text}`;
}

export function isFiltered(filter: WaitingFilter): boolean {
  return NAMES.some((name) => filter[name] !== '');
}

export interface FilteredList {
  /** The requests of this page. */
  readonly requests: readonly InboxRequest[];
  /** The number of requests on all pages. */
  readonly found: number;
  readonly page: number;
  readonly pages: number;
}

/** The matching requests, in their order. A page after the last one is the last one. */
export function filterRequests(
  all: readonly InboxRequest[],
  filter: WaitingFilter,
  now: number,
): FilteredList {
  const words = filter.q.toLowerCase().split(/\s+/);
  const matching = all.filter((request) => isMatch(request, filter, words, now));
  const pages = Math.max(1, Math.ceil(matching.length / PAGE_SIZE));
  const page = Math.min(filter.page, pages);
  const from = (page - 1) * PAGE_SIZE;
  return { requests: matching.slice(from, from + PAGE_SIZE), found: matching.length, page, pages };
}

function isMatch(
  request: InboxRequest,
  { team, role, agent, older }: WaitingFilter,
  words: readonly string[],
  now: number,
): boolean {
  const { id, title, question, workflow, workflowId, askedBy, tool, argsPreview, amount } = request;
  const text = [id, title, question, workflow, workflowId, askedBy, request.team, tool, argsPreview, amount]
    .join('\n')
    .toLowerCase();
  const leastAge = Object.hasOwn(AGES, older) ? AGES[older as keyof typeof AGES] : 0;
  return (
    words.every((word) => text.includes(word)) &&
    (team === '' || request.team === team) &&
    (role === '' || listEligibleRoles(request).includes(role)) &&
    (agent === '' || askedBy === agent) &&
    now - Date.parse(request.askedAt) >= leastAge
  );
}

/** The names that occur in the list, for the choices of its filter. */
export function listChoices(
  all: readonly InboxRequest[],
): Readonly<Record<'team' | 'role' | 'agent', string[]>> {
  const sort = (names: readonly string[]): string[] => [...new Set(names)].toSorted();
  return {
    team: sort(all.flatMap(({ team }) => team ?? [])),
    role: sort(all.flatMap(listEligibleRoles)),
    agent: sort(all.map(({ askedBy }) => askedBy)),
  };
}

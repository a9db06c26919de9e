/** Makes the report of what the routers decided. Pure. */
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { ROUTER_NAMES, type Decision, type RouterName } from './decision.js';
import { SPLITS, type Measured, type SplitName } from './measure.js';
import { DESTINATIONS, HARDSHIPS, type Destination, type Hardship } from './requests/request.js';

export interface Tally {
  readonly requests: number;
  /** By a router; the others were left to the fallback. */
  readonly decided: number;
  /** Decided, and as the label says. */
  readonly right: number;
  /** right ÷ requests: what the fallback gets is not right. */
  readonly accuracy: number;
  /** right ÷ decided: how far a decision can be trusted. */
  readonly rightWhereDecided: number;
}

export interface SplitReport {
  readonly all: Tally;
  readonly easy: Tally;
  readonly hard: Tally;
  readonly byHardship: Readonly<Record<Hardship, Tally>>;
  /** Label → where it was sent → how often. */
  readonly confusion: Readonly<Record<Destination, Readonly<Record<Destination | 'keep', number>>>>;
  /** How many decisions each router made; `fallback` counts those that no router made. */
  readonly decidedBy: Readonly<Record<'rules' | 'similarity' | 'classifier' | 'fallback', number>>;
  readonly modelCallsPerDecision: number;
  readonly failures: number;
}

export interface Report {
  readonly v: 1;
  readonly models: {
    /** The classifier's model: its name, or `offline`. */
    readonly classifier: string;
    /** How similarity compares. */
    readonly similarity: string;
  };
  readonly routers: Readonly<Record<RouterName, Readonly<Record<SplitName, SplitReport>>>>;
  readonly setup: { readonly node: string; readonly engine: string; readonly processors: number };
  /** Every decision with its request. */
  readonly raw: Readonly<Record<RouterName, Readonly<Record<SplitName, readonly object[]>>>>;
}

interface Judged extends Decision {
  readonly label: Destination;
  readonly hard?: Hardship;
}

export function makeReport(measured: readonly Measured[], model: string, engine: string): Report {
  const method = measured.find((each) => each.method !== undefined)?.method;
  const each = <T>(of: (one: Measured) => T) =>
    byRouter((router) => bySplit((split) => of(one(router, split))));
  const one = (router: RouterName, split: SplitName): Measured => {
    const found = measured.find((candidate) => candidate.router === router && candidate.split === split);
    if (!found) throw new Error(`Nothing was measured of ${router} on ${split}.`);
    return found;
  };
  return {
    v: 1,
    models: { classifier: model, similarity: method ?? 'was not asked' },
    routers: each(splitReport),
    setup: { node: process.version, engine, processors: availableParallelism() },
    raw: each(({ requests, decisions }) =>
      requests.map(({ text, to, hard }, index) => ({
        text,
        label: to,
        ...(hard === undefined ? {} : { hard }),
        ...decisions[index],
      })),
    ),
  };
}

function splitReport({ requests, decisions, modelCalls, failures }: Measured): SplitReport {
  const judged = requests.map(({ to: label, hard }, index): Judged => {
    const decision = decisions[index];
    if (!decision) throw new Error(`There is no decision on request ${index}.`);
    return { ...decision, label, ...(hard === undefined ? {} : { hard }) };
  });
  const count = (by: Decision['by']): number => judged.filter((each) => each.by === by).length;
  return {
    all: tally(judged),
    easy: tally(judged.filter(({ hard }) => hard === undefined)),
    hard: tally(judged.filter(({ hard }) => hard !== undefined)),
    byHardship: record(HARDSHIPS, (hardship) => tally(judged.filter(({ hard }) => hard === hardship))),
    confusion: record(DESTINATIONS, (label) =>
      record([...DESTINATIONS, 'keep'] as const, (to) => {
        const there = judged.filter((each) => each.label === label && each.to === to);
        return there.length;
      }),
    ),
    decidedBy: record(['rules', 'similarity', 'classifier', 'fallback'] as const, count),
    modelCallsPerDecision: share(modelCalls, judged.length),
    failures,
  };
}

function tally(judged: readonly Judged[]): Tally {
  const requests = judged.length;
  const decided = judged.filter(({ by }) => by !== 'fallback').length;
  const right = judged.filter(({ to, label }) => to === label).length;
  return {
    requests,
    decided,
    right,
    accuracy: share(right, requests),
    rightWhereDecided: share(right, decided),
  };
}

/** 0 where there is nothing to have a share of. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}

function byRouter<T>(of: (router: RouterName) => T): Record<RouterName, T> {
  return record(ROUTER_NAMES, of);
}

function bySplit<T>(of: (split: SplitName) => T): Record<SplitName, T> {
  return record(SPLITS, of);
}

function record<const K extends string, T>(keys: readonly K[], of: (key: K) => T): Record<K, T> {
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, T>;
}

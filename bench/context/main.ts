/** Measures how much is lost over many handoffs, with four ways of passing the context on. */
import process from 'node:process';
import { hasProvider } from '../../src/models/openai/settings.js';
import { modelFromEnvironment } from '../../src/models/from-environment.js';
import { progress, runBench } from '../command/run-bench.js';
import { playBaton } from './baton/play.js';
import { generateScenarios } from './generate.js';
import { measured, observe, type Observed } from './measure.js';
import { parseOptions, USAGE, type BenchOptions } from './options.js';
import { missedTargets, strategyReport, targetsOf, type Report } from './report.js';
import type { Scenario } from './scenario.js';
import { modelSender, offlineSender, type Sender } from './sender.js';
import { lastMessages, truncatedHistory } from './strategies/history.js';
import { naiveSummary } from './strategies/naive-summary.js';
import type { Strategy } from './strategy.js';
import { tableOf } from './table.js';
import { tokenCounter, type CountTokens } from './tokens.js';

/** Factors for the length of the one string: 1 is its normal length. */
const LENGTHS = [0.5, 1, 2, 4];

async function bench(options: BenchOptions): Promise<Report> {
  const began = performance.now();
  const scenarios = generateScenarios(options.scenarios);
  const { name: countedBy, count } = await tokenCounter();
  const sender = senderFor(options, count);
  const seen = async (name: string, strategy: Strategy): Promise<Observed> => {
    progress(name);
    return observeAll(scenarios, strategy);
  };
  const naive = await seen('naive summary', naiveSummary(sender, count));
  const received = await playBaton(scenarios, sender, count);
  const baton = await seen('Baton', ({ id }) => Promise.resolve(received.get(id) ?? []));
  const strategies = {
    'truncated-history': strategyReport(await seen('truncated history', truncatedHistory(count))),
    'last-n': strategyReport(await seen('last messages', lastMessages(count))),
    'naive-summary': strategyReport(naive),
    baton: strategyReport(baton),
  };
  return {
    v: 1,
    strategies,
    scenarios: scenarios.length,
    handoffs: baton.handoffs.length,
    items: scenarios.reduce((sum, { items }) => sum + items.length, 0),
    needs: baton.needs.length,
    naiveLengths: await lengthsOf(scenarios, count),
    targets: targetsOf(strategies.baton, strategies['naive-summary']),
    setup: {
      sender: sender.name,
      countedBy,
      seconds: (performance.now() - began) / 1_000,
      node: process.versions.node,
    },
  };
}

function senderFor({ model }: BenchOptions, count: CountTokens): Sender {
  if (model === 'offline') return offlineSender(count);
  if (!hasProvider(process.env))
    throw new Error('--model provider needs OPENAI_API_KEY or OPENAI_BASE_URL, and BATON_MODEL.');
  return modelSender(modelFromEnvironment());
}

async function observeAll(scenarios: readonly Scenario[], strategy: Strategy): Promise<Observed> {
  const needs: Observed['needs'][number][] = [];
  const handoffs: Observed['handoffs'][number][] = [];
  for (const scenario of scenarios) {
    const observed = observe(scenario, await strategy(scenario));
    needs.push(...observed.needs);
    handoffs.push(...observed.handoffs);
  }
  return { needs, handoffs };
}

/** By the bench's own extract, also where a model writes the summaries: it is asked often enough. */
async function lengthsOf(
  scenarios: readonly Scenario[],
  count: CountTokens,
): Promise<Report['naiveLengths']> {
  const lengths = [];
  for (const share of LENGTHS) {
    progress(`naive summary × ${share}`);
    const all = await observeAll(scenarios, naiveSummary(offlineSender(count), count, share));
    const { extracted, kept, tokensPerHandoff } = measured(all);
    lengths.push({ share, extracted, kept, tokensPerHandoff });
  }
  return lengths;
}

await runBench<BenchOptions, Report>({
  usage: USAGE,
  parse: parseOptions,
  measure: bench,
  tableOf,
  failed: (report, { check }) => check && missedTargets(report).length > 0,
});

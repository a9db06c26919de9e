/**
 * The model behind every agent of a scenario. It gives the answers and tool calls of the scenario, and hands off with
 * the sender's summary. It keeps the first request to each receiver.
 */
import { z } from 'zod';
import type { SenderSummary } from '../../../src/contracts/handoff/envelope.js';
import type { Json } from '../../../src/contracts/data/json.js';
import type { ToolCall } from '../../../src/contracts/handoff/messages.js';
import type { Model, ModelRequest, ModelResponse } from '../../../src/models/model/model.js';
import type { Scenario, Turn } from '../scenario.js';
import type { Sender } from '../sender.js';
import { boundsFor } from '../summarize.js';
import { agentAt, Case, placeOf } from './cast.js';

/** The request to one receiver, and its sender's summary. */
export interface Received {
  readonly request: ModelRequest;
  readonly summary: SenderSummary;
}

type Made = Pick<ModelResponse, 'content' | 'toolCalls'>;

export class Player implements Model {
  readonly name = 'player';
  readonly offline = true;
  private readonly scenarios: ReadonlyMap<string, Scenario>;
  private readonly sender: Sender;
  private readonly summaries = new Map<string, SenderSummary>();
  private readonly requests = new Map<string, ModelRequest>();

  constructor(scenarios: readonly Scenario[], sender: Sender) {
    this.scenarios = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
    this.sender = sender;
  }

  received(scenario: Scenario, receiver: number): Received {
    const request = this.requests.get(`${scenario.id} ${receiver}`);
    const summary = this.summaries.get(`${scenario.id} ${receiver}`);
    if (request === undefined || summary === undefined)
      throw new Error(`Agent ${receiver} of ${scenario.id} was never asked.`);
    return { request, summary };
  }

  async generate(request: ModelRequest): Promise<ModelResponse> {
    const scenario = this.scenarioOf(request);
    const place = placeOf(request.agent);
    const said = request.messages.filter(({ role }) => role === 'assistant').length;
    const key = `${scenario.id} ${place}`;
    if (said === 0) this.requests.set(key, request);
    const turn = scenario.agents[place]?.[said];
    const { content, toolCalls } =
      place === scenario.hops
        ? finish(request)
        : turn
          ? work(request, turn)
          : await this.handOff(request, scenario, place);
    return {
      content,
      toolCalls,
      finish: toolCalls.length === 0 ? 'stop' : 'tools',
      usage: { inputTokens: 0, outputTokens: 0 },
      model: this.name,
    };
  }

  private scenarioOf({ input }: ModelRequest): Scenario {
    const { case: id } = Case.parse(input);
    const scenario = this.scenarios.get(id);
    if (scenario === undefined) throw new Error(`There is no scenario ${id}.`);
    return scenario;
  }

  private async handOff(request: ModelRequest, scenario: Scenario, place: number): Promise<Made> {
    const name = `transfer_to_${agentAt(scenario.window, place + 1)}`;
    const summary = await this.sender.inParts(request, name, boundsFor(scenario.window).added);
    this.summaries.set(`${scenario.id} ${place + 1}`, summary);
    const task = { goal: scenario.task, expected: 'The task, done.', acceptance: [] };
    const args = z.json().parse({ task, summary, payload: { case: scenario.id } });
    return { content: '', toolCalls: [{ id: 'transfer', name, args }] };
  }
}

/** The last of a chain has nothing to do but to be there. */
function finish(request: ModelRequest): Made {
  return { content: 'Done.', toolCalls: acceptance(request, { answer: 'Done.' }) };
}

function work(request: ModelRequest, { say, calls }: Turn): Made {
  const own = calls.map(({ tool, args }, index): ToolCall => ({ id: `call-${index}`, name: tool, args }));
  return { content: say, toolCalls: [...acceptance(request), ...own] };
}

function acceptance({ handoff }: ModelRequest, beside: Readonly<Record<string, Json>> = {}): ToolCall[] {
  if (handoff === undefined) return [];
  return [{ id: 'accept', name: 'accept_handoff', args: { items: [...handoff.items], ...beside } }];
}

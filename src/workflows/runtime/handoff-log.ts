/** A run's memory of its handoffs: chosen agents that have no task yet, and a line for each handoff. */
import type { Routing } from '../../contracts/handoff/envelope.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';

/** A router's decision, until code acts on it. */
interface Choice {
  /** The place in the run. */
  readonly scope: string;
  readonly to: string;
  /** Every destination that it could have chosen. */
  readonly among: readonly string[];
  readonly routing: Routing;
}

export class HandoffLog {
  /** The table in the Web UI's details. */
  readonly lines: string[] = [];
  private chosen: readonly Choice[] = [];

  /** A router chose an agent: the next task that code gives the agent in this place counts as routed. */
  choose(choice: Choice): void {
    const { scope, to } = choice;
    this.chosen = [...this.chosen.filter((each) => each.scope !== scope || each.to !== to), choice];
  }

  /** How an agent that gets a task from code was chosen. A decision counts once, and not at all if code chose differently. */
  takeRouting(scope: string, agent: string): Routing {
    const here = this.chosen.filter((choice) => choice.scope === scope);
    const followed = here.find(({ to }) => to === agent);
    const spent = followed ? [followed] : here.filter(({ among }) => among.includes(agent));
    this.chosen = this.chosen.filter((choice) => !spent.includes(choice));
    return followed?.routing ?? { by: 'code' };
  }

  note(event: Extract<TimelineEvent, { kind: 'handoff' }>): void {
    this.lines.push(`| ${event.from} → ${event.to} | ${event.trigger}, by ${event.by} |`);
  }
}

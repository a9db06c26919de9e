/** What a run remembers of its handoffs: who was chosen and not yet given anything, and a line for each. */
import type { Routing } from '../../contracts/handoff/envelope.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';

/** What a router decided, until code acts upon it. */
interface Choice {
  /** Where in the run. */
  readonly scope: string;
  readonly to: string;
  /** Everybody whom it might have chosen. */
  readonly among: readonly string[];
  readonly routing: Routing;
}

export class HandoffLog {
  /** The table of the Web UI's details. */
  readonly lines: string[] = [];
  private chosen: readonly Choice[] = [];

  /** A router chose somebody; the next task that code gives them there was routed so. */
  choose(choice: Choice): void {
    const { scope, to } = choice;
    this.chosen = [...this.chosen.filter((each) => each.scope !== scope || each.to !== to), choice];
  }

  /** How an agent that code gives a task was chosen. A decision counts once; not at all where code did otherwise. */
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

/** Writes what a scenario's tools answer and its agents say, from one sequence of chances. */
import { BUILDING } from './domains/building.js';
import type { Domain, Seed } from './domains/domain.js';
import { ORDERS } from './domains/orders.js';
import { SERVICES } from './domains/services.js';
import { normalise } from './judge.js';
import type { Random } from './random.js';
import type { Call, CallArgs, Item, Kind } from './scenario.js';
import { CHATTER, MUSINGS, WORDS } from './vocabulary.js';

interface Planned {
  readonly item: Item;
  readonly seed: Seed;
}

const DOMAINS: readonly Domain[] = [BUILDING, ORDERS, SERVICES];
const ATTEMPTS = 10_000;

export class Writer {
  private readonly random: Random;
  private readonly domain: Domain;
  private readonly taken = new Set<string>();
  private readonly settled = new Set<string>();

  /** The questions to tools so far. */
  private readonly asked = new Set<string>();
  private readonly case: string;

  constructor(random: Random, caseId: string) {
    this.random = random;
    this.case = caseId;
    this.domain = random.pick(DOMAINS);
  }

  task(): string {
    return this.domain.task;
  }

  musing(): string {
    return `${this.fill(this.random.pick(MUSINGS))} ${this.fill(this.random.pick(MUSINGS))}`;
  }

  /** A thing that comes up; its value is said nowhere else. */
  item(kind: Kind, origin: number): Planned {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const seed = this.random.pick(this.domain.seeds[kind]);
      const subject = this.fill(seed.subject);
      const value = this.fill(seed.value);
      const key = normalise(value);
      // Nothing is found, decided or answered twice, and differently.
      const settled = `${subject}: ${seed.value}`;
      if (this.settled.has(settled)) continue;
      if ([...this.taken].some((other) => other.includes(key) || key.includes(other))) continue;
      this.taken.add(key);
      this.settled.add(settled);
      return { item: { kind, origin, subject, value }, seed };
    }
    throw new Error(`There are not words enough for another ${kind}.`);
  }

  /** How an item comes up: by a tool, or, as a string, in an agent's own words. */
  carry({ item, seed }: Planned, characters: number): Call | string {
    const said = this.say(this.random.pick(seed.said), item);
    if (item.kind === 'work') return this.found({ item, seed }, said, characters);
    if (item.kind === 'answer') return this.answered(this.say(seed.question ?? '', item), said, characters);
    if (this.random.chance() < 0.5) return said;
    return this.thread(item.subject, [this.line(said)], characters);
  }

  /** A call that brings up nothing which is needed later. */
  idle(characters: number): Call {
    const about = this.fill(this.random.pick(this.domain.seeds.work).subject);
    if (this.random.chance() < 0.5) return this.thread(about, [], characters);
    return { tool: 'look_up', args: this.about(about), result: this.report([], characters) };
  }

  /** A record among others, or a sentence of a report. */
  private found({ item, seed }: Planned, said: string, characters: number): Call {
    const args = this.about(item.subject);
    if (this.random.chance() < 0.5) return { tool: 'look_up', args, result: this.report([said], characters) };
    const records = this.random.shuffled([
      this.record(item.subject, seed.field ?? 'value', item.value),
      ...this.otherRecords(characters).filter(({ name }) => name !== item.subject),
    ]);
    return { tool: 'look_up', args, result: JSON.stringify(records, null, 1) };
  }

  private answered(question: string, said: string, characters: number): Call {
    if (this.random.chance() < 0.5) {
      const reply = this.mixed(() => this.chatter(), [said], Math.min(characters, 250)).join(' ');
      return {
        tool: 'ask_person',
        args: { case: this.case, question },
        result: `Re: ${question}\n\n${reply}`,
      };
    }
    const between = this.random.chance() < 0.5 ? [] : [this.line(this.chatter())];
    return this.thread(question, [this.line(question), ...between, this.line(said)], characters);
  }

  private thread(about: string, lines: readonly string[], characters: number): Call {
    const result = this.mixed(() => this.line(this.aside()), [lines.join('\n')], characters).join('\n');
    return { tool: 'read_thread', args: this.about(about.replace(/\?$/, '')), result };
  }

  /** A second lookup of the same subject uses other words. */
  private about(subject: string): CallArgs {
    let about = subject;
    for (let again = 2; this.asked.has(about); again += 1) about = `${subject}, source ${again}`;
    this.asked.add(about);
    return { case: this.case, about };
  }

  /** Prose, or a log with a remark. */
  private report(said: readonly string[], characters: number): string {
    if (this.random.chance() < 0.6) return this.mixed(() => this.aside(), said, characters).join(' ');
    return this.mixed(() => this.logLine(), said, characters).join('\n');
  }

  /** Filler up to a number of characters, with what matters somewhere in it. */
  private mixed(filler: () => string, said: readonly string[], characters: number): string[] {
    const parts: string[] = [];
    for (let length = said.join(' ').length; length < characters;) {
      const part = filler();
      parts.push(part);
      length += part.length + 1;
    }
    for (const each of said) parts.splice(this.random.number(0, parts.length), 0, each);
    return parts.filter((part) => part !== '');
  }

  private record(name: string, field: string, value: string): Readonly<Record<string, string | number>> {
    return {
      name,
      checked_by: this.fill('{person}'),
      [field]: value,
      entries: this.random.number(1, 90),
    };
  }

  private otherRecords(characters: number): Readonly<Record<string, string | number>>[] {
    return Array.from({ length: Math.floor(characters / 110) }, () => {
      const seed = this.random.pick(this.domain.seeds.work);
      return this.record(this.fill(seed.subject), seed.field ?? 'value', this.free(seed.value));
    });
  }

  /** A value that no item has. */
  private free(template: string): string {
    for (;;) {
      const value = this.fill(template);
      if (!this.taken.has(normalise(value))) return value;
    }
  }

  private line(said: string): string {
    return `${this.fill('{person}')}: ${said}`;
  }

  private aside(): string {
    return this.fill(
      this.random.chance() < 0.8 ? this.random.pick(this.domain.filler) : this.random.pick(CHATTER),
    );
  }

  private chatter(): string {
    return this.fill(this.random.pick(CHATTER));
  }

  private logLine(): string {
    const clock = `${this.random.number(10, 23)}:${this.random.number(10, 59)}:${this.random.number(10, 59)}`;
    return `${clock} checked entry ${this.random.number(1, 9_999)} in ${this.random.number(2, 900)} ms, nothing to report.`;
  }

  private say(template: string, { subject, value }: Item): string {
    const said = this.fill(template.replace('{S}', subject).replace('{V}', value));
    return said.charAt(0).toUpperCase() + said.slice(1);
  }

  private fill(template: string): string {
    return template.replace(/\{(\w+)\}/g, (_, name: string) => this.word(name));
  }

  private word(name: string): string {
    const { random } = this;
    switch (name) {
      case 'number':
        return String(random.number(11, 989));
      case 'amount':
        return `${random.number(1, 48)},${random.number(100, 999)}`;
      case 'day':
        return String(random.number(1, 28));
      case 'year':
        return String(random.number(2016, 2025));
      case 'hour':
        return `${random.number(6, 22)}:${random.pick(['00', '15', '30', '45'])}`;
      case 'code':
        return `${random.pick(['A', 'K', 'R', 'T', 'X'])}${random.number(10, 99)}-${random.number(100, 999)}`;
      default:
        return random.pick(WORDS[name] ?? [name]);
    }
  }
}

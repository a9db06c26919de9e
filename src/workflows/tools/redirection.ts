/** How a person's redirection leaves an agent's work: nothing further of it is carried out. Caught by the runtime. */
export class Redirection extends Error {
  override readonly name = 'Redirection';
  readonly to: string;
  readonly by: string;
  readonly reason: string | undefined;

  constructor(to: string, by: string, reason: string | undefined) {
    super(`${by} gave the task to ${to}.`);
    this.to = to;
    this.by = by;
    this.reason = reason;
  }
}

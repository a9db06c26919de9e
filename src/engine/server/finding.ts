/** The form in which `baton doctor`'s checks tell what they found. */
export interface Finding {
  readonly check:
    'node' | 'executable' | 'engine' | 'namespace' | 'search attributes' | 'worker' | 'permission' | 'store';
  readonly ok: boolean;
  readonly detail: string;
  /** What to do. With `ok: true` it is advice. */
  readonly remedy?: string;
}

export function readMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Which options a person cannot choose without saying why. */
const NEEDS_REASON: readonly string[] = ['reject', 'abort', 'decline'];

export function requiresReason(option: string): boolean {
  return NEEDS_REASON.includes(option);
}

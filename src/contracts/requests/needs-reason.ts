/** Which options a person cannot choose without saying why. */
const NEEDS_REASON: readonly string[] = ['reject', 'abort', 'decline'];

export function needsReason(option: string): boolean {
  return NEEDS_REASON.includes(option);
}

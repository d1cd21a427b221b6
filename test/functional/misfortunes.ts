/** What can happen to a request. `lost`: the cloud does what was asked, and nobody hears of it. */
export const MISFORTUNES = ['409', '413', '429', '500', '503', 'timeout', 'lost'] as const;
export type Misfortune = (typeof MISFORTUNES)[number];

/** The answer of a cloud that refuses with a status. */
export function refused(status: number): Response {
  return Response.json(
    { error: { code: status, message: 'Not now.' } },
    { status, headers: { 'Retry-After': '1' } },
  );
}

import type { Check, ServiceReport } from '../../openstack/probe.js';

/** How a service is, at one glance. */
export type Verdict = 'good' | 'note' | 'bad' | 'pending' | 'aside';

/** @param page the protocol of the page, such as `https:` */
export function verdictOf(report: ServiceReport, page: string): Verdict {
  if (report.kind === 'internal-only') return 'bad';
  if (report.kind !== 'checked') return 'aside';
  if (isMixed(report, page)) return 'bad';
  if (report.checks.length === 0) return 'pending';
  const outcomes = report.checks.map(({ outcome }) => outcome);
  return outcomes.includes('bad') ? 'bad' : outcomes.includes('note') ? 'note' : 'good';
}

/** Whether browsers keep a page from a service because it has no https. */
export function isMixed({ url }: Pick<ServiceReport, 'url'>, page: string): boolean {
  if (page !== 'https:' || url === undefined || !URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(?:localhost|127\.|\[::1\])/.test(hostname);
}

/** A report with one service's checks put in. */
export function withChecks(
  reports: readonly ServiceReport[],
  type: string,
  checks: readonly Check[],
): readonly ServiceReport[] {
  return reports.map((report) => (report.type === type ? { ...report, checks } : report));
}

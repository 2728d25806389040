import {
  type DoctorReport,
  type Finding,
  type Verdict,
  worstVerdict,
} from '#shared/health/finding.ts';
import { type Check, fault, type Outcome, type Premises } from './check.ts';
import { CHECKS } from './checks/index.ts';

/** Looks at everything, one check after the other, so that a slow one slows no visitor. Never throws. */
export async function runDoctor(
  premises: Premises,
  programVersion: string,
  checks: readonly Check[] = CHECKS,
): Promise<DoctorReport> {
  const findings: Finding[] = [];
  for (const check of checks) {
    const outcome = await outcomeOf(check, premises);
    findings.push({ check: check.id, title: check.title, ...outcome });
  }
  return {
    at: premises.now,
    programVersion,
    station: premises.place?.library.station ?? '',
    verdict: worstVerdict(findings.map(({ verdict }: { verdict: Verdict }) => verdict)),
    findings,
  };
}

async function outcomeOf({ look, title }: Check, premises: Premises): Promise<Outcome> {
  try {
    return await look(premises);
  } catch {
    return fault(`${title}没有查成。`, '请重启一体机再查；还是这样，请把支持包发给维护人员。');
  }
}

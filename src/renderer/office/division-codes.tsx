import { OFFICE_TEXTS } from './office-texts.ts';
import { Fault } from './parts.tsx';

/** Spaces, commas and semicolons, the Chinese ones too. */
const BETWEEN = /[\s,;\u3001\uff0c\uff1b]+/u;

/** Division codes in what somebody wrote; undefined when a part of it is none, for half of an outlet's code names another division. */
export function divisionCodes(text: string): string[] | undefined {
  const parts = text.split(BETWEEN).filter((part) => part !== '');
  return parts.every((part) => /^\d+$/.test(part)) ? parts : undefined;
}

/** Says that what somebody wrote is not only division codes. */
export function NoDivision({ text }: { readonly text: string }) {
  const isFaulty = divisionCodes(text) === undefined;
  return <Fault sentence={isFaulty ? OFFICE_TEXTS.noDivision : undefined} />;
}

import { FAMILY_VIOLENCE } from './family-violence.mjs';
import { LEGAL_AID } from './legal-aid.mjs';
import { WAGES } from './wages.mjs';

/** The films of the starter pack, in the order of its list. */
export const FILMS = [LEGAL_AID, WAGES, FAMILY_VIOLENCE];

import { createORPCClient } from '@orpc/client';
import { StationError } from '#shared/contract/errors.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { OfficeFault, office } from '../office/office-client.ts';
import type { StationClient } from '../station-client/station-client.ts';

/** Which draft is looked at, on which terminal, on which day. */
export interface PreviewOf {
  readonly draft: string;
  readonly outlet: string;
  readonly day: string;
}

/** What a terminal's page may ask, answered by the district as that terminal would with the draft published. */
export function previewClient({ draft, outlet, day }: PreviewOf): StationClient {
  return createORPCClient<StationClient>({
    call: async (path, input) => {
      const method = path.join('.');
      // Nothing changes while somebody looks.
      if (method.endsWith('.events')) return new Promise(() => {});
      const asked = { id: draft, outlet, day, method, input: (input ?? null) as JsonValue };
      try {
        return (await office.preview.ask(asked)).answer;
      } catch (error) {
        const isMissing = error instanceof OfficeFault && error.code === 'not-found';
        throw new StationError(isMissing ? 'not-found' : 'internal', { cause: error });
      }
    },
  });
}
